// Keys that lead through the changes of a review.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stepTo } from "../../static/js/text/stepping.js";

/** @type {{count: number, from: number | null, below: number}} */
const OUTSIDE = { count: 3, from: null, below: 1 };

test("from one change a key leads to the next or to the one before", () => {
  assert.equal(stepTo({ ...OUTSIDE, from: 1, by: 1 }), 2);
  assert.equal(stepTo({ ...OUTSIDE, from: 1, by: -1 }), 0);
});

test("after the last change comes the first, before the first the last", () => {
  assert.equal(stepTo({ ...OUTSIDE, from: 2, by: 1 }), 0);
  assert.equal(stepTo({ ...OUTSIDE, from: 0, by: -1 }), 2);
});

test("from between two changes a key leads to the one below or above", () => {
  assert.equal(stepTo({ ...OUTSIDE, by: 1 }), 1);
  assert.equal(stepTo({ ...OUTSIDE, by: -1 }), 0);
});

test("from above all changes a key leads to the first or the last", () => {
  assert.equal(stepTo({ ...OUTSIDE, below: 0, by: 1 }), 0);
  assert.equal(stepTo({ ...OUTSIDE, below: 0, by: -1 }), 2);
});

test("from below all changes a key leads to the first or the last", () => {
  assert.equal(stepTo({ ...OUTSIDE, below: -1, by: 1 }), 0);
  assert.equal(stepTo({ ...OUTSIDE, below: -1, by: -1 }), 2);
});
