// What only the writer can decide, asked above the form: two windows that both saved.

import { find, make, makeButton } from "./dom.js";
import { form } from "./draft_form.js";
import { wordsOf } from "./requests.js";
import { onlyIn, paragraphsOf, rowsOf } from "./text/comparison.js";
import { clockOf } from "./text/times.js";

/** @typedef {import("./requests.js").Answer} Answer */
/** @typedef {import("./text/form_parts.js").Pair} Pair */

/**
 * @typedef {object} Theirs the text of the other window
 * @property {Record<string, string>} head
 * @property {Record<string, string>[]} codes
 * @property {Record<string, string>[]} statements
 * @property {string[][]} cited the sources of each statement
 */

/** @type {Record<string, string>} */
const LABELS = {
  title: "Title",
  kind: "Kind",
  aliases: "Also called",
  summary: "Plain summary",
  body: "Text",
  note: "For the reviewer",
  impact: "What it means for a patient",
  meaning: "What is different for them",
};

const ID = "two-windows";

/**
 * Ask which of two texts goes on, or whether both do.
 * @param {object} clash
 * @param {Pair[]} clash.typed what this window has
 * @param {Answer} clash.answer what the other window has saved, and when
 * @param {() => void} clash.put keep the text of this window
 * @param {() => void} clash.take take the other one
 * @param {() => void} clash.join put both together
 */
export function askWhichText({ typed, answer, put, take, join }) {
  const at = clockOf(wordsOf(answer, "at"));
  const theirs = /** @type {Theirs} */ (answer.words?.theirs);
  const comparison = make("details", { className: "box" });
  comparison.append(make("summary", { textContent: "Compare the two" }), compare(typed, theirs));
  show(
    "This draft was saved in another window",
    `The other window saved${at && ` at ${at}`}. Nothing is lost: both texts are kept until you choose.`,
    comparison,
    make(
      "p",
      { className: "row" },
      makeButton("Put both texts together", join, "btn btn-act"),
      makeButton("Keep the text of this window", put),
      makeButton("Take the text of the other window", take),
    ),
  );
}

/**
 * @param {string} title
 * @param {string} words
 * @param {...Node} more
 */
function show(title, words, ...more) {
  find(HTMLElement, `#${ID}`)?.remove();
  const panel = make("section", { id: ID, className: "errors stack section", role: "alert", tabIndex: -1 });
  panel.append(make("h2", { textContent: title }), make("p", { textContent: words }), ...more);
  form.before(panel);
  panel.scrollIntoView({ block: "nearest" });
}

/**
 * @param {Pair[]} typed
 * @param {Theirs} theirs
 */
function compare(typed, theirs) {
  const box = make("div", { className: "stack" });
  for (const [label, ours, others] of sides(typed, theirs)) {
    const [here, there] = [onlyIn(ours, others), onlyIn(others, ours)];
    if (!here.length && !there.length) continue;
    const columns = [column("Only here", here), column("Only in the other window", there)];
    box.append(make("h3", { textContent: label }), make("div", { className: "work work-even" }, ...columns));
  }
  if (!box.childElementCount) {
    box.append(make("p", {}, "Both say the same paragraphs, in another order or more than once."));
  }
  return box;
}

/**
 * @param {Pair[]} typed
 * @param {Theirs} theirs
 * @returns {[label: string, ours: string[], theirs: string[]][]}
 */
function sides(typed, theirs) {
  const here = Object.fromEntries(typed);
  const cited = theirs.statements.map((row, place) => [
    ...Object.values(row),
    ...(theirs.cited[place] ?? []),
  ]);
  return [
    ...Object.entries(LABELS).map(([name, label]) => {
      /** @type {[string, string[], string[]]} */
      const side = [label, shownValue(name, here[name]), shownValue(name, theirs.head[name])];
      return side;
    }),
    ["Codes", rowsOf(typed, "codes").map(inWords), theirs.codes.map((row) => inWords(Object.values(row)))],
    ["Statements", rowsOf(typed, "statements").map(inWords), cited.map(inWords)],
  ];
}

/**
 * @param {string} title
 * @param {string[]} words
 */
function column(title, words) {
  const lines = (words.length ? words : ["(nothing else)"]).map((one) => make("p", { textContent: one }));
  return make(
    "div",
    { className: "field" },
    make("h4", { className: "label", textContent: title }),
    ...lines,
  );
}

/**
 * @param {string} name
 * @param {string} [value]
 * @returns {string[]}
 */
function shownValue(name, value = "") {
  return paragraphsOf(name === "impact" && value ? labelOf(value) : value);
}

/** @param {string[]} row */
function inWords(row) {
  return row.filter(Boolean).map(labelOf).join(" · ");
}

/**
 * @param {string} value
 * @returns {string} what the form calls this choice; the value itself if it is none
 */
function labelOf(value) {
  const escaped = CSS.escape(value);
  const option = find(HTMLOptionElement, `option[value="${escaped}"]`, form);
  const radio = find(HTMLInputElement, `[type="radio"][value="${escaped}"]`, form);
  return (option ?? radio?.labels?.[0])?.textContent.trim() ?? value;
}
