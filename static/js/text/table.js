// A table: a new one, or the selected rows of a spreadsheet.

import { gapAfter, gapBefore } from "./blocks.js";

/** @typedef {import("./edit.js").Selected} Selected */
/** @typedef {import("./edit.js").TextChange} TextChange */

/** @type {[string[], ...string[][]]} */
const EMPTY = [
  ["Column", "Column"],
  ["", ""],
];

/**
 * Put in a table with two columns, or make one of the selected rows, whose cells are set apart by tabs. The name of
 * the first column is selected afterwards.
 * @param {Selected} selected
 * @returns {TextChange}
 */
export function table({ value, start, end }) {
  const rows = value.slice(start, end).includes("\t") ? cellsOf(value.slice(start, end)) : null;
  const [names, ...rest] = rows ?? EMPTY;
  const lines = [line(names), line(names.map(() => "---")), ...rest.map(line)];
  const at = rows ? start : end;
  const gap = gapBefore(value.slice(0, at));
  const from = at + gap.length + "| ".length;
  const text = gap + lines.join("\n") + gapAfter(value.slice(end));
  return {
    edit: { start: at, end, text, from, to: from + cell(names[0] ?? "").length },
    announcement: rows
      ? "Table made of the selected rows"
      : "Table with two columns put in; the name of the first is selected",
  };
}

/**
 * @param {string} text
 * @returns {[string[], ...string[][]]}
 */
function cellsOf(text) {
  const [first = "", ...rest] = text.trim().split("\n");
  return [first.split("\t"), ...rest.map((row) => row.split("\t"))];
}

/**
 * @param {string[]} cells
 * @returns {string}
 */
function line(cells) {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/**
 * @param {string} text
 * @returns {string}
 */
function cell(text) {
  return text.trim().replaceAll("|", "\\|");
}
