// Two versions of one draft.

import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyIn, paragraphsOf, rowsOf } from "../../static/js/text/comparison.js";

test("a text is compared by paragraph, whatever stands between them", () => {
  assert.deepEqual(paragraphsOf(" One\nline\n\n \n Two \n\n"), ["One\nline", "Two"]);
});

test("rows are compared in their order, without what is empty", () => {
  assert.deepEqual(
    rowsOf(
      [
        ["statements-10-relation", "causes"],
        ["statements-10-object", "Pain"],
        ["statements-2-relation", "treats"],
        ["statements-2-object", "Gout"],
        ["statements-2-note", ""],
        ["codes-0-code", "M10"],
      ],
      "statements",
    ),
    [
      ["treats", "Gout"],
      ["causes", "Pain"],
    ],
  );
});

test("a row that only offers its relation says nothing yet", () => {
  assert.deepEqual(
    rowsOf(
      [
        ["statements-0-offered", "causes"],
        ["statements-0-relation", "causes"],
      ],
      "statements",
    ),
    [],
  );
});

test("what both say is not shown", () => {
  assert.deepEqual(onlyIn(["One", "Two"], ["Two", "Three"]), ["One"]);
});
