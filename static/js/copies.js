// The copy of what is typed into the form of a draft, kept in this browser until the server has these very words. It
// lies under the name of its writer, so nobody else is shown it, and under that of its window, so no other window
// writes over it or removes it.

import { form, pathOfForm } from "./draft_form.js";
import { openWindows, windowId } from "./open_windows.js";
import { forget, keptNames, read, write } from "./store.js";
import { nameOfCopy, namesHeld, namesLeft } from "./text/copy_names.js";

/**
 * @typedef {object} Copy
 * @property {import("./text/form_parts.js").Pair[]} pairs
 * @property {import("./text/form_parts.js").Pair[]} [base] what the server had when they were typed
 * @property {string} saved the save from which the words go on
 * @property {number} when
 */

/** @typedef {Copy & { name: string }} KeptCopy */

const writer = form.dataset.writer ?? "";
const isSection = form.elements.namedItem("section") !== null;
let own = ""; // the name of the copy of this window

/** @returns {string[]} the addresses of this form, the one of the next copy first */
function places() {
  const { draft, slug } = form.dataset;
  if (isSection) return [pathOfForm()];
  const found = [draft && `/drafts/${draft}/`, slug && `/wiki/${slug}/edit/`].flatMap((one) => one || []);
  return found.length ? found : [location.pathname + location.search];
}

/**
 * Keep what this window has, instead of what it kept before.
 * @param {Copy} copy
 * @returns {boolean} whether the browser keeps it: it may have no room, or keep nothing at all
 */
export function keepCopy(copy) {
  const name = nameOfCopy(writer, places()[0] ?? "/", windowId);
  const isKept = write(name, copy);
  if (isKept && own !== name) {
    forget(own);
    own = name;
  }
  return isKept;
}

/** Forget the copy of this window: the server has its words. */
export function dropCopy() {
  forget(own);
  own = "";
}

/**
 * @param {KeptCopy} copy
 */
export function dropKept({ name }) {
  forget(name);
}

/** @returns {string[]} the addresses of this form and, of that of a whole page, of its sections */
function placesBelow() {
  const { slug } = form.dataset;
  return [...places(), ...(!isSection && slug ? [`/wiki/${slug}/edit/*`] : [])];
}

/**
 * @param {string[]} names
 * @returns {KeptCopy[]} the copies of these names, the latest first
 */
function copiesOf(names) {
  const copies = names.flatMap((name) => {
    const copy = /** @type {Copy | null} */ (read(name));
    return copy && name !== own ? [{ ...copy, name }] : [];
  });
  return copies.sort((one, other) => other.when - one.when);
}

/**
 * Return what windows that are closed have left of this form, the latest first. The form of a whole page also puts
 * back what was left of its sections.
 * @returns {Promise<KeptCopy[]>}
 */
export async function findCopies() {
  const open = await openWindows();
  return copiesOf(namesLeft(keptNames(), { writer, places: placesBelow(), open }));
}

/** @returns {Promise<KeptCopy[]>} what other windows that are open keep of this form, the latest first */
export async function findHeld() {
  const open = await openWindows();
  open.delete(windowId);
  return copiesOf(namesHeld(keptNames(), { writer, places: placesBelow(), open }));
}
