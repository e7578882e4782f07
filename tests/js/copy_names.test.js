// The names of the copies that a browser keeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOfCopy, namesHeld, namesLeft, readName } from "../../static/js/text/copy_names.js";

const NAMES = [
  "7:/drafts/1/#a",
  "7:/drafts/1/#b",
  "8:/drafts/1/#c",
  "7:/drafts/12/#d",
  "7:/wiki/gout/edit/#e",
  "7:/wiki/gout/edit/s-dose/#f",
  "7:source:/drafts/1/",
  "review-keys",
];

test("a name says whose words of which form from which window it keeps", () => {
  const name = nameOfCopy("7", "/new/?title=Gout&kind=condition", "a-1");

  assert.deepEqual(readName(name), {
    writer: "7",
    place: "/new/?title=Gout&kind=condition",
    windowId: "a-1",
  });
  for (const other of ["7:source:/drafts/1/", "review-keys", "7:/drafts/1/"])
    assert.equal(readName(other), null);
});

test("what is left of a form are the writer's own copies from windows that are closed", () => {
  const left = namesLeft(NAMES, { writer: "7", places: ["/drafts/1/"], open: new Set(["b"]) });

  assert.deepEqual(left, ["7:/drafts/1/#a"]);
});

test("the form of a page finds what is left of its sections, after its own", () => {
  const places = ["/drafts/1/", "/wiki/gout/edit/", "/wiki/gout/edit/*"];

  const left = namesLeft(NAMES, { writer: "7", places, open: new Set() });

  assert.deepEqual(left, [
    "7:/drafts/1/#a",
    "7:/drafts/1/#b",
    "7:/wiki/gout/edit/#e",
    "7:/wiki/gout/edit/s-dose/#f",
  ]);
});

test("what another open window holds of a form is no copy that is left", () => {
  const wanted = { writer: "7", places: ["/drafts/1/"], open: new Set(["b", "c"]) };

  assert.deepEqual(namesHeld(NAMES, wanted), ["7:/drafts/1/#b"]);
  assert.deepEqual(namesLeft(NAMES, wanted), ["7:/drafts/1/#a"]);
});
