// The field in which the text of a page is written, and the line that says what was done to it.

import { announce, copyOf, find, make, need } from "./dom.js";

/** @typedef {import("./text/edit.js").Edit} Edit */
/** @typedef {import("./text/edit.js").Selected} Selected */

export const editor = need(HTMLTextAreaElement, ".markdownx-editor");

editor.after(copyOf("told") ?? "");
const told = find(HTMLElement, ".told");

let isEntered = false; // whoever has not been in the text yet works at its end
editor.addEventListener(
  "focus",
  () => {
    isEntered = true;
  },
  { once: true },
);

/**
 * Return the text and what is selected in it. A window that opens over the text asks before it opens: a browser may
 * put the caret elsewhere when it closes.
 * @returns {Selected}
 */
export function selected() {
  const { value, selectionStart: start, selectionEnd: end } = editor;
  return isEntered ? { value, start, end } : { value, start: value.length, end: value.length };
}

/**
 * @param {DragEvent} event
 * @returns {Selected} the text and the place in it over which something is let go
 */
export function placeUnder({ clientX, clientY }) {
  const at = document.caretPositionFromPoint?.(clientX, clientY);
  if (at?.offsetNode !== editor) return selected();
  return { value: editor.value, start: at.offset, end: at.offset };
}

/**
 * Replace a part of the text so that undo brings it back.
 * @param {Edit} edit
 */
export function put({ start, end, text, from = start + text.length, to = from }) {
  editor.focus();
  editor.setSelectionRange(start, end);
  const isDone = text ? type(text) : start === end || document.execCommand("delete");
  if (!isDone) {
    editor.setRangeText(text, start, end, "end");
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  editor.setSelectionRange(from, to);
}

/**
 * Type a text in place of what is selected.
 *
 * `execCommand` is deprecated, but nothing else puts an edit on the browser's own list of what can be undone: after
 * `setRangeText` or a new `value`, Ctrl+Z in Chromium leaves the text as it is. Where the command is not known,
 * the text is changed without it.
 * @param {string} text
 * @returns {boolean} whether the browser did it
 */
function type(text) {
  if (text.includes("\n")) {
    // Chromium types line by line, and takes seconds over a page; lines given to it as HTML it takes at once.
    const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>");
    if (document.execCommand("insertHTML", false, text.endsWith("\n") ? `${html}<br>` : html)) return true;
  }
  return document.execCommand("insertText", false, text);
}

/**
 * Say what was done, with a link to what can be done next in a new window.
 * @param {string} words
 * @param {string} [href]
 * @param {string} [label]
 */
export function say(words, href = "", label = "") {
  const link = href ? make("a", { href, textContent: label, target: "_blank" }) : null;
  if (told) announce(told, words, { link, isRepeated: true });
}
