// Characters counted as the server counts them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthOf, unitsOf } from "../../static/js/text/characters.js";

test("an emoji is one character and two units of a text field", () => {
  assert.equal(lengthOf("a😀b"), 3);
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((characters) => unitsOf("a😀b", characters)),
    [0, 1, 3, 4, 4],
  );
});
