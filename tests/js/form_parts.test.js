// What autosave sends of a form.

import assert from "node:assert/strict";
import { test } from "node:test";
import { changedParts, changesOf, partsOf, typedPairs } from "../../static/js/text/form_parts.js";

/** @typedef {import("../../static/js/text/form_parts.js").Pair} Pair */

/** @type {Pair[]} */
const FORM = [
  ["title", "Gout"],
  ["aliases", "Podagra"],
  ["summary", "Too much uric acid."],
  ["codes-0-system", "ICD-10"],
  ["codes-0-code", "M10"],
  ["statements-0-relation", "causes"],
  ["statements-0-object", "Pain"],
  ["body", "Uric acid rises."],
];

/**
 * @param {string} name
 * @param {string} value
 * @returns {Pair[]} the form with another value in one field
 */
function formWith(name, value) {
  return FORM.map((pair) => (pair[0] === name ? [name, value] : pair));
}

/** @param {Pair[]} after */
function sentFor(after) {
  return changesOf(partsOf(after), partsOf(FORM));
}

test("what a form says of itself, files and half typed sources are not saved as words", () => {
  /** @type {[string, unknown][]} */
  const fields = [
    ["csrfmiddlewaretoken", "x"],
    ["saved", "2026"],
    ["writer", "7"],
    ["source-title", "Half"],
    ["file", new Blob([])],
    ["title", "Gout"],
  ];

  assert.deepEqual(typedPairs(fields), [["title", "Gout"]]);
});

test("a form as it was has no changed part", () => {
  assert.deepEqual(changedParts(partsOf(FORM), partsOf([...FORM])), []);
});

test("of the text only the difference is sent", () => {
  assert.deepEqual(sentFor(formWith("body", "Uric acid falls.")), [
    ["patch", "1"],
    ["body-from", "10"],
    ["body-to", "14"],
    ["body-length", "16"],
    ["body-words", "fall"],
  ]);
});

test("a text that the server does not have is sent whole", () => {
  const before = partsOf(FORM.filter(([name]) => name !== "body"));

  assert.deepEqual(changesOf(partsOf(FORM), before), [
    ["patch", "1"],
    ["body", "Uric acid rises."],
  ]);
});

test("another title is sent with the other names of the page", () => {
  assert.deepEqual(sentFor(formWith("title", "Gouty arthritis")), [
    ["patch", "1"],
    ["title", "Gouty arthritis"],
    ["aliases", "Podagra"],
  ]);
});

test("of a changed table all rows are sent, and that they are all", () => {
  assert.deepEqual(sentFor(formWith("statements-0-object", "Fever")), [
    ["patch", "1"],
    ["rows", "statements"],
    ["statements-0-relation", "causes"],
    ["statements-0-object", "Fever"],
  ]);
});

test("the last row of a table that is removed is sent as a table without rows", () => {
  const after = FORM.filter(([name]) => !name.startsWith("codes-"));

  assert.deepEqual(sentFor(after), [
    ["patch", "1"],
    ["rows", "codes"],
  ]);
});

test("the address of a section is no change of its words", () => {
  assert.deepEqual(changedParts(partsOf([...FORM, ["section", "dose"]]), partsOf(FORM)), []);
});
