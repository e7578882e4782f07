// Where the words stand that a check is about.

import { unitsOf } from "./characters.js";

/**
 * Return the place where the words stood when they were checked, or the nearest one where they stand now.
 * @param {string} text
 * @param {object} found
 * @param {string} [found.from] where they stood, in characters
 * @param {string} [found.to]
 * @param {string} [found.words] the words, cut with an ellipsis where there are many
 * @returns {[start: number, end: number]} in UTF-16 units, as a text field counts
 */
export function passageIn(text, { from, to, words = "" }) {
  const sought = words.replace(/…$/, "");
  const start = from ? unitsOf(text, Number(from)) : 0;
  const end = to ? unitsOf(text, Number(to)) : 0;
  if (!sought || text.slice(start, end).includes(sought.split("\n")[0] ?? "")) {
    const at = sought ? text.indexOf(sought, start) : -1;
    return at >= start && at + sought.length <= end ? [at, at + sought.length] : [start, end];
  }
  const nearest = nearestPlace(text, sought, start);
  return nearest === undefined ? [start, end] : [nearest, nearest + sought.length];
}

/**
 * @param {string} text
 * @param {string} words
 * @param {number} near
 * @returns {number | undefined}
 */
function nearestPlace(text, words, near) {
  return [text.indexOf(words, near), text.lastIndexOf(words, near)]
    .filter((place) => place >= 0)
    .sort((one, other) => Math.abs(one - near) - Math.abs(other - near))[0];
}
