// What is pasted: whether it has a form that is kept, and how what came of it fits into the text.

import { gapAfter, gapBefore } from "./blocks.js";

const FORMED = new RegExp(
  [
    /<(?:h[1-6]|b|strong|i|em|ul|ol|li|table|a|sup|sub|blockquote|del|s)[\s>]/,
    /mso-list/,
    /font-(?:weight|style)/,
  ]
    .map((one) => one.source)
    .join("|"),
  "i",
);
const IDENTIFIER = new RegExp(
  `^\\s*(?:${[
    /https?:\/\/\S{5,290}/,
    /(?:doi|pmid|pmc|pmcid|isbn|nct)\b.{3,60}/,
    /10\.\d{4,9}\/\S{1,280}/,
    /arxiv:\s?\S{9,30}/,
    /PMC\d+/,
    /NCT\d{8}/,
    /\d{7,8}/,
    /97[89][\d -]{10,14}/,
  ]
    .map((one) => one.source)
    .join("|")})\\s*$`,
  "i",
);
const CLASS = /(?:^|[\s,>])[a-z0-9]*\.[\w-]+\s*$/i;
const SIGHT = /symbol|dings|line-through|:\s*(?:none|hidden|super|sub)\b/i;
const MOST_RULES = 200;
const LONGEST = 1_000_000; // units of what was copied; the server says that more is too long
const LONGEST_IDENTIFIER = 400;

/**
 * @param {string} text what was copied, as plain text
 * @param {string} html the same as HTML
 * @returns {boolean} whether the wiki is asked what to make of it
 */
export function hasForm(text, html) {
  return text !== "" && (IDENTIFIER.test(text) || FORMED.test(html));
}

/**
 * @param {string} text what was copied, as plain text
 * @param {string} html the same as HTML
 * @returns {boolean} whether it was copied as HTML alone, so that the browser has no words of its own to put in
 */
export function isFormAlone(text, html) {
  return text === "" && html !== "";
}

/**
 * @param {string} text what was copied, as plain text
 * @param {string} html the same as HTML
 * @returns {boolean} whether there are words in it; browsers copy a picture with HTML that only shows it
 */
export function hasWords(text, html) {
  return text.trim() !== "" || html.replace(/<!--.*?-->|<[^<>]*>/gs, "").trim() !== "";
}

/**
 * @param {string} text what was copied, as plain text
 * @returns {boolean} whether it may hold characters that nobody sees; the server knows which those are
 */
export function mayHide(text) {
  return /(?![\t\n\r])[\p{C}\p{Zl}\p{Zp}]|^[ \t>]*[^\S \t\n\r]/mu.test(text);
}

/**
 * @param {string} text
 * @returns {string} the plain text as far as it can be an identifier
 */
export function asIdentifier(text) {
  return text.length < LONGEST_IDENTIFIER ? text : "";
}

/**
 * @param {string} html
 * @returns {string} what was copied, of the styles around it only those that change what a reader sees
 */
export function fragmentOf(html) {
  const mark = "<!--StartFragment-->";
  const [start, end] = [html.indexOf(mark), html.lastIndexOf("<!--EndFragment-->")];
  if (start < 0 || end <= start) return html.slice(0, LONGEST + 1);
  const styles = stylesOf(html.slice(0, start));
  return `${styles}${html.slice(start + mark.length, end)}`.slice(0, LONGEST + 1);
}

/**
 * @param {string} head
 * @returns {string} a style sheet of the classes that set a font of signs, or strike or hide words
 */
function stylesOf(head) {
  const rules = head.split("}").filter((rule) => {
    const body = rule.lastIndexOf("{");
    const selector = rule.slice(Math.max(0, body - 100), Math.max(0, body));
    return CLASS.test(selector) && SIGHT.test(rule.slice(body));
  });
  return rules.length ? `<style>${rules.slice(0, MOST_RULES).join("}")}}</style>` : "";
}

/**
 * Return the Markdown with what sets it apart from the text around it.
 *
 * Blocks get blank lines; words within a line keep the blanks at the ends of the plain text.
 * @param {string} markdown
 * @param {string} plain the plain text that it takes the place of
 * @param {string} before
 * @param {string} after
 * @returns {string}
 */
export function setApart(markdown, plain, before, after) {
  const isBlock = markdown.includes("\n") || /^(?:#|[-|>]|\d+\.)/.test(markdown);
  if (!isBlock) return (/^[ \t]*/.exec(plain)?.[0] ?? "") + markdown + (/\s*$/.exec(plain)?.[0] ?? "");
  return gapBefore(before) + markdown + (after.trim() ? gapAfter(after) : "");
}

/**
 * @param {number} at a place in the text
 * @param {{start: number, end: number, text: string}} edit
 * @returns {number} the same place after the edit; one inside of it stands behind it
 */
export function placeAfter(at, { start, end, text }) {
  return at >= end ? at + text.length - (end - start) : start + text.length;
}
