// Headings and lists.

import assert from "node:assert/strict";
import { test } from "node:test";
import { edited } from "../../static/js/text/edit.js";
import { continueList, heading, list } from "../../static/js/text/lines.js";
import { selectionIn, shown } from "./selection.js";

/** @typedef {import("../../static/js/text/edit.js").Selected} Selected */

const TOOLS = {
  heading: (/** @type {Selected} */ selected) => heading(selected, "##", "Heading"),
  bullets: (/** @type {Selected} */ selected) => list(selected, false, "Bulleted list"),
  numbers: (/** @type {Selected} */ selected) => list(selected, true, "Numbered list"),
};

/** @type {[tool: keyof typeof TOOLS, said: string, before: string, after: string, told: string][]} */
const LINES = [
  ["heading", "a line becomes a heading", "Signs| of it", "## Signs| of it", "Heading"],
  ["heading", "a heading becomes a plain line", "## Si|gns", "Si|gns", "Heading taken away"],
  ["heading", "a heading of another size changes its size", "### Si|gns", "## Si|gns", "Heading"],
  ["heading", "a line of a list becomes a heading", "- Si|gns", "## Si|gns", "Heading"],
  ["heading", "the caret never leaves its line", "One\n|## Two", "One\n|Two", "Heading taken away"],
  ["heading", "a heading is begun on an empty line", "|", "## |", "Heading"],
  ["heading", "a heading is begun on the empty first line of a text", "|\nSigns", "## |\nSigns", "Heading"],
  ["heading", "blank lines between lines stay", "[One\n\nTwo]", "[## One\n\n## Two]", "Heading"],
  ["heading", "the line behind the selection is left alone", "[One\n]Two", "[## One]\nTwo", "Heading"],
  ["bullets", "lines become a list", "[One\nTwo]", "[- One\n- Two]", "Bulleted list"],
  ["bullets", "a list becomes plain lines", "[- One\n* Two]", "[One\nTwo]", "Bulleted list taken away"],
  ["bullets", "numbers become bullets", "[1. One\n2. Two]", "[- One\n- Two]", "Bulleted list"],
  [
    "bullets",
    "the lines of a sublist keep their place",
    "[- One\n  1. Two]",
    "[- One\n  - Two]",
    "Bulleted list",
  ],
  ["numbers", "lines are numbered", "[One\n\nTwo]", "[1. One\n\n2. Two]", "Numbered list"],
  ["numbers", "numbered lines become plain", "[1. One\n2) Two]", "[One\nTwo]", "Numbered list taken away"],
  ["numbers", "a heading becomes the first of a list", "## Si|gns", "1. Si|gns", "Numbered list"],
];

for (const [tool, said, before, after, told] of LINES) {
  test(`${tool}: ${said}`, () => {
    const selected = selectionIn(before);

    const { edit, announcement: words } = TOOLS[tool](selected);

    assert.equal(shown(edited(selected.value, edit), edit), after);
    assert.equal(words, told);
  });
}

/** @type {[said: string, before: string, after: string][]} */
const CONTINUED = [
  ["the next line of a list gets its bullet", "- One|", "- One\n- |"],
  ["the next line of a numbered list gets the next number", "9. One|", "9. One\n10. |"],
  ["a number in brackets stays in brackets", "1) One|", "1) One\n2) |"],
  ["a sublist keeps its place", "- One\n  * Two|", "- One\n  * Two\n  * |"],
  ["a quotation goes on", "> One|", "> One\n> |"],
  ["a line is split where the caret stands", "- One| and two", "- One\n- | and two"],
  ["the distance of the words from the bullet stays", "-   One|", "-   One\n-   |"],
  ["a line without words ends the list", "- One\n- |", "- One\n|"],
  ["a line without words in the middle ends the list there", "- One\n- |\nTwo", "- One\n|\nTwo"],
];

for (const [said, before, after] of CONTINUED) {
  test(`Enter: ${said}`, () => {
    const selected = selectionIn(before);

    const told = continueList(selected);

    assert.ok(told);
    assert.equal(shown(edited(selected.value, told.edit), told.edit), after);
  });
}

test("Enter: it is said that a list ended, not that it goes on", () => {
  assert.equal(continueList(selectionIn("- One\n- |"))?.announcement, "List ended");
  assert.equal(continueList(selectionIn("- One|"))?.announcement, "");
});

for (const text of ["One|", "|- One", "-|", "[- One]", "|\n- One", "-One|"]) {
  test(`Enter is left to the browser: ${JSON.stringify(text)}`, () => {
    assert.equal(continueList(selectionIn(text)), null);
  });
}
