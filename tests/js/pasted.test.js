// What is pasted.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asIdentifier,
  fragmentOf,
  hasForm,
  hasWords,
  isFormAlone,
  mayHide,
  placeAfter,
  setApart,
} from "../../static/js/text/pasted.js";

for (const text of [
  "PMID: 22327515",
  "22327515",
  " 10.1000/182\n",
  "arXiv:2001.01234",
  "https://doi.org/10.1000/182",
  "PMC3456789",
  "NCT01234567",
  "978-3-16-148410-0",
  "doi 10.1000/182",
]) {
  test(`an identifier alone becomes a citation: ${text.trim()}`, () => assert.equal(hasForm(text, ""), true));
}

for (const text of ["Calcium falls.", "See 22327515", "123", "", "1234567890"]) {
  test(`other words stay as they are: “${text}”`, () => assert.equal(hasForm(text, ""), false));
}

for (const text of ["5\u200b mg", "Do \u202eton\u202c", "a\n\u00a0\nb", "page\u0002", "one\u2028two"]) {
  test(`characters that nobody sees are asked about: ${JSON.stringify(text)}`, () =>
    assert.equal(mayHide(text), true));
}

test("ordinary words, lines and blanks are not asked about", () => {
  assert.equal(mayHide("5\u00a0mg a day,\r\nthen 10 mg.\tMénière ⚠"), false);
});

test("rich text has a form that is kept, a plain paragraph has none", () => {
  assert.equal(hasForm("Dose", "<h2>Dose</h2>"), true);
  assert.equal(hasForm("Dose", '<p style="mso-list:l0">Dose</p>'), true);
  assert.equal(hasForm("Dose", '<span style="font-weight:700">Dose</span>'), true);
  assert.equal(hasForm("Dose", "<p>Dose</p><br><bdi>x</bdi>"), false);
  assert.equal(hasForm("", "<h2>Dose</h2>"), false);
});

test("HTML may be all that was copied", () => {
  assert.equal(isFormAlone("", "<p>Dose</p>"), true);
  assert.equal(isFormAlone("Dose", "<p>Dose</p>"), false);
  assert.equal(isFormAlone("", ""), false);
});

test("HTML that shows a picture has no words", () => {
  assert.equal(hasWords("", '<meta charset="utf-8">\n<!--StartFragment--><img src="a.png" alt="CT">'), false);
  assert.equal(hasWords(" \n", ""), false);
  assert.equal(hasWords("", "<p>Dose</p><img>"), true);
  assert.equal(hasWords("", "x < 5"), true);
  assert.equal(hasWords("Dose", "<img>"), true);
});

test("a long text is no identifier", () => {
  assert.equal(asIdentifier("a".repeat(399)).length, 399);
  assert.equal(asIdentifier("a".repeat(400)), "");
});

test("the styles of the document that was copied from are left out", () => {
  const html = "<style>p{}</style><!--StartFragment--><b>x</b><!--EndFragment--></body>";

  assert.equal(fragmentOf(html), "<b>x</b>");
  assert.equal(fragmentOf("<b>x</b>"), "<b>x</b>");
  assert.equal(
    fragmentOf("<!--EndFragment--><!--StartFragment-->x"),
    "<!--EndFragment--><!--StartFragment-->x",
  );
});

test("styles of classes that change what a reader sees come along", () => {
  const head =
    "<style>.a\n{color:red}\n@list l0\n{font-family:Symbol}\n.b, .c\n{font-family:Symbol, serif;}</style>";

  const sent = fragmentOf(`${head}<!--StartFragment--><i class=b>m</i><!--EndFragment-->`);

  assert.equal(sent, "<style>\n.b, .c\n{font-family:Symbol, serif;}</style><i class=b>m</i>");
});

test("of what is too long just enough is sent for the wiki to say so", () => {
  assert.equal(fragmentOf("x".repeat(2_000_000)).length, 1_000_001);
});

/** @type {[said: string, markdown: string, plain: string, before: string, after: string, text: string][]} */
const BLOCKS = [
  ["words within a line keep their blanks", "**x**", " x ", "Give", "now", " **x** "],
  ["words keep the line break that was copied along", "**x**", "x\n", "", "", "**x**\n"],
  ["a heading stands apart", "## Dose", "Dose", "Text", "More", "\n\n## Dose\n\n"],
  ["a list at the end of a text ends it", "- a\n- b", "a\nb", "Text\n", "", "\n- a\n- b"],
  ["blank lines that are there are not doubled", "- a\n- b", "a\nb", "Text\n\n", "\n\nMore", "- a\n- b"],
  ["a numbered line is a block", "1. a", "a", "Text\n", "\nMore", "\n1. a\n"],
  ["a quotation is a block", "> a", "a", "Text", "", "\n\n> a"],
  ["a table is a block", "| a |", "a", "Text", "", "\n\n| a |"],
];

for (const [said, markdown, plain, before, after, text] of BLOCKS) {
  test(said, () => assert.equal(setApart(markdown, plain, before, after), text));
}

test("the caret stays behind what was pasted, and moves along with the text behind it", () => {
  const edit = { start: 3, end: 6, text: "[@pmid:1]" };

  assert.equal(placeAfter(6, edit), 12);
  assert.equal(placeAfter(10, edit), 16);
  assert.equal(placeAfter(4, edit), 12);
});
