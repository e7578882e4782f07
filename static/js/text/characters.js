// Characters counted as the server counts them: by code point. JavaScript counts UTF-16 units, two for an emoji.

/**
 * @param {string} text
 * @returns {number} how many characters the text has
 */
export function lengthOf(text) {
  return [...text].length;
}

/**
 * @param {string} text
 * @param {number} characters
 * @returns {number} how many UTF-16 units the first characters of the text take
 */
export function unitsOf(text, characters) {
  return [...text].slice(0, characters).join("").length;
}
