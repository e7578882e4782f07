// What the wiki answers to a field that looks something up. A network that asks people to sign in to it answers with
// a page of its own: that is no answer, else "nothing found" would be said of what nobody has looked for.

/**
 * @typedef {object} Result one line of the list
 * @property {string} value what is put into the input
 * @property {string} label
 * @property {string} [kind] what it is, in a word
 * @property {string} [kind_id]
 * @property {string} [summary]
 * @property {string} [by] the name by which it was found
 * @property {string} [mark]
 */

/** @typedef {{results?: Result[], offer?: Record<string, string>}} Found */

/**
 * @param {unknown} told an answer as JSON
 * @returns {Required<Found> | null} what was found; null if the wiki did not say it
 */
export function resultsIn(told) {
  if (typeof told !== "object" || told === null || !("results" in told) || !Array.isArray(told.results))
    return null;
  const { results, offer = {} } = /** @type {{results: Result[], offer?: Record<string, string>}} */ (told);
  return { results, offer };
}

/**
 * @param {Result[]} results
 * @param {string} typed
 * @returns {boolean} whether one of them is called as typed, so that no new page is offered
 */
export function isNamedAmong(results, typed) {
  return results.some((one) => (one.label ?? one.value).toLowerCase() === typed.toLowerCase());
}

/**
 * @param {number} count how many suggestions there are
 * @param {boolean} isOffering whether the last line proposes a new page
 * @returns {string} what is announced of a list
 */
export function announced(count, isOffering) {
  const many = count === 1 ? "1 suggestion" : `${count} suggestions`;
  const said = count ? `${many}. The arrow keys go through them.` : "Nothing found.";
  return isOffering ? `${said} The last line proposes a new page.` : said;
}

/**
 * @param {string} words the answer to what a statement says
 * @returns {boolean} whether it is of the wiki
 */
export function saysAStatement(words) {
  return words.includes("data-end=");
}
