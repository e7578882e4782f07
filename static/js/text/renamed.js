// What another title means for the old one.

/**
 * Return what is so with the title and the other names as they stand in the form now.
 * @param {object} form
 * @param {string} form.old the title that readers see
 * @param {string} [form.beganAs] the title that the writer began with, where readers see another by now
 * @param {string} form.title
 * @param {string} form.aliases the other names, in one line
 * @returns {{ isRenamed: boolean, isAmongNames: boolean, isSameName: boolean }} whether the writer changed it,
 * whether the old one is among the other names, and whether search takes the two titles for the same
 */
export function renamedTo({ old, beganAs = old, title, aliases }) {
  const names = aliases.split(aliases.includes(";") ? /[;\n]/ : /[,\n]/).map(folded);
  return {
    isRenamed: spaced(title) !== spaced(beganAs),
    isAmongNames: names.includes(folded(old)),
    isSameName: folded(title) === folded(old),
  };
}

/** @param {string} text */
function spaced(text) {
  return text.trim().replace(/\s+/g, " ");
}

/** @param {string} text */
function folded(text) {
  return spaced(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
