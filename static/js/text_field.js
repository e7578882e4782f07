// The field in which the text of a page is written, and the line that says what was done to it.

import { announce, copyOf, find, make, need } from "./dom.js";

/** @typedef {import("./text/edit.js").Edit} Edit */
/** @typedef {import("./text/edit.js").Selected} Selected */

export const editor = need(HTMLTextAreaElement, ".markdownx-editor");

editor.after(copyOf("announcement") ?? "");
const told = find(HTMLElement, ".announcement");

let isEntered = document.activeElement === editor; // whoever has not been in the text yet works at its end
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
 * Say what was put into the text, at the caret, with a link to what can be done next in a new window.
 * @param {string} words
 * @param {string} [href]
 * @param {string} [label]
 */
export function say(words, href = "", label = "") {
  sayBelow(words, href, label);
  if (told && words) standAtCaret(told);
}

/**
 * Say under the text what was done to it.
 * @param {string} words
 * @param {string} [href]
 * @param {string} [label]
 */
export function sayBelow(words, href = "", label = "") {
  const link = href ? make("a", { href, textContent: label, target: "_blank" }) : null;
  leaveCaret();
  if (told) announce(told, words, { link, isRepeated: true });
}

const AT_CARET = "at-caret";

/**
 * Lay out some parts of the text as the field does, in a block that nobody sees, so that they tell where they stand.
 * @param {HTMLElement} copy
 * @param {...(string | Node)} parts
 */
export function layOut(copy, ...parts) {
  const { font, letterSpacing, padding, tabSize } = getComputedStyle(editor);
  Object.assign(copy.style, { font, letterSpacing, padding, tabSize, inlineSize: `${editor.clientWidth}px` });
  copy.replaceChildren(...parts);
  editor.parentElement?.append(copy);
}

/**
 * Put a note under the line of the caret, above it where there is no room; it goes back once somebody goes on.
 * @param {HTMLElement} note
 */
function standAtCaret(note) {
  const copy = make("div", { className: "copy", ariaHidden: "true" });
  const caret = make("span", { textContent: "\u200b" });
  layOut(copy, editor.value.slice(0, editor.selectionEnd), caret, editor.value.slice(editor.selectionEnd));
  const [top, line] = [caret.offsetTop - editor.scrollTop, caret.offsetHeight];
  copy.remove();
  note.classList.add(AT_CARET);
  const below = top + 1.5 * line;
  const hasRoom = below + note.offsetHeight <= editor.clientHeight;
  const place = hasRoom ? below : Math.min(top, editor.clientHeight) - note.offsetHeight;
  note.style.insetBlockStart = `${editor.offsetTop + Math.max(0, place)}px`;
  note.scrollIntoView({ block: "nearest" });
}

function leaveCaret() {
  told?.classList.remove(AT_CARET);
  told?.style.removeProperty("inset-block-start");
}

for (const event of ["keydown", "pointerdown", "wheel", "touchmove"]) {
  editor.addEventListener(event, leaveCaret, { passive: true });
}
