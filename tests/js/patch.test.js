// The difference between two versions of a text, applied as the server applies it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { patchOf } from "../../static/js/text/patch.js";

/**
 * Apply a patch as wiki/text/patch.py does: in characters, after the words went through UTF-8 as a form's do.
 * @param {string} before
 * @param {import("../../static/js/text/patch.js").Patch} patch
 */
function applied(before, { from, to, length, words }) {
  const characters = [...before];
  assert.equal(characters.length, length);
  const sent = new TextDecoder().decode(new TextEncoder().encode(words));
  return [...characters.slice(0, from), sent, ...characters.slice(to)].join("");
}

/** @type {[said: string, before: string, after: string][]} */
const CHANGES = [
  ["a word is put in", "Calcium falls.", "Calcium often falls."],
  ["a word is taken out", "Calcium often falls.", "Calcium falls."],
  ["the text begins otherwise", "Calcium falls.", "Magnesium falls."],
  ["the text ends otherwise", "Calcium falls.", "Calcium rises."],
  ["a text is begun", "", "Calcium."],
  ["a text is emptied", "Calcium.", ""],
  ["nothing is changed", "Calcium.", "Calcium."],
  ["a letter is doubled", "aaa", "aaaa"],
  ["one of two words that repeat goes", "no no", "no"],
  ["words behind an emoji change", "😀 Calcium", "😀 Magnesium"],
  ["an emoji becomes its neighbour, which begins with the same unit", "Pain: 😀.", "Pain: 😁."],
  ["an emoji becomes one that ends with the same unit", "Pain: 😀.", "Pain: 🈀."],
  ["an emoji is put in before its neighbour", "😁", "😀😁"],
  ["an emoji is put in behind its neighbour", "😁", "😁😀"],
  ["one of two equal emoji is taken out", "😀😀", "😀"],
  ["an emoji is put between two that share a unit", "😀😁", "😀😂😁"],
];

for (const [said, before, after] of CHANGES) {
  test(`${said}: the server has the same text afterwards`, () => {
    assert.equal(applied(before, patchOf(before, after)), after);
  });
}

test("an emoji that becomes its neighbour is sent whole", () => {
  assert.deepEqual(patchOf("😀", "😁"), { from: 0, to: 1, length: 1, words: "😁" });
});

test("an emoji that becomes one with the same end is sent whole", () => {
  assert.deepEqual(patchOf("😀", "🈀"), { from: 0, to: 1, length: 1, words: "🈀" });
});

test("places are counted in characters, of which an emoji is one", () => {
  assert.deepEqual(patchOf("😀😀 a", "😀😀 b"), { from: 3, to: 4, length: 4, words: "b" });
});

test("only what changed is sent of a long text", () => {
  const page = "Calcium falls.\n\n".repeat(1000);

  assert.deepEqual(patchOf(`${page}old${page}`, `${page}new${page}`), {
    from: page.length,
    to: page.length + 3,
    length: 2 * page.length + 3,
    words: "new",
  });
});
