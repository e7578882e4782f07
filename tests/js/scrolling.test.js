// The preview scrolls along with the text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { besideOf, scaleOf } from "../../static/js/text/scrolling.js";

/** @type {import("../../static/js/text/scrolling.js").Height[]} */
const SCALE = [
  [0, 0],
  [100, 50],
  [200, 450],
  [1000, 850],
];

test("what begins at a height of the text is shown at its height in the preview", () => {
  assert.deepEqual(
    [0, 100, 200].map((height) => besideOf(SCALE, height)),
    [0, 50, 450],
  );
});

test("between two blocks the preview is as far as the text", () => {
  assert.equal(besideOf(SCALE, 150), 250);
  assert.equal(besideOf(SCALE, 600), 650);
});

test("at the end of the text the preview is at its end", () => {
  assert.equal(besideOf(SCALE, 1000), 850);
});

test("a text whose first block stands at its top reaches the end, too", () => {
  const scale = scaleOf([[0, 0]], [300, 600]);

  assert.equal(besideOf(scale, 300), 600);
});

test("a block that stands above the one before it in the preview is passed over", () => {
  /** @type {import("../../static/js/text/scrolling.js").Height[]} */
  const heights = [
    [10, 40],
    [20, 30],
    [30, 60],
  ];

  assert.deepEqual(scaleOf(heights, [100, 200]), [
    [0, 0],
    [10, 40],
    [30, 60],
    [100, 200],
  ]);
});
