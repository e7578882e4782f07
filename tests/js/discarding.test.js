// What a discarded draft leaves in the browser of several people: the words of others stay.

import assert from "node:assert/strict";
import { test } from "node:test";

class FakeElement {
  /** @param {Record<string, string>} dataset */
  constructor(dataset) {
    this.dataset = dataset;
  }
}

/** @param {Record<string, string>} kept */
function shelfOf(kept) {
  return Object.defineProperties(Object.assign(Object.create(null), kept), {
    getItem: { value: (/** @type {string} */ name) => kept[name] ?? null },
    removeItem: {
      value(/** @type {string} */ name) {
        delete kept[name];
      },
    },
  });
}

test("a draft that is discarded takes the words of its own writer along, and nobody else's", async () => {
  const kept = Object.fromEntries(
    [
      "7:/drafts/1/#a",
      "7:source:/drafts/1/",
      "7:/wiki/gout/edit/#b",
      "8:/wiki/gout/edit/#c",
      "7:/drafts/2/#d",
    ].map((name) => [`causeway:${name}`, "{}"]),
  );
  const note = { "causeway:discarding": JSON.stringify(["7", "/drafts/1/", "gout"]) };
  const list = new FakeElement({ gone: "/drafts/1/" });
  Object.assign(globalThis, {
    HTMLElement: FakeElement,
    HTMLFormElement: class {},
    document: { querySelectorAll: (/** @type {string} */ one) => (one === "[data-gone]" ? [list] : []) },
  });
  for (const [name, value] of Object.entries({
    localStorage: shelfOf(kept),
    sessionStorage: shelfOf(note),
  })) {
    Object.defineProperty(globalThis, name, { configurable: true, value });
  }

  await import(new URL("../../static/js/discarding.js", import.meta.url).href);

  assert.deepEqual(Object.keys(kept), ["causeway:8:/wiki/gout/edit/#c", "causeway:7:/drafts/2/#d"]);
});
