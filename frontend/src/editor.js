// The query page's editor, over the plain text area, which stays what is sent.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const area = document.getElementById("query");
const form = document.getElementById("query-form");
const label = document.getElementById("query-label");

// Style sheets that a script makes are adopted within a shadow tree: the content security policy allows no others.
const host = document.createElement("div");
host.className = "editor";
const shadow = host.attachShadow({ mode: "open" });
area.before(host);

const theme = EditorView.theme({
  "&": { fontSize: "0.92rem", color: "var(--ink)", backgroundColor: "var(--sheet)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-3px" },
  ".cm-scroller": {
    fontFamily: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
    lineHeight: "1.55",
    minHeight: "14rem",
    maxHeight: "32rem",
  },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--soft)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--track) 45%, transparent)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--focus) 30%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--track)", outline: "1px solid var(--edge)" },
  ".wrong": { backgroundColor: "var(--bad-paper)", boxShadow: "inset 3px 0 0 var(--bad)" },
});
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--code-variable)" },
  { tag: [tags.atom, tags.propertyName, tags.link, tags.url], color: "var(--code-name)" },
  { tag: [tags.string, tags.number, tags.literal], color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

// The line in which the server found the query wrong, until something is changed.
function wrongLine() {
  const line = Number(area.dataset.line);
  if (!line) return [];
  return EditorView.decorations.of((view) => {
    if (view.state.doc.lines < line || area.dataset.changed) return Decoration.none;
    return Decoration.set([Decoration.line({ class: "wrong" }).range(view.state.doc.line(line).from)]);
  });
}

function run() {
  form.requestSubmit();
  return true;
}

const state = EditorState.create({
  doc: area.value,
  extensions: [
    wrongLine(),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    indentOnInput(),
    bracketMatching(),
    StreamLanguage.define(sparql),
    syntaxHighlighting(colours),
    EditorView.lineWrapping,
    // Tab is left to the page: it leads to the next field.
    keymap.of([{ key: "Mod-Enter", run }, ...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({
      "aria-label": label.textContent,
      "aria-invalid": area.getAttribute("aria-invalid") ?? "false",
      spellcheck: "false",
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      area.value = update.state.doc.toString();
      area.dataset.changed = "yes";
    }),
    theme,
  ],
});
const view = new EditorView({ state, parent: shadow, root: shadow });
area.hidden = true;
label.addEventListener("click", () => view.focus());
for (const note of document.querySelectorAll(".with-script")) note.hidden = false;
