// The queue by keyboard: the keys of the review screen go from row to row, and Enter opens the one that has the focus.

import { find, findAll } from "./dom.js";
import { areOn, listenToKeys } from "./keys.js";
import { stepTo } from "./text/stepping.js";

const hint = find(HTMLElement, "[data-queue-keys]");
const links = findAll(HTMLAnchorElement, ".queue th a");

/** @param {1 | -1} by */
function step(by) {
  const focused = document.activeElement;
  const here = focused instanceof HTMLAnchorElement ? links.indexOf(focused) : -1;
  const next = links[stepTo({ count: links.length, from: here < 0 ? null : here, below: 0, by })];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

if (links.length) {
  const forward = () => step(1);
  const back = () => step(-1);
  listenToKeys({ j: forward, n: forward, k: back, p: back });
  if (hint) hint.hidden = !areOn();
}
