// The difference between two versions of a text, as autosave sends it.

import { lengthOf } from "./characters.js";

/**
 * @typedef {object} Patch
 * @property {number} from where the difference starts, in characters of the old text
 * @property {number} to where it ends, in characters of the old text
 * @property {number} length how many characters the old text has, so that the server can refuse another text
 * @property {string} words what stands there now
 */

const HIGH_SURROGATE = /[\ud800-\udbff]/;
const LOW_SURROGATE = /[\udc00-\udfff]/;

/**
 * Return the one place in which two texts differ.
 *
 * An emoji is two UTF-16 units, and two neighbouring emoji share the first of them. The difference never starts or
 * ends between the two: half an emoji cannot be sent, the browser would put U+FFFD in its place.
 * @param {string} before
 * @param {string} after
 * @returns {Patch}
 */
export function patchOf(before, after) {
  const start = commonStart(before, after);
  const tail = commonEnd(before, after, start);
  const end = before.length - tail;
  return {
    from: lengthOf(before.slice(0, start)),
    to: lengthOf(before.slice(0, end)),
    length: lengthOf(before),
    words: after.slice(start, after.length - tail),
  };
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {number}
 */
function commonStart(before, after) {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start++;
  return HIGH_SURROGATE.test(before[start - 1] ?? "") ? start - 1 : start;
}

/**
 * @param {string} before
 * @param {string} after
 * @param {number} start
 * @returns {number}
 */
function commonEnd(before, after, start) {
  const most = Math.min(before.length, after.length) - start;
  let tail = 0;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return tail && LOW_SURROGATE.test(before.at(-tail) ?? "") ? tail - 1 : tail;
}
