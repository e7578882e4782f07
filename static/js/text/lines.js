// Headings and lists: the marks that lines begin with.

/** @typedef {import("./edit.js").Edit} Edit */
/** @typedef {import("./edit.js").Selected} Selected */
/** @typedef {import("./edit.js").TextChange} TextChange */

const HEADING = /^#{1,6}\s+/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)]|>)(\s+)/;

/**
 * Make a heading of each selected line; where all are one already, make them plain lines.
 * @param {Selected} selected
 * @param {string} mark the number signs of the heading
 * @param {string} name what the heading is called
 * @returns {TextChange}
 */
export function heading(selected, mark, name) {
  return changeLines(selected, name, (lines) => {
    const filled = lines.filter((line) => line.trim());
    const on = filled.length > 0 && filled.every((line) => line.startsWith(`${mark} `));
    const change = (/** @type {string} */ line) => {
      const plain = line.replace(HEADING, "").replace(ITEM, "");
      if (filled.length && !plain.trim()) return line;
      return on ? plain : `${mark} ${plain}`;
    };
    return { lines: lines.map(change), isGone: on };
  });
}

/**
 * Make a list of the selected lines; where they are one already, make them plain lines.
 * @param {Selected} selected
 * @param {boolean} isNumbered
 * @param {string} name what the list is called
 * @returns {TextChange}
 */
export function list(selected, isNumbered, name) {
  return changeLines(selected, name, (lines) => {
    const filled = lines.filter((line) => line.trim());
    const fits = isNumbered ? /^\s*\d{1,9}[.)]\s/ : /^\s*[-*+]\s/;
    const on = filled.length > 0 && filled.every((line) => fits.test(line));
    let number = 0;
    const change = (/** @type {string} */ line) => {
      if (filled.length && !line.trim()) return line;
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      const plain = line.replace(HEADING, "").replace(ITEM, "").trimStart();
      return on ? indent + plain : `${indent}${isNumbered ? `${++number}.` : "-"} ${plain}`;
    };
    return { lines: lines.map(change), isGone: on };
  });
}

/**
 * Change each line of which something is selected.
 * @param {Selected} selected
 * @param {string} name
 * @param {(lines: string[]) => {lines: string[], isGone: boolean}} change
 * @returns {TextChange}
 */
function changeLines({ value, start, end }, name, change) {
  const isCaret = start === end;
  // A selection that ends at the start of a line has nothing of that line.
  const last = !isCaret && value[end - 1] === "\n" ? end - 1 : end;
  const [from, to] = [lineStart(value, start), lineEnd(value, last)];
  const { lines, isGone } = change(value.slice(from, to).split("\n"));
  const text = lines.join("\n");
  const caret = Math.max(from, start + text.length - (to - from));
  const selection = isCaret ? { from: caret, to: caret } : { from, to: from + text.length };
  return {
    edit: { start: from, end: to, text, ...selection },
    announcement: isGone ? `${name} taken away` : name,
  };
}

/**
 * Go on with the list in whose line the caret stands; a line without words ends it.
 * @param {Selected} selected
 * @returns {{edit: Edit, announcement: string} | null} nothing where the browser is to start the line
 */
export function continueList({ value, start, end }) {
  if (start !== end) return null;
  const from = lineStart(value, start);
  const [mark = "", indent = "", sign = "", blanks = ""] = ITEM.exec(value.slice(from, start)) ?? [];
  if (!mark) return null;
  const to = lineEnd(value, start);
  if (!value.slice(from + mark.length, to).trim()) {
    return { edit: { start: from, end: to, text: "" }, announcement: "List ended" };
  }
  const next = /\d/.test(sign) ? `${Number.parseInt(sign, 10) + 1}${sign.at(-1)}` : sign;
  return { edit: { start, end, text: `\n${indent}${next}${blanks}` }, announcement: "" };
}

/**
 * @param {string} value
 * @param {number} at
 * @returns {number}
 */
function lineStart(value, at) {
  // A negative place would count as 0, and find the line break that the text starts with.
  return at === 0 ? 0 : value.lastIndexOf("\n", at - 1) + 1;
}

/**
 * @param {string} value
 * @param {number} at
 * @returns {number}
 */
function lineEnd(value, at) {
  const end = value.indexOf("\n", at);
  return end < 0 ? value.length : end;
}
