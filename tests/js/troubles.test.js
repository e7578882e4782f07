import assert from "node:assert/strict";
import { test } from "node:test";

import { troubleOf } from "../../static/js/text/troubles.js";

for (const [status, words] of /** @type {[number, string][]} */ ([
  [0, "there is no connection"],
  [401, "you are signed out"],
  [403, "you are signed out"],
  [404, "the wiki has a problem"],
  [409, "the wiki has a problem"],
  [413, "this is too large to be sent at once"],
  [429, "the wiki was asked too often"],
  [500, "the wiki has a problem"],
  [504, "the wiki has a problem"],
])) {
  test(`${status} is told as what it is`, () => assert.equal(troubleOf(status), words));
}
