// What is typed into the form of a draft, by the parts that are saved together.

import { patchOf } from "./patch.js";

/** @typedef {[name: string, value: string]} Pair a field of the form and what it holds */
/** @typedef {Map<string, string>} Parts the name of each part and its pairs, as JSON */

/** What the form sends about itself, which nobody typed. */
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "saved", "writer"]);
const NAMES = new Set(["title", "aliases", "keep_title"]);

/**
 * Return what of a form is saved by itself: neither files nor the fields of a source, which have buttons of their own.
 * @param {Iterable<[string, unknown]>} fields
 * @returns {Pair[]}
 */
export function typedPairs(fields) {
  /** @type {Pair[]} */
  const pairs = [];
  for (const [name, value] of fields) {
    if (typeof value === "string" && !NOT_TYPED.has(name) && !name.startsWith("source-"))
      pairs.push([name, value]);
  }
  return pairs;
}

/**
 * @param {Pair[]} typed
 * @returns {Parts}
 */
export function partsOf(typed) {
  /** @type {Map<string, Pair[]>} */
  const found = new Map([
    ["names", []],
    ["codes", []],
    ["statements", []],
  ]);
  for (const pair of typed) {
    if (pair[0] === "section") continue;
    const part = partOf(pair[0]);
    found.set(part, [...(found.get(part) ?? []), pair]);
  }
  return new Map([...found].map(([name, pairs]) => [name, JSON.stringify(pairs)]));
}

/**
 * @param {Parts} parts
 * @returns {Pair[]} what `partsOf` took apart
 */
export function pairsOfAll(parts) {
  return [...parts.keys()].flatMap((name) => pairsOf(parts, name));
}

/**
 * @param {string} name
 * @returns {string}
 */
function partOf(name) {
  if (NAMES.has(name)) return "names";
  return /^(codes|statements)-/.exec(name)?.[1] ?? name;
}

/**
 * @param {Parts} now
 * @param {Parts} before
 * @returns {string[]} the names of the parts that are not as before
 */
export function changedParts(now, before) {
  return [...now.keys()].filter((name) => now.get(name) !== before.get(name));
}

/**
 * Return what is sent of a form of which the server has an older state: the parts that changed, whole, and of the
 * text only what changed in it.
 * @param {Parts} now
 * @param {Parts} before
 * @returns {Pair[]}
 */
export function changesOf(now, before) {
  /** @type {Pair[]} */
  const changes = [["patch", "1"]];
  for (const name of changedParts(now, before)) {
    if (name === "body" && before.has("body")) {
      changes.push(...textChanges(textOf(before), textOf(now)));
      continue;
    }
    if (name === "codes" || name === "statements") changes.push(["rows", name]);
    changes.push(...pairsOf(now, name));
  }
  return changes;
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {Pair[]}
 */
function textChanges(before, after) {
  const { from, to, length, words } = patchOf(before, after);
  return [
    ["body-from", String(from)],
    ["body-to", String(to)],
    ["body-length", String(length)],
    ["body-words", words],
  ];
}

/**
 * @param {Parts} parts
 * @returns {string}
 */
function textOf(parts) {
  return pairsOf(parts, "body")[0]?.[1] ?? "";
}

/**
 * @param {Parts} parts
 * @param {string} name
 * @returns {Pair[]}
 */
function pairsOf(parts, name) {
  return /** @type {Pair[]} */ (JSON.parse(parts.get(name) ?? "[]"));
}
