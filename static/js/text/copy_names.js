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
 * Return the names of a writer's copies of some forms that no open window goes on with, as they are listed in `places`.
 * @param {string[]} names
 * @param {object} wanted
 * @param {string} wanted.writer
 * @param {string[]} wanted.places the addresses of the form; one that ends in "*" stands for all that begin so
 * @param {Set<string>} wanted.open the windows that are open
 * @returns {string[]}
 */
export function namesLeft(names, { writer, places, open }) {
  return places.flatMap((wanted) =>
    names.filter((name) => {
      const copy = readName(name);
      if (copy?.writer !== writer || open.has(copy.windowId)) return false;
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
