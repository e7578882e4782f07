// The blank lines between a block, such as a table or a picture, and the text around it.

/** @typedef {import("./edit.js").Edit} Edit */

/**
 * @param {string} before the text in front of the block
 * @returns {string} what is missing between the two
 */
export function gapBefore(before) {
  if (!before.trim() || before.endsWith("\n\n")) return "";
  return before.endsWith("\n") ? "\n" : "\n\n";
}

/**
 * @param {string} after the text behind the block
 * @returns {string} what is missing between the two
 */
export function gapAfter(after) {
  if (after.startsWith("\n\n")) return "";
  return after.startsWith("\n") ? "\n" : "\n\n";
}

/**
 * Put in a block as a paragraph of its own, with one blank line on each side; the caret stands behind it.
 * @param {string} value
 * @param {number} at
 * @param {string} block
 * @returns {Edit}
 */
export function paragraph(value, at, block) {
  const before = value.slice(0, at).replace(/\n+$/, "");
  const after = value.slice(at).replace(/^\n+/, "");
  const gap = before ? "\n\n" : "";
  const caret = before.length + gap.length + block.length;
  return {
    start: before.length,
    end: value.length - after.length,
    text: `${gap}${block}\n\n`,
    from: caret,
    to: caret,
  };
}
