import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { announced, isNamedAmong, resultsIn, saysAStatement } from "../../static/js/text/look_ups.js";

const one = { value: "Gout", label: "Gout" };

describe("what the wiki answers to a field that looks something up", () => {
  for (const foreign of [
    null,
    "<h1>Sign in to the hospital's network</h1>",
    7,
    [],
    {},
    { results: null },
    { error: "x" },
  ]) {
    test(`it never said ${JSON.stringify(foreign)}`, () => assert.equal(resultsIn(foreign), null));
  }
  test("what it found is taken, with what it offers", () => {
    assert.deepEqual(resultsIn({ results: [one] }), { results: [one], offer: {} });
    assert.deepEqual(resultsIn({ results: [], offer: { kind: "drug" } }), {
      results: [],
      offer: { kind: "drug" },
    });
  });
  test("a page that is called as typed is not offered anew", () => {
    assert.ok(isNamedAmong([one], "gOUT"));
    assert.ok(
      isNamedAmong(
        [/** @type {import("../../static/js/text/look_ups.js").Result} */ ({ value: "Gout" })],
        "gout",
      ),
    );
    assert.ok(!isNamedAmong([one], "Gou"));
  });
});

describe("what is shown of an answer", () => {
  test("how many were found is announced", () => {
    assert.equal(announced(0, false), "Nothing found.");
    assert.equal(announced(1, false), "1 suggestion. The arrow keys go through them.");
    assert.equal(
      announced(2, true),
      "2 suggestions. The arrow keys go through them. The last line proposes a new page.",
    );
  });
  test("only the wiki's own words stand under a statement", () => {
    assert.ok(saysAStatement('<p data-end="condition">Gout can cause pain.</p>'));
    assert.ok(!saysAStatement("<html><title>Welcome to our network</title></html>"));
  });
});
