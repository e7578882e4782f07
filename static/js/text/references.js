// Links to pages and citations of sources: their marks, and where they are put.

import { LETTER } from "./edit.js";

/** @typedef {import("./edit.js").Edit} Edit */
/** @typedef {import("./edit.js").Selected} Selected */

const CITATION = /\[@[^[\]]+\]$/;
const CITATION_AHEAD = /^([ \t]*)\[@[^[\]]+\]/;

/**
 * @param {string} text
 * @returns {string} the text without what would end a link, on one line
 */
export function linkWords(text) {
  return text
    .replace(/[[\]|]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * @param {string} page the title of the page
 * @param {string} words what readers see; the title, if empty
 * @param {string} before the text in front of the link: in a table the bar of a link is not one of the table
 * @returns {string} the mark
 */
export function linkMark(page, words, before) {
  if (!words || words === page) return `[[${page}]]`;
  const isInTable = /(^|\n)\|[^\n]*$/.test(before);
  return `[[${page}${isInTable ? "\\|" : "|"}${words}]]`;
}

/**
 * @param {string} text what is selected
 * @returns {boolean} whether it can be the words of a link
 */
export function canBeLinkWords(text) {
  return text.length > 0 && text.length <= 200 && !/[\n[\]|]/.test(text);
}

/**
 * Cite a source where the caret stands or the selection ends: behind the word that it vouches for.
 * @param {Selected} selected
 * @param {string} key
 * @returns {Edit}
 */
export function citationAt({ value, start, end }, key) {
  let at = end;
  if (start === end) {
    while (at && LETTER.test(value.charAt(at - 1)) && LETTER.test(value.charAt(at))) at++;
  }
  const before = value.slice(0, at);
  const joined = joinedCitation(before, key);
  if (joined) {
    // The caret goes behind the bracket, which is there already.
    const caret = joined.start + joined.text.length + 1;
    return { ...joined, end: joined.start, from: caret, to: caret };
  }
  const ahead = CITATION_AHEAD.exec(value.slice(at));
  if (ahead) {
    const inside = at + (ahead[1]?.length ?? 0) + 1;
    const caret = at + ahead[0].length + `@${key}; `.length;
    return { start: inside, end: inside, text: `@${key}; `, from: caret, to: caret };
  }
  const blank = at && !/\s/.test(value.charAt(at - 1)) ? " " : "";
  return { start: at, end: at, text: `${blank}[@${key}]${LETTER.test(value.charAt(at)) ? " " : ""}` };
}

/**
 * Cite a source in place of its identifier, which was pasted: after one blank behind the word before it.
 *
 * Everything from the start up to the end of the identifier is replaced, the bracket of another citation too.
 * @param {string} before the text in front of the identifier
 * @param {string} key
 * @param {string} after the text behind it
 * @returns {{start: number, text: string, taken?: number}} `taken` is how many signs behind the identifier go, too
 */
export function citationFor(before, key, after) {
  const joined = joinedCitation(before, key);
  if (joined) return { ...joined, text: `${joined.text}]` };
  const words = before.replace(/[ \t]+$/, "");
  const ahead = CITATION_AHEAD.exec(after);
  const isBehindWord = words.length > 0 && !words.endsWith("\n");
  const start = isBehindWord ? words.length : before.length;
  if (ahead) {
    return { start, text: `${isBehindWord ? " " : ""}[@${key}; `, taken: (ahead[1]?.length ?? 0) + 1 };
  }
  return {
    start,
    text: `${isBehindWord ? " " : ""}[@${key}]${LETTER.test(after.charAt(0)) ? " " : ""}`,
  };
}

/**
 * @param {string} before
 * @param {string} key
 * @returns {{start: number, text: string} | null} the citation that joins the one in front of it, if one stands there
 */
function joinedCitation(before, key) {
  const words = before.replace(/[ \t]+$/, "");
  return CITATION.test(words) ? { start: words.length - 1, text: `; @${key}` } : null;
}
