// Blank lines around blocks, and pictures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gapAfter, gapBefore, paragraph } from "../../static/js/text/blocks.js";
import { edited } from "../../static/js/text/edit.js";
import { shown } from "./selection.js";

test("a block stands one blank line below the text before it", () => {
  const texts = ["", "  \n", "One", "One\n", "One\n\n"];

  assert.deepEqual(texts.map(gapBefore), ["", "", "\n\n", "\n", ""]);
});

test("a block stands one blank line above the text behind it", () => {
  const texts = ["", "One", "\nOne", "\n\nOne"];

  assert.deepEqual(texts.map(gapAfter), ["\n\n", "\n\n", "\n", ""]);
});

/** @type {[said: string, before: string, after: string][]} */
const PICTURES = [
  ["in an empty text", "|", "<P>|\n\n"],
  ["at the end of a text", "One\n|", "One\n\n<P>|\n\n"],
  ["in the middle of a line", "One| two", "One\n\n<P>|\n\n two"],
  ["between paragraphs", "One\n\n|\n\nTwo", "One\n\n<P>|\n\nTwo"],
];

for (const [said, before, after] of PICTURES) {
  test(`a picture is a paragraph of its own ${said}`, () => {
    const value = before.replace("|", "");

    const edit = paragraph(value, before.indexOf("|"), "<P>");

    assert.equal(shown(edited(value, edit), edit), after);
  });
}
