// When autosave saves next.

import assert from "node:assert/strict";
import { test } from "node:test";
import { delayOf, PAUSE } from "../../static/js/text/pace.js";

const TYPING = { wait: PAUSE, since: 100_000, now: 100_000, failures: 0 };

test("who pauses is saved after the pause", () => {
  assert.equal(delayOf(TYPING), 1500);
});

test("who types without a pause is saved after 20 seconds all the same", () => {
  assert.equal(delayOf({ ...TYPING, now: 119_000 }), 1000);
  assert.equal(delayOf({ ...TYPING, now: 125_000 }), 0);
});

test("without a connection attempts come ever later, up to 30 seconds apart", () => {
  const delays = [1, 2, 3, 4, 5, 6, 60].map((failures) => delayOf({ ...TYPING, failures }));

  assert.deepEqual(delays, [2000, 4000, 8000, 15_000, 30_000, 30_000, 30_000]);
});
