// Moments in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf, momentOf } from "../../static/js/text/times.js";

const WHEN = "2026-11-20T23:14:05.123Z";

for (const [zone, day, clock] of [
  ["UTC", "20 November 2026", "23:14 UTC"],
  ["Asia/Tokyo", "21 November 2026", "08:14 GMT+9"],
  ["Europe/Berlin", "21 November 2026", "00:14 CET"],
  ["Asia/Kolkata", "21 November 2026", "04:44 GMT+5:30"],
]) {
  test(`a moment is told with its zone, on the day that it falls on there: ${zone}`, () => {
    assert.equal(momentOf(WHEN, zone), `${day} at ${clock}`);
    assert.equal(clockOf(Date.parse(WHEN), zone), clock);
  });
}

test("what is no moment is told as nothing", () => {
  assert.equal(momentOf(""), "");
  assert.equal(clockOf("soon"), "");
});
