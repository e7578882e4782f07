// Bold and italic: the asterisks around words.

import { LETTER } from "./edit.js";

/** @typedef {import("./edit.js").Selected} Selected */
/** @typedef {import("./edit.js").TextChange} TextChange */

/**
 * Put asterisks around the selected words, or around the word at the caret; where they are there, take them away.
 * @param {Selected} selected
 * @param {1 | 2} size how many: one for italic, two for bold
 * @param {string} name what the mark is called
 * @returns {TextChange}
 */
export function emphasise(selected, size, name) {
  const { value } = selected;
  let [start, end] = wordsOf(selected);
  if (/\n\s*\n/.test(value.slice(start, end)))
    return emphasiseEach(value, start, end, "*".repeat(size), name);
  while (end - start > 1 && value[start] === "*" && value[end - 1] === "*") {
    start++;
    end--;
  }
  let around = 0;
  while (value[start - 1 - around] === "*" && value[end + around] === "*") around++;
  const on = size === 2 ? around >= 2 : around % 2 === 1;
  const after = "*".repeat(around + (on ? -size : size));
  const shift = after.length - around;
  const [from, to] = selected.start === selected.end ? [selected.start, selected.start] : [start, end];
  return {
    edit: {
      start: start - around,
      end: end + around,
      text: after + value.slice(start, end) + after,
      from: from + shift,
      to: to + shift,
    },
    announcement: announcementOf(name, on),
  };
}

/**
 * Return what a mark is to go around: what is selected less the blanks at its ends, or the word at the caret.
 * @param {Selected} selected
 * @returns {[start: number, end: number]}
 */
export function wordsOf({ value, start, end }) {
  if (start === end) {
    while (start > 0 && LETTER.test(value.charAt(start - 1))) start--;
    while (end < value.length && LETTER.test(value.charAt(end))) end++;
    return [start, end];
  }
  while (start < end && /\s/.test(value.charAt(start))) start++;
  while (end > start && /\s/.test(value.charAt(end - 1))) end--;
  return [start, end];
}

/**
 * A mark ends with its paragraph, so each of several gets its own.
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @param {string} mark
 * @param {string} name
 * @returns {TextChange}
 */
function emphasiseEach(value, start, end, mark, name) {
  const parts = value.slice(start, end).split(/(\n\s*\n)/);
  const isGap = (/** @type {number} */ place) => place % 2 === 1;
  const on = parts.every((one, place) => isGap(place) || (one.startsWith(mark) && one.endsWith(mark)));
  const change = (/** @type {string} */ one) =>
    on ? one.slice(mark.length, -mark.length) : mark + one + mark;
  const text = parts.map((one, place) => (isGap(place) ? one : change(one))).join("");
  return {
    edit: { start, end, text, from: start, to: start + text.length },
    announcement: announcementOf(name, on),
  };
}

/**
 * @param {string} name
 * @param {boolean} isGone
 * @returns {string}
 */
function announcementOf(name, isGone) {
  return isGone ? `${name} taken away` : name;
}
