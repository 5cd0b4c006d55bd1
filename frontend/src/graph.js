// The graph of an entity and its neighbours, or the map of the entities in an answer. One walks it with the pointer, or
// with the list beside it; the page's own list of neighbours, or its table, is there without this script.
import cytoscape from "cytoscape";

const place = document.getElementById("graph");
const MOST = 40; // Neighbours that are drawn of one entity.
const ASKED = 12; // Entities of an answer whose neighbours are asked for where the answer connects none.

// Cytoscape writes a style element unless something has this id; the content security policy allows none.
const taken = document.createElement("span");
taken.id = "__________cytoscape_stylesheet";
taken.hidden = true;
document.body.append(taken);

const walk = document.createElement("div");
walk.className = "walk";
const canvas = document.createElement("div");
canvas.className = "canvas";
canvas.setAttribute("role", "img");
const chosen = document.createElement("div");
chosen.className = "chosen";
chosen.setAttribute("aria-live", "polite");
walk.append(canvas, chosen);
const answer = place.dataset.map ? JSON.parse(place.dataset.map) : null;
const start = place.dataset.of;
place.replaceWith(walk);

const known = new Map(); // By path: what the server said of it.

async function neighboursOf(path) {
  if (!known.has(path)) {
    const answer = await fetch(`/neighbours?of=${encodeURIComponent(path)}`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    known.set(path, await answer.json());
  }
  return known.get(path);
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function style() {
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        color: colour("--ink"),
        "background-color": colour("--edge"),
        "font-family": "system-ui, sans-serif",
        "font-size": 11 / graph.zoom(),
        "text-wrap": "wrap",
        "text-max-width": 110 / graph.zoom(),
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-background-color": colour("--sheet"),
        "text-background-opacity": 0.85,
        width: 14 / graph.zoom(),
        height: 14 / graph.zoom(),
      },
    },
    { selector: "node[kind = 'organization']", style: { "background-color": colour("--t-people-line") } },
    { selector: "node[kind = 'mission']", style: { "background-color": colour("--t-frame-line"), shape: "diamond" } },
    { selector: "node[kind = 'programme']", style: { "background-color": colour("--t-money-line"), shape: "round-rectangle" } },
    { selector: "node[kind = 'agreement']", style: { "background-color": colour("--t-results-line"), shape: "rectangle" } },
    { selector: "node[kind = 'person']", style: { "background-color": colour("--t-things-line"), shape: "triangle" } },
    { selector: "node[kind = 'event']", style: { shape: "star" } },
    { selector: "node[kind = 'place']", style: { shape: "hexagon" } },
    { selector: "node.here", style: { "border-width": 4, "border-color": colour("--ink"), width: 20 / graph.zoom(), height: 20 / graph.zoom(), "font-weight": "bold" } },
    {
      selector: "edge",
      style: {
        width: `mapData(weight, 1, 4, ${1 / graph.zoom()}, ${3 / graph.zoom()})`,
        "line-color": colour("--edge"),
        "line-opacity": 0.45,
        "curve-style": "haystack",
      },
    },
    { selector: "edge.here", style: { "line-opacity": 1 } },
  ];
}

const graph = cytoscape({ container: canvas, minZoom: 0.2, maxZoom: 3 });

function restyle() {
  graph.style(style());
}
restyle();
// Labels and nodes keep their size while one zooms, so that zooming in makes room.
let drawn = 0;
graph.on("zoom", () => {
  cancelAnimationFrame(drawn);
  drawn = requestAnimationFrame(restyle);
});
document.addEventListener("themechange", restyle);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);

function add(found) {
  const { node } = found;
  if (graph.getElementById(node.id).empty()) graph.add({ data: { ...node } });
  const start = graph.getElementById(node.id).position();
  const others = found.neighbours.slice(0, MOST);
  const fresh = others.filter((one) => graph.getElementById(one.id).empty());
  fresh.forEach((one, place) => {
    const angle = (2 * Math.PI * place) / fresh.length;
    graph.add({
      data: { id: one.id, label: one.label, kind: one.kind },
      position: { x: start.x + 320 * Math.cos(angle), y: start.y + 150 * Math.sin(angle) },
    });
  });
  for (const one of others) {
    const id = [node.id, one.id].sort().join(" ");
    if (graph.getElementById(id).empty()) {
      graph.add({ data: { id, source: node.id, target: one.id, weight: Math.min(4, one.relations.length) } });
    }
  }
  if (fresh.length) lay();
}

