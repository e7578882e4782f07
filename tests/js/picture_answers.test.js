import assert from "node:assert/strict";
import { test } from "node:test";

import { addedBy, isForm } from "../../static/js/text/picture_answers.js";

test("a mark of the wiki is what was added", () => {
  const added = { mark: "![CT](image:1)", sentence: "Picture added." };

  assert.deepEqual(addedBy(JSON.stringify(added)), added);
});

for (const words of ["", "<h1>Conflict</h1>", '{"error": "busy"}', "null", '{"mark": ""}']) {
  test(`“${words}” adds no picture and is no form`, () => {
    assert.equal(addedBy(words), null);
    assert.equal(isForm(words), false);
  });
}

test("the form of the wiki is known", () => assert.ok(isForm('<textarea id="picture-alt"></textarea>')));
