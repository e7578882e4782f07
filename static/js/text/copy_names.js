// The names of the copies that this browser keeps: whose words, of which form, from which window.

/**
 * Return the name of a copy. Each window has copies of its own, so that none overwrites or removes another's.
 * @param {string} writer
 * @param {string} place the address of the form
 * @param {string} windowId
 * @returns {string}
 */
export function nameOfCopy(writer, place, windowId) {
  return `${writer}:${place}#${windowId}`;
}

/**
 * @param {string} name
 * @returns {{ writer: string, place: string, windowId: string } | null} null if it names no copy of a form
 */
export function readName(name) {
  const found = /^(\d+):(\/[^#]*)#([\w-]+)$/.exec(name);
  if (!found) return null;
  const [, writer = "", place = "", windowId = ""] = found;
  return { writer, place, windowId };
}

/**
 * @typedef {object} Wanted
 * @property {string} writer
 * @property {string[]} places the addresses of the form; one that ends in "*" stands for all that begin so
 * @property {Set<string>} open the windows that are open
 */

/**
 * Return the names of a writer's copies of some forms that no open window goes on with, as they are listed in `places`.
 * @param {string[]} names
 * @param {Wanted} wanted
 * @returns {string[]}
 */
export function namesLeft(names, wanted) {
  return namesOf(names, wanted, (windowId) => !wanted.open.has(windowId));
}

/**
 * Return the names of those copies that an open window goes on with.
 * @param {string[]} names
 * @param {Wanted} wanted
 * @returns {string[]}
 */
export function namesHeld(names, wanted) {
  return namesOf(names, wanted, (windowId) => wanted.open.has(windowId));
}

/**
 * @param {string[]} names
 * @param {Wanted} wanted
 * @param {(windowId: string) => boolean} fits
 */
function namesOf(names, { writer, places }, fits) {
  return places.flatMap((wanted) =>
    names.filter((name) => {
      const copy = readName(name);
      if (copy?.writer !== writer || !fits(copy.windowId)) return false;
      return wanted.endsWith("*") ? isBelow(copy.place, wanted.slice(0, -1)) : copy.place === wanted;
    }),
  );
}

/**
 * @param {string} place
 * @param {string} above
 */
function isBelow(place, above) {
  return place.startsWith(above) && place !== above;
}
