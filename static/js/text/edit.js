// A change of the text in the editor, and the selection that it starts from.

/**
 * @typedef {object} Selected a text and what of it is selected
 * @property {string} value
 * @property {number} start
 * @property {number} end the same as start where nothing is selected: the caret
 */

/**
 * @typedef {object} Edit what replaces a part of the text, and what is selected afterwards
 * @property {number} start
 * @property {number} end
 * @property {string} text
 * @property {number} [from] where the selection starts afterwards; without it the caret stands behind the new text
 * @property {number} [to]
 */

/**
 * @typedef {object} TextChange an edit and the sentence that says what was done
 * @property {Edit} edit
 * @property {string} announcement
 */

export const LETTER = /[\p{L}\p{N}]/u;

/**
 * @param {string} value
 * @param {Edit} edit
 * @returns {string} the text after the edit
 */
export function edited(value, { start, end, text }) {
  return value.slice(0, start) + text + value.slice(end);
}
