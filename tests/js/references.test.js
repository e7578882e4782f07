// Links to pages and citations of sources.

import assert from "node:assert/strict";
import { test } from "node:test";
import { edited } from "../../static/js/text/edit.js";
import {
  canBeLinkWords,
  citationAt,
  citationFor,
  linkMark,
  linkWords,
} from "../../static/js/text/references.js";
import { selectionIn, shown } from "./selection.js";

/** @type {[string, string]} */
const SIGNS = ["{", "}"];

/** @type {[said: string, before: string, after: string][]} */
const CITED = [
  ["behind the word at the caret", "Calcium fa|lls. More", "Calcium falls [@k]|. More"],
  ["behind the blank after a word", "Calcium falls |", "Calcium falls [@k]|"],
  ["in the bracket of a citation that follows", "Calcium falls| [@a]. More", "Calcium falls [@k; @a]|. More"],
  ["in the bracket that stands right behind the caret", "Calcium falls |[@a]", "Calcium falls [@k; @a]|"],
  ["behind what is selected", "{Calcium} falls", "Calcium [@k]| falls"],
  ["behind what is selected within a word", "{Cal}cium", "Cal [@k] |cium"],
  ["at the start of a text", "|", "[@k]|"],
  ["before a word, apart from it", "|Calcium", "[@k] |Calcium"],
  ["at the start of a line", "One\n|", "One\n[@k]|"],
  ["in the bracket of another citation", "Falls [@a]|.", "Falls [@a; @k]|."],
  ["in the bracket of two others", "Falls [@a; @b] |", "Falls [@a; @b; @k]| "],
];

for (const [said, before, after] of CITED) {
  test(`a source is cited ${said}`, () => {
    const selected = selectionIn(before, SIGNS);

    const edit = citationAt(selected, "k");

    assert.equal(shown(edited(selected.value, edit), edit, SIGNS), after);
  });
}

/** @type {[said: string, before: string, after: string, text: string][]} */
const PASTED = [
  ["behind a word", "Calcium falls", ".", "Calcium falls [@k]."],
  ["behind a word and blanks, after one blank", "Calcium falls   ", "", "Calcium falls [@k]"],
  ["before a word, apart from it", "", "Calcium", "[@k] Calcium"],
  ["at the start of a line, without a blank", "One\n", "", "One\n[@k]"],
  ["in the bracket of another citation", "Falls [@a] ", ".", "Falls [@a; @k]."],
  ["in the bracket of a citation that follows", "Falls ", " [@a].", "Falls [@k; @a]."],
];

for (const [said, before, after, text] of PASTED) {
  test(`an identifier that was pasted becomes a citation ${said}`, () => {
    const value = `${before}22327515${after}`;

    const edit = citationFor(before, "k", after);

    const end = before.length + "22327515".length + (edit.taken ?? 0);
    assert.equal(edited(value, { ...edit, end }), text);
  });
}

test("a link shows other words than the title only if there are some", () => {
  assert.equal(linkMark("Seizures", "fits", "It shows as "), "[[Seizures|fits]]");
  assert.equal(linkMark("Seizures", "", "It shows as "), "[[Seizures]]");
  assert.equal(linkMark("Seizures", "Seizures", "It shows as "), "[[Seizures]]");
});

test("the bar of a link is not the bar of a table", () => {
  assert.equal(linkMark("Seizures", "fits", "Text\n| Sign | "), "[[Seizures\\|fits]]");
  assert.equal(linkMark("Seizures", "fits", "| Sign |\n\nText "), "[[Seizures|fits]]");
});

test("words of a link hold nothing that would end it", () => {
  assert.equal(linkWords(" a [b]\n c|d "), "a b c d");
});

test("only a few words on one line are offered as words of a link", () => {
  assert.equal(canBeLinkWords("fits"), true);
  for (const text of ["", "one\ntwo", "a [b]", "a|b", "a".repeat(201)])
    assert.equal(canBeLinkWords(text), false);
});
