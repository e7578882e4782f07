// What another title means for the old one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { renamedTo } from "../../static/js/text/renamed.js";

const OLD = "Möbius syndrome";

/** @type {[title: string, aliases: string, isRenamed: boolean, isAmongNames: boolean, isSameName: boolean][]} */
const CASES = [
  [OLD, "", false, false, true],
  [` ${OLD}  `, "", false, false, true],
  ["Facial palsy", "", true, false, false],
  ["Facial palsy", "MS, Möbius  syndrome", true, true, false],
  ["Facial palsy", "MS, type 1; moebius; mobius Syndrome", true, true, false],
  ["Facial palsy", "Möbius syndrome type 1", true, false, false],
  ["Mobius Syndrome", "", true, false, true],
];

for (const [title, aliases, isRenamed, isAmongNames, isSameName] of CASES) {
  test(`“${OLD}” renamed to “${title}” with the other names “${aliases}”`, () => {
    const now = renamedTo({ old: OLD, title, aliases });

    assert.deepEqual(now, { isRenamed, isAmongNames, isSameName });
  });
}

test("a title that was left alone is no new one where the page was renamed meanwhile", () => {
  const form = { old: "Möbius sequence", beganAs: OLD, aliases: "" };

  assert.equal(renamedTo({ ...form, title: OLD }).isRenamed, false);
  assert.equal(renamedTo({ ...form, title: "Facial palsy" }).isRenamed, true);
});
