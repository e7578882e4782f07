// The keys of the toolbar.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, isPressed, shortcutOf } from "../../static/js/text/shortcuts.js";

const PRESSED = { key: "b", code: "KeyB", altKey: false, shiftKey: false };

test("a key is its shortcut with exactly the same other keys", () => {
  const bold = shortcutOf("Control+B");

  assert.equal(isPressed(bold, PRESSED), true);
  assert.equal(isPressed(bold, { ...PRESSED, shiftKey: true }), false);
  assert.equal(isPressed(bold, { ...PRESSED, altKey: true }), false);
  assert.equal(isPressed(bold, { ...PRESSED, key: "v", code: "KeyV" }), false);
});

test("a digit is its key also where Shift makes another sign of it", () => {
  assert.equal(
    isPressed(shortcutOf("Control+Shift+8"), { key: "*", code: "Digit8", altKey: false, shiftKey: true }),
    true,
  );
});

test("a letter is its key also where Alt makes another sign of it", () => {
  assert.equal(
    isPressed(shortcutOf("Control+Alt+F"), { key: "ƒ", code: "KeyF", altKey: true, shiftKey: false }),
    true,
  );
});

test("where letters stand elsewhere the sign counts, not the place of the key", () => {
  assert.equal(isPressed(shortcutOf("Control+B"), { ...PRESSED, key: "x" }), false);
});

test("shortcuts are written as the keys of the computer are", () => {
  assert.equal(inWords("Control+Alt+1", false), "Ctrl+Alt+1");
  assert.equal(inWords("Control+Alt+1", true), "⌘ ⌥ 1");
});
