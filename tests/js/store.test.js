// What this browser keeps.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as store from "../../static/js/store.js";

/** Let the browser have storage of its own, or none. @param {object | null} storage */
function browserWith(storage) {
  const get = () => {
    if (storage === null) throw new DOMException("The operation is insecure.", "SecurityError");
    return storage;
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, name, { configurable: true, get });
  }
}

/** A storage as browsers have it: what is kept are its own keys. */
class Shelf {
  /** @param {string} name */
  getItem(name) {
    return Object.hasOwn(this, name) ? Reflect.get(this, name) : null;
  }

  /** @param {string} name @param {string} text */
  setItem(name, text) {
    Reflect.set(this, name, text);
  }

  /** @param {string} name */
  removeItem(name) {
    Reflect.deleteProperty(this, name);
  }
}

/** @type {Shelf} */
let shelf;

beforeEach(() => {
  shelf = new Shelf();
  browserWith(shelf);
});

test("what is written is read again, and is gone when it is forgotten", () => {
  store.write("7:/drafts/1/", { pairs: [["title", "Gout"]] });

  assert.deepEqual(store.read("7:/drafts/1/"), { pairs: [["title", "Gout"]] });
  store.forget("7:/drafts/1/");
  assert.equal(store.read("7:/drafts/1/"), null);
});

test("only what the wiki itself has written is among what is kept", () => {
  shelf.setItem("other", "1");
  store.write("7:/new/", {});

  assert.deepEqual(store.keptNames(), ["7:/new/"]);
});

test("what cannot be read counts as nothing", () => {
  store.writeText("7:/new/", "{half");

  assert.equal(store.read("7:/new/"), null);
});

test("a note is handed to the next page once", () => {
  store.handOver("returned", "/drafts/1/");

  assert.equal(store.takeOver("returned"), "/drafts/1/");
  assert.equal(store.takeOver("returned"), null);
});

test("a browser that keeps nothing is no hindrance", () => {
  browserWith(null);

  assert.equal(store.write("7:/new/", {}), false);
  store.handOver("returned", "/");
  store.forget("7:/new/");

  assert.equal(store.read("7:/new/"), null);
  assert.equal(store.takeOver("returned"), null);
  assert.deepEqual(store.keptNames(), []);
});

test("a browser without room is no hindrance", () => {
  shelf.setItem = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };

  assert.equal(store.write("7:/new/", {}), false);

  assert.equal(store.read("7:/new/"), null);
});
