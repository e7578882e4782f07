// A text in which brackets stand around what is selected, or a bar where the caret is.

/** @typedef {import("../../static/js/text/edit.js").Edit} Edit */
/** @typedef {import("../../static/js/text/edit.js").Selected} Selected */

/**
 * @param {string} text
 * @param {[string, string]} [signs] other signs, where the text has brackets itself
 * @returns {Selected}
 */
export function selectionIn(text, [open, close] = ["[", "]"]) {
  const caret = text.indexOf("|");
  if (!text.includes(open)) return { value: text.replace("|", ""), start: caret, end: caret };
  const value = text.replace(open, "").replace(close, "");
  return { value, start: text.indexOf(open), end: text.indexOf(close) - open.length };
}

/**
 * @param {string} value the text after an edit
 * @param {Edit} edit
 * @param {[string, string]} [signs]
 * @returns {string}
 */
export function shown(
  value,
  { start, text, from = start + text.length, to = from },
  [open, close] = ["[", "]"],
) {
  const [before, selected, after] = [value.slice(0, from), value.slice(from, to), value.slice(to)];
  return from === to ? `${before}|${after}` : `${before}${open}${selected}${close}${after}`;
}
