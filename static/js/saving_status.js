// What the form says of its saving: aloud in the status on top, and in sight beside the buttons.

import { announce, find, make } from "./dom.js";

const status = find(HTMLElement, "[data-status]");
const beside = make("p", { className: "hint", ariaHidden: "true" });
find(HTMLElement, ".finish")?.append(beside);

/**
 * @param {string} words
 * @param {object} [options]
 * @param {boolean} [options.good] whether all is saved
 * @param {boolean} [options.aloud] whether it is worth an interruption
 * @param {Partial<HTMLAnchorElement> | null} [options.link] what can be done about it
 */
export function say(words, { good = false, aloud = true, link = null } = {}) {
  const problem = words && aloud ? "error" : "hint";
  for (const one of aloud && status ? [status, beside] : [beside]) {
    const hasChanged = announce(one, words, { link: link && make("a", link) });
    if (hasChanged) one.className = good ? "saved" : problem;
  }
  beside.ariaHidden = link ? null : "true";
}
