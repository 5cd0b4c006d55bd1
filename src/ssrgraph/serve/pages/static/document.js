// The document page: a click on marked words shows the claims in them, a click on a slot shows its words.
// Without this script the words are links to the claims below the text, and the slots are links to their words.
const panel = document.getElementById("panel");
const cards = document.getElementById("panel-cards");
const pieces = [...document.querySelectorAll(".text [data-start]")].map((node) => ({
  node,
  start: Number(node.dataset.start),
  end: Number(node.dataset.end),
}));
let opener = null;

const quiet = matchMedia("(prefers-reduced-motion: reduce)");

function light(start, end, name) {
  for (const { node } of pieces) node.classList.remove(name);
  const found = pieces.filter((piece) => piece.start >= start && piece.end <= end);
  for (const { node } of found) node.classList.add(name);
  return found.map((piece) => piece.node);
}

// Scrolls words to where they can be seen: on a narrow screen the panel covers the lower part of the text.
function bring(node) {
  const box = node.getBoundingClientRect();
  const covered = !panel.hidden && getComputedStyle(panel).position === "fixed";
  const end = covered ? panel.getBoundingClientRect().top : innerHeight;
  if (box.top < 60 || box.bottom > end - 30) {
    scrollBy({ top: box.top - end / 3, behavior: quiet.matches ? "auto" : "smooth" });
  }
}

function copyOf(id) {
  const card = document.getElementById(id).cloneNode(true);
  card.removeAttribute("id");
  for (const node of card.querySelectorAll("[id]")) node.removeAttribute("id");
  card.removeAttribute("aria-labelledby");
  const head = card.querySelector(".sentence");
  const smaller = document.createElement("h3");
  smaller.className = "sentence";
  smaller.append(...head.childNodes);
  head.replaceWith(smaller);
  return card;
}

function open(mark) {
  for (const one of document.querySelectorAll(".mark.chosen")) one.classList.remove("chosen");
  const ids = mark.dataset.claims.split(" ");
  for (const one of document.querySelectorAll(".mark")) {
    if (one.dataset.claims.split(" ").includes(ids[0])) one.classList.add("chosen");
  }
  light(-1, -1, "lit");
  cards.replaceChildren(...ids.map(copyOf));
  panel.hidden = false;
  document.querySelector(".reading").classList.add("with-panel");
  opener = mark;
  panel.focus({ preventScroll: true });
  bring(mark);
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  document.querySelector(".reading").classList.remove("with-panel");
  for (const one of document.querySelectorAll(".mark.chosen")) one.classList.remove("chosen");
  light(-1, -1, "lit");
  opener?.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const mark = event.target.closest(".text .mark");
  if (mark) {
    event.preventDefault();
    open(mark);
    return;
  }
  const words = event.target.closest("a.in-text");
  if (words) {
    const found = light(Number(words.dataset.start), Number(words.dataset.end), "lit");
    if (found.length) {
      event.preventDefault();
      bring(found[0]);
    }
  }
});
document.getElementById("close-panel").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

// An address that names words (#char=12,34) lights them up.
function fromAddress() {
  const match = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  if (!match) return;
  const found = light(Number(match[1]), Number(match[2]), "lit");
  if (found.length) bring(found[0]);
}
addEventListener("hashchange", fromAddress);
fromAddress();
