// The review screen by keyboard, and how long it was in view. Every key has a link or a button that does the same.

import { announce, find, findAll, need } from "./dom.js";
import { tokenOf } from "./forms.js";
import { readText, writeText } from "./store.js";
import { stepTo } from "./text/stepping.js";

const CHOICE = "review-keys";
const BEAT = 15; // seconds
const keys = find(HTMLDetailsElement, "#keys");
const choice = find(HTMLElement, "[data-keys-choice]");
const status = find(HTMLElement, "[data-said]");
const verdict = find(HTMLFormElement, "form[data-stay]");
/** @type {HTMLElement | null} the change or remark that a key led to */
let at = null;

const changes = () => findAll(HTMLElement, "[data-change], tr[data-change-row]");
const remarks = () => findAll(HTMLElement, '[data-remark="open"]');

/** @param {string} words */
function say(words) {
  if (status) announce(status, words, { isRepeated: true });
}

/** @param {EventTarget | null} one */
function isTyping(one) {
  const fields = "input:not([type=radio], [type=checkbox]), textarea, select";
  return one instanceof HTMLElement && (one.isContentEditable || one.closest(fields) !== null);
}

/**
 * @param {HTMLElement} one
 * @param {string} said
 */
function show(one, said) {
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
  if (!all.length) return say(`There is no ${name}.`);
  const focused = document.activeElement ?? document.body;
  const here = at ? all.indexOf(at) : -1;
  const isBelow = (/** @type {HTMLElement} */ one) =>
    Boolean(focused.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const below = focused === document.body ? 0 : all.findIndex(isBelow);
  const isHere = all[here]?.contains(focused) ?? false;
  at = all[stepTo({ count: all.length, from: isHere ? here : null, below, by })] ?? null;
  if (at) show(at, `${name} ${all.indexOf(at) + 1} of ${all.length}`);
}

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
  r: () => step(remarks(), 1, "Open remark"),
  d: speak,
  c: () => go("checks-h"),
  v: () => go("verdict-h"),
  "?": () => keys && list(keys),
};

if (keys && choice) {
  const box = need(HTMLInputElement, "input", choice);
  box.checked = readText(CHOICE) !== "off";
  choice.hidden = false;
  box.addEventListener("change", () => writeText(CHOICE, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const isOther = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (isOther || !box.checked || isTyping(event.target)) return;
    if (event.key === "Escape" && keys.open) {
      keys.open = false;
      return;
    }
    const act = Object.hasOwn(ACTS, event.key) && ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

if (verdict) {
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    const body = new URLSearchParams({ seconds: String(BEAT), csrfmiddlewaretoken: tokenOf(verdict) });
    // Nobody waits for it.
    fetch(verdict.dataset.stay ?? "", { method: "POST", body, keepalive: true }).catch(() => undefined);
  }, BEAT * 1000);
}
