// What is owed before a change is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { owedBy } from "../../static/js/text/owed.js";

const explained = ["action", "safety"];
const owedNote = "why this page is needed";

/** @type {[note: string, impact: string, meaning: string, field: string | undefined][]} */
const CASES = [
  ["", "", "", "note"],
  [" ", "wording", "", "note"],
  ["Why.", "", "", "impact"],
  ["Why.", "action", " ", "meaning"],
  ["Why.", "action", "Less pain.", undefined],
  ["Why.", "wording", "", undefined],
];

for (const [note, impact, meaning, field] of CASES) {
  test(`with “${note}”, “${impact}” and “${meaning}” the writer is led to ${field ?? "nothing"}`, () => {
    assert.equal(owedBy({ note, impact, meaning, explained, owedNote })?.field, field);
  });
}

test("all that is owed is said at once", () => {
  const owed = owedBy({ note: "", impact: "", meaning: "", explained, owedNote });

  assert.match(owed?.sentence ?? "", /say why this page is needed, and what it means for a patient/);
});
