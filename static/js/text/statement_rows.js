// The rows of statements in a form: their numbers, and the relations that fit the kinds of both pages.

const NUMBERED = /\b(statements?|remove-statement|remove-source|add-source)-\d+/g;

/**
 * @param {string} name the value of an attribute that names a row by its number
 * @param {number} place the number of the row now, from 0
 * @returns {string}
 */
export function renumbered(name, place) {
  return name.replace(NUMBERED, `$1-${place}`);
}

/**
 * @param {string} label what is read out for a control of a row
 * @param {number} place the number of the row now, from 0
 * @returns {string}
 */
export function relabelled(label, place) {
  return label.replace(/(statement )\d+/, `$1${place + 1}`);
}

/**
 * @typedef {object} Ends what may stand at the ends of a relation
 * @property {string} [subjects] the kinds of page that it may start from; without them it fits any
 * @property {string} [objects]
 * @property {string} [same] there if both pages must be of one kind
 */

/**
 * @param {Ends} relation
 * @param {string} [mine] the kind of the page that is written; unknown if empty
 * @param {string} [theirs] the kind of the other page
 * @returns {boolean} whether the relation can hold between them
 */
export function fits({ subjects, objects, same }, mine, theirs) {
  if (subjects === undefined) return true;
  if (mine && !subjects.split(" ").includes(mine)) return false;
  if (theirs && !objects?.split(" ").includes(theirs)) return false;
  return same === undefined || !mine || !theirs || mine === theirs;
}