function lay() {
  graph
    .layout({
      name: "cose",
      randomize: false,
      animate: false,
      fit: false,
      nodeRepulsion: () => 20000,
      idealEdgeLength: () => 110,
      nodeDimensionsIncludeLabels: true,
    })
    .run();
  fill();
}

// Stretches the graph to the shape of its place, so that labels can be as large as may be.
function fill() {
  const box = graph.nodes().boundingBox({ includeLabels: false });
  const factor = (canvas.clientWidth / canvas.clientHeight) * (box.h / box.w);
  if (Number.isFinite(factor) && factor > 0) {
    const [across, down] = factor > 1 ? [factor, 1] : [1, 1 / factor];
    graph.nodes().positions((node) => ({ x: node.position("x") * across, y: node.position("y") * down }));
  }
  graph.fit(undefined, Math.min(64, canvas.clientWidth / 6)); // Half a label stands beside its node.
}

// Draws the entities of an answer, those that stand together with a line between them.
function draw({ nodes, edges }) {
  nodes.forEach((one, at) => {
    const angle = (2 * Math.PI * at) / nodes.length;
    graph.add({ data: { ...one }, position: { x: 320 * Math.cos(angle), y: 150 * Math.sin(angle) } });
  });
  for (const one of edges) {
    const id = [one.source, one.target].sort().join(" ");
    if (graph.getElementById(id).nonempty()) continue; // The other way round.
    graph.add({ data: { id, source: one.source, target: one.target, weight: Math.min(4, one.relations.length) } });
  }
  lay();
}

function show(found) {
  graph.elements(".here").removeClass("here");
  const node = graph.getElementById(found.node.id);
  node.addClass("here").connectedEdges().addClass("here");
  describe(`Graph around ${found.node.label}`);
  const head = document.createElement("h3");
  const link = document.createElement("a");
  link.href = found.node.id;
  link.textContent = found.node.label;
  head.append(link);
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = `${found.node.kind}; ${found.neighbours.length} neighbours. Go to:`;
  chosen.replaceChildren(head, note, listOf([...inAnswer(found.node.id), ...found.neighbours.slice(0, MOST)]));
}

// What stands together with an entity in the answer, if there is one, as neighbours.
function inAnswer(path) {
  const edges = (answer?.edges ?? []).filter((one) => one.source === path || one.target === path);
  return edges.map((one) => {
    const other = one.source === path ? one.target : one.source;
    return { id: other, label: graph.getElementById(other).data("label"), relations: one.relations.map((each) => `in the answer: ${each}`) };
  });
}

function listOf(entities) {
  const list = document.createElement("ul");
  for (const one of entities) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = one.label;
    button.addEventListener("click", () => go(one.id, true));
    item.append(button);
    if (one.relations) {
      const relation = document.createElement("span");
      relation.className = "relations";
      relation.textContent = one.relations.join("; ");
      item.append(relation);
    }
    list.append(item);
  }
  return list;
}

function describe(words) {
  canvas.setAttribute("aria-label", `${words}: ${graph.nodes().length} entities. The list beside it leads to the same.`);
}

async function go(path, byList) {
  try {
    const found = await neighboursOf(path);
    add(found);
    show(found);
    if (byList) chosen.querySelector("a").focus();
  } catch {
    const note = document.createElement("p");
    note.textContent = "The neighbours cannot be read now.";
    chosen.replaceChildren(note);
  }
}

graph.on("tap", "node", (event) => go(event.target.id(), false));

// The map of an answer: drawn when it is opened, for before it has no size.
async function open() {
  graph.resize();
  draw(answer);
  const head = document.createElement("h3");
  head.textContent = "In this answer";
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = answer.edges.length ? "Entities of one row are connected. Go to:" : "Connected as the graph has it. Go to:";
  chosen.replaceChildren(head, note, listOf(answer.nodes));
  if (!answer.edges.length) {
    const found = await Promise.allSettled(answer.nodes.slice(0, ASKED).map((one) => neighboursOf(one.id)));
    for (const one of found) if (one.status === "fulfilled") add(one.value);
  }
  describe("Map of the answer");
}

if (answer) {
  const details = walk.closest("details");
  details.hidden = false;
  details.addEventListener("toggle", () => details.open && open(), { once: true });
} else {
  go(start, false);
}
