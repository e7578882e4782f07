// Where the words stand that a check is about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { passageIn } from "../../static/js/text/passage.js";

/**
 * @param {string} text
 * @param {{from?: string, to?: string, words?: string}} found
 */
function passage(text, found) {
  return text.slice(...passageIn(text, found));
}

test("the words are found where they stood", () => {
  assert.equal(passage("Give 5 mg daily.", { from: "5", to: "9", words: "5 mg" }), "5 mg");
});

test("places are counted in characters, of which an emoji is one", () => {
  assert.equal(passage("😀 Give 5 mg.", { from: "7", to: "11", words: "5 mg" }), "5 mg");
});

test("within a longer passage only the words are selected", () => {
  assert.equal(passage("Give 5 mg daily.", { from: "0", to: "15", words: "5 mg" }), "5 mg");
});

test("words that were cut short are shown with all that was found", () => {
  assert.equal(passage("One\nTwo three", { from: "0", to: "13", words: "One\nTwo thr…" }), "One\nTwo thr");
  assert.equal(passage("One\nTwo", { from: "0", to: "7", words: "One\nOther…" }), "One\nTwo");
});

test("words that moved are found where they stand now, the nearest of them", () => {
  const text = "5 mg. Text was put in here, and now 5 mg stands far behind; 5 mg.";

  assert.deepEqual(passageIn(text, { from: "30", to: "34", words: "5 mg" }), [36, 40]);
  assert.deepEqual(passageIn(text, { from: "8", to: "12", words: "5 mg" }), [0, 4]);
});

test("words that are gone leave the place where they stood", () => {
  assert.deepEqual(passageIn("Give it daily.", { from: "5", to: "9", words: "5 mg" }), [5, 9]);
});

test("a check about the whole text leads to its start", () => {
  assert.deepEqual(passageIn("Give it.", {}), [0, 0]);
});
