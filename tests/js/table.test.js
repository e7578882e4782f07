// Tables.

import assert from "node:assert/strict";
import { test } from "node:test";
import { edited } from "../../static/js/text/edit.js";
import { table } from "../../static/js/text/table.js";
import { shown } from "./selection.js";

/**
 * @param {string} value
 * @param {number} [start]
 * @param {number} [end]
 */
function tableIn(value, start = value.length, end = start) {
  const { edit, announcement } = table({ value, start, end });
  return { text: shown(edited(value, edit), edit), announcement };
}

test("a new table stands apart from the text, and the name of its first column is selected", () => {
  const { text, announcement } = tableIn("Before");

  assert.equal(text, "Before\n\n| [Column] | Column |\n| --- | --- |\n|  |  |\n\n");
  assert.match(announcement, /two columns/);
});

test("a new table in the middle of a text keeps one blank line on each side", () => {
  const text = "Before\nAfter";

  assert.equal(tableIn(text, 7).text, "Before\n\n| [Column] | Column |\n| --- | --- |\n|  |  |\n\nAfter");
  assert.equal(tableIn(text, 6).text, "Before\n\n| [Column] | Column |\n| --- | --- |\n|  |  |\n\nAfter");
  assert.equal(
    tableIn("One\n\n\n\nTwo", 5).text,
    "One\n\n| [Column] | Column |\n| --- | --- |\n|  |  |\n\nTwo",
  );
});

test("rows copied from a spreadsheet become a table", () => {
  const rows = "Drug\tDose\nCalcium\t1 g\n";

  const { text, announcement } = tableIn(`${rows}After`, 0, rows.length);

  assert.equal(text, "| [Drug] | Dose |\n| --- | --- |\n| Calcium | 1 g |\n\nAfter");
  assert.equal(announcement, "Table made of the selected rows");
});

test("a bar in a cell is not taken for the end of the cell", () => {
  const rows = "Sign | mark\tDose\nA|B\t1";

  assert.equal(
    tableIn(rows, 0, rows.length).text,
    "| [Sign \\| mark] | Dose |\n| --- | --- |\n| A\\|B | 1 |\n\n",
  );
});
