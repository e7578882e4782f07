// The review screen by keyboard, and how long it was in view. Every key has a link or a button that does the same.

import { announce, find, findAll, need } from "./dom.js";
import { tokenOf } from "./forms.js";
import { areOn, CHOICE, listenToKeys } from "./keys.js";
import { readText, writeText } from "./store.js";
import { stepTo } from "./text/stepping.js";

const BEAT = 15; // seconds
const keys = find(HTMLDetailsElement, "#keys");
const choice = find(HTMLElement, "[data-keys-choice]");
const status = find(HTMLElement, "[data-status]");
const verdict = find(HTMLFormElement, "form[data-stay]");
/** @type {HTMLElement | null} the change or remark that a key led to */
let at = null;

const changes = () => findAll(HTMLElement, "[data-change], tr[data-change-row]");
const box = find(HTMLElement, "[data-changes]");
const counted = find(HTMLElement, "[data-looked]");
const remarks = () => findAll(HTMLElement, '[data-remark="open"]');

/** @param {string} words */
function say(words) {
  if (status) announce(status, words, { isRepeated: true });
}

/**
 * @param {HTMLElement} one
 * @param {string} said
 */
function show(one, said) {
  if (one instanceof HTMLDetailsElement) one.open = true;
  for (let box = one.parentElement?.closest("details"); box; box = box.parentElement?.closest("details")) {
    box.open = true;
  }
  if (!one.hasAttribute("tabindex")) one.tabIndex = -1;
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "start" });
  say(said);
}

/**
 * @param {HTMLElement[]} all
 * @param {1 | -1} by
 * @param {string} name
 */
function step(all, by, name) {
  if (!all.length) return say(`There is no ${name.toLowerCase()}.`);
  const focused = document.activeElement ?? document.body;
  const here = at ? all.indexOf(at) : -1;
  const isBelow = (/** @type {HTMLElement} */ one) =>
    Boolean(focused.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const below = focused === document.body ? 0 : all.findIndex(isBelow);
  const isHere = all[here]?.contains(focused) ?? false;
  at = all[stepTo({ count: all.length, from: isHere ? here : null, below, by })] ?? null;
  if (at) show(at, `${name} ${all.indexOf(at) + 1} of ${all.length}`);
}

// Which changes somebody has looked at is for themselves alone: it is kept in this browser, by the words.
const looked = `looked:${box?.dataset.changes}${location.search}`;

/** @param {HTMLElement} one */
function tickOf(one) {
  // What is said of a statement stands in the row beneath it.
  const place = one.matches("tr") ? one.nextElementSibling : one;
  return place && find(HTMLInputElement, "[data-tick] input", place);
}

/**
 * @param {HTMLElement} one
 * @param {boolean} isLookedAt
 */
function fold(one, isLookedAt) {
  one.toggleAttribute("data-looked-at", isLookedAt);
  if (one instanceof HTMLDetailsElement) one.open = !isLookedAt;
}

function tell() {
  const all = changes();
  const done = all.flatMap((one, place) => (tickOf(one)?.checked ? [place] : []));
  writeText(looked, done.join(" "));
  if (!counted) return;
  counted.hidden = !done.length;
  counted.textContent = `${done.length} of ${all.length} looked at`;
}

function tickHere() {
  const tick = at && tickOf(at);
  if (!tick) return say("Go to a change first.");
  tick.click();
  say(tick.checked ? "Looked at." : "Not looked at.");
}

const before = new Set((readText(looked) ?? "").split(" "));
changes().forEach((one, place) => {
  const tick = tickOf(one);
  const line = tick?.closest("[data-tick]");
  if (!tick || !(line instanceof HTMLElement)) return;
  line.hidden = false;
  tick.checked = before.has(String(place));
  if (tick.checked) fold(one, true);
  tick.addEventListener("change", () => {
    fold(one, tick.checked);
    tell();
  });
});
if (box) tell();

find(HTMLAnchorElement, "[data-next]")?.addEventListener("click", (event) => {
  event.preventDefault();
  step(changes(), 1, "Change");
});

function speak() {
  const place = at?.matches("tr") ? at.nextElementSibling : at;
  const own = place && find(HTMLDetailsElement, "details.speak", place);
  const box = own ?? find(HTMLDetailsElement, "#talk-h ~ details.speak");
  if (!box) return say("Nothing can be said here any more.");
  box.open = true;
  show(need(HTMLTextAreaElement, "textarea", box), "");
}

/** @param {string} id */
function go(id) {
  const place = document.getElementById(id);
  if (place) show(place, place.textContent);
}

/** @param {HTMLDetailsElement} box */
function list(box) {
  box.open = !box.open;
  if (box.open) show(need(HTMLElement, "summary", box), "");
}

/** @type {Record<string, () => void>} */
const ACTS = {
  j: () => step(changes(), 1, "Change"),
  n: () => step(changes(), 1, "Change"),
  k: () => step(changes(), -1, "Change"),
  p: () => step(changes(), -1, "Change"),
  x: tickHere,
  r: () => step(remarks(), 1, "Open comment"),
  d: speak,
  c: () => go("checks-h"),
  v: () => go("list-h"),
  "?": () => keys && list(keys),
};

if (keys && choice) {
  const box = need(HTMLInputElement, "input", choice);
  box.checked = areOn();
  choice.hidden = false;
  box.addEventListener("change", () => writeText(CHOICE, box.checked ? "on" : "off"));
  const fold = () => {
    if (!keys.open) return false;
    keys.open = false;
    return true;
  };
  listenToKeys({ ...ACTS, Escape: fold }, () => box.checked);
}

if (verdict) {
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    const body = new URLSearchParams({ seconds: String(BEAT), csrfmiddlewaretoken: tokenOf(verdict) });
    // Nobody waits for it.
    fetch(verdict.dataset.stay ?? "", { method: "POST", body, keepalive: true }).catch(() => undefined);
  }, BEAT * 1000);
}
