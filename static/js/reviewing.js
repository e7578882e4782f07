// The review screen by keyboard, and how long it was in view. Every key has a link or a button that does the same.

const SHELF = "causeway:review-keys";
const BEAT = 15;
const keys = document.getElementById("keys");
const choice = document.querySelector("[data-keys-choice]");
const status = document.querySelector("[data-said]");
const verdict = document.querySelector("form[data-stay]");
let at = null;

function shelf(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // A browser that keeps nothing uses the keys.
  }
}

const areOn = () => choice.querySelector("input").checked;
const isTyping = (one) => one.isContentEditable || one.closest("input:not([type=radio], [type=checkbox]), textarea, select");
const changes = () => [...document.querySelectorAll("[data-change], tr[data-change-row]")];
const remarks = () => [...document.querySelectorAll('[data-remark="open"]')];

function show(one, said) {
  for (let box = one.parentElement?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  if (!one.hasAttribute("tabindex")) one.tabIndex = -1;
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "start" });
  status.textContent = said;
}

function step(all, by, name) {
  if (!all.length) return (status.textContent = `There is no ${name}.`);
  const here = all.indexOf(at);
  // From outside the list: what comes next below the place where the focus is.
  const below = all.findIndex((one) => document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const first = document.activeElement === document.body ? 0 : below;
  const next = here >= 0 && all[here].contains(document.activeElement) ? here + by : by > 0 ? first : first - 1;
  at = all[(next + all.length) % all.length];
  show(at, `${name} ${all.indexOf(at) + 1} of ${all.length}`);
}

function speak() {
  const place = at?.matches("tr") ? at.nextElementSibling : at;
  const box = place?.querySelector("details.speak") ?? document.querySelector("#talk-h ~ details.speak");
  if (!box) return (status.textContent = "Nothing can be said here any more.");
  box.open = true;
  show(box.querySelector("textarea"), "");
}

function go(id) {
  const place = document.getElementById(id);
  if (place) show(place, place.textContent);
}

function list() {
  keys.open = !keys.open;
  if (keys.open) show(keys.querySelector("summary"), "");
}

const ACTS = {
  j: () => step(changes(), 1, "Change"),
  n: () => step(changes(), 1, "Change"),
  k: () => step(changes(), -1, "Change"),
  p: () => step(changes(), -1, "Change"),
  r: () => step(remarks(), 1, "Open remark"),
  d: speak,
  c: () => go("checks-h"),
  v: () => go("verdict-h"),
  "?": list,
};

if (keys && choice) {
  const box = choice.querySelector("input");
  box.checked = shelf((kept) => kept.getItem(SHELF)) !== "off";
  choice.hidden = false;
  box.addEventListener("change", () => shelf((kept) => kept.setItem(SHELF, box.checked ? "on" : "off")));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !areOn() || isTyping(event.target)) return;
    if (event.key === "Escape" && keys.open) return (keys.open = false);
    const act = Object.hasOwn(ACTS, event.key) && ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

if (verdict) {
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    const body = new URLSearchParams({ seconds: BEAT, csrfmiddlewaretoken: verdict.elements.csrfmiddlewaretoken.value });
    fetch(verdict.dataset.stay, { method: "POST", body, keepalive: true }).catch(() => {}); // Nobody waits for it.
  }, BEAT * 1000);
}
