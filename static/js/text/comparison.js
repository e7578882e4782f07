// Two versions of one draft, compared paragraph by paragraph.

/** @typedef {import("./form_parts.js").Pair} Pair */

/**
 * @param {string} text
 * @returns {string[]}
 */
export function paragraphsOf(text) {
  return text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean);
}

/**
 * Return what is filled in of each row of a table of the form; a row that only offers its relation says nothing yet.
 * @param {Pair[]} typed
 * @param {"codes" | "statements"} table
 * @returns {string[][]}
 */
export function rowsOf(typed, table) {
  /** @type {Map<number, string[]>} */
  const rows = new Map();
  const field = new RegExp(`^${table}-(\\d+)-(\\w+)$`);
  for (const [name, value] of typed) {
    const [, number, part] = field.exec(name) ?? [];
    if (part === undefined || part === "offered" || !value) continue;
    rows.set(Number(number), [...(rows.get(Number(number)) ?? []), value]);
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([, row]) => row)
    .filter((row) => row.length > 1);
}

/**
 * @param {string[]} ours
 * @param {string[]} others
 * @returns {string[]} what only the first have
 */
export function onlyIn(ours, others) {
  return ours.filter((one) => !others.includes(one));
}
