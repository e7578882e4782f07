// The copy of what is typed into the form of a draft, kept in this browser until the server has it. It lies under
// the name of its writer: nobody else is shown it.

import { form, pathOfForm } from "./draft_form.js";
import { forget, keptNames, read, write } from "./store.js";

/**
 * @typedef {object} Copy
 * @property {import("./text/form_parts.js").Pair[]} pairs
 * @property {string} saved the save from which the words go on
 * @property {number} when
 * @property {boolean} [submitted] whether a button has sent them
 */

const mine = `${form.dataset.writer}:`;
const isSection = form.elements.namedItem("section") !== null;
let ofSection = ""; // the name of a copy of one section, which the form of the whole page puts back

/** @returns {string[]} the names under which a copy of this form may lie, the one of the next copy first */
function names() {
  const { draft, slug } = form.dataset;
  if (isSection) return [mine + pathOfForm()];
  const places = [draft && `/drafts/${draft}/`, slug && `/wiki/${slug}/edit/`].filter(Boolean);
  return (places.length ? places : [location.pathname + location.search]).map((place) => mine + place);
}

/** @returns {string} the name under which the next copy lies */
export function nameOfCopy() {
  return names()[0] ?? mine;
}

/** @param {Copy} copy */
export function keepCopy(copy) {
  write(nameOfCopy(), copy);
}

export function dropCopies() {
  forget(...names(), ...(ofSection ? [ofSection] : []));
  ofSection = "";
}

/** @returns {Copy | null} what this browser keeps of the form: its own copy, else one of a section of the page */
export function findCopy() {
  for (const name of names()) {
    const own = readCopy(name);
    if (own) return own;
  }
  const { slug } = form.dataset;
  if (isSection || !slug) return null;
  const ofSections = keptNames().filter((name) => name.startsWith(`${mine}/wiki/${slug}/edit/`));
  ofSection = ofSections.find((name) => !readCopy(name)?.submitted) ?? "";
  return ofSection ? readCopy(ofSection) : null;
}

/**
 * @param {string} name
 * @returns {Copy | null}
 */
function readCopy(name) {
  return /** @type {Copy | null} */ (read(name));
}
