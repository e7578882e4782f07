// Rows of statements.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, relabelled, renumbered } from "../../static/js/text/statement_rows.js";

test("a row that moves up gets the number of its place wherever its number stands", () => {
  const names = [
    "statements-3-object",
    "statement-3",
    "remove-statement-3",
    "add-source-3",
    "remove-source-3-1",
  ];

  assert.deepEqual(
    names.map((name) => renumbered(name, 0)),
    ["statements-0-object", "statement-0", "remove-statement-0", "add-source-0", "remove-source-0-1"],
  );
});

test("other numbers stay", () => {
  assert.equal(renumbered("codes-3-system", 0), "codes-3-system");
  assert.equal(renumbered("misstatement-3", 0), "misstatement-3");
});

test("several names in one attribute are all renumbered", () => {
  assert.equal(renumbered("statements-3-note_hint statements-3-note_error", 1).includes("3"), false);
});

test("a control is read out with the number of its place, counted from one", () => {
  assert.equal(
    relabelled("Remove source pmid:1 from statement 4", 1),
    "Remove source pmid:1 from statement 2",
  );
});

/** @type {[said: string, ends: import("../../static/js/text/statement_rows.js").Ends, mine: string, theirs: string, is: boolean][]} */
const FITTING = [
  ["fits the kinds that it names", { subjects: "drug", objects: "condition sign" }, "drug", "sign", true],
  ["does not start from another kind", { subjects: "drug", objects: "sign" }, "condition", "sign", false],
  ["does not lead to another kind", { subjects: "drug", objects: "sign" }, "drug", "drug", false],
  ["fits while the kinds are unknown", { subjects: "drug", objects: "sign" }, "", "", true],
  ["without kinds fits any", {}, "drug", "sign", true],
  ["between pages of one kind fits those", { subjects: "a b", objects: "a b", same: "" }, "a", "a", true],
  [
    "between pages of one kind fits no others",
    { subjects: "a b", objects: "a b", same: "" },
    "a",
    "b",
    false,
  ],
];

for (const [said, ends, mine, theirs, is] of FITTING) {
  test(`a relation ${said}`, () => assert.equal(fits(ends, mine, theirs), is));
}
