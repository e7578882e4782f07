// Nothing typed is lost. The draft saves itself; until the server has said so, the words stay in this browser.
// Without it each button saves everything first.

import { dropCopies, findCopy, keepCopy, nameOfCopy } from "./copies.js";
import { findAll, make } from "./dom.js";
import { form } from "./draft_form.js";
import { fieldOf, isField, tokenOf, valueIn } from "./forms.js";
import { post, wordsOf } from "./requests.js";
import { say } from "./saving_status.js";
import { forget, forgetOlderThan, handOver, takeOver } from "./store.js";
import { changedParts, changesOf, partsOf, typedPairs } from "./text/form_parts.js";
import { delayOf, PAUSE } from "./text/pace.js";
import { askWhetherItArrived, askWhichText } from "./windows.js";

/** @typedef {import("./copies.js").Copy} Copy */
/** @typedef {import("./requests.js").Answer} Answer */
/** @typedef {import("./text/form_parts.js").Pair} Pair */
/** @typedef {import("./text/form_parts.js").Parts} Parts */

const MONTH = 30 * 24 * 3600 * 1000; // milliseconds
const OFFLINE = "Not saved: no connection. Your words are kept in this browser; trying again.";
const KEPT = "Your words are kept in this browser.";

let token = valueIn(form, "saved");
/** @type {Parts} what the server has */
let known = new Map();
let isWhole = true; // whether the next save sends everything
/** @type {Pair[] | null} what was sent and not answered: it may have been saved */
let unsure = null;
let isHeld = false; // whether saving waits for a choice of the writer
let isRestoring = false; // whether words that this browser kept are on their way to the server
let isLeaving = false;
/** @type {Promise<void> | null} the save that is on its way */
let underway = null;
let timer = 0;
let since = 0;
let failures = 0;
let renewals = 0;

const pairs = () => typedPairs(new FormData(form));
const isOfSection = () => form.elements.namedItem("section") !== null;
const isDirty = () => unsure !== null || changedParts(partsOf(pairs()), known).length > 0;

/** @param {Partial<Copy>} [more] */
function keep(more = {}) {
  // Words that were refused go on from no save: they are compared with the other window's before they count.
  keepCopy({ pairs: pairs(), saved: "held" in form.dataset ? "held" : token, when: Date.now(), ...more });
}

// Saving

/** @param {number} [wait] milliseconds */
function later(wait = PAUSE) {
  clearTimeout(timer);
  since ||= Date.now();
  timer = setTimeout(save, delayOf({ wait, since, now: Date.now(), failures }));
}

function save() {
  clearTimeout(timer);
  if (isHeld || isLeaving || underway || !isDirty()) return;
  since = 0;
  underway = attempt(unsure ?? pairs())
    .finally(() => {
      underway = null;
    })
    .then((again) => {
      if (again !== null) later(again);
    });
}

/**
 * @param {Pair[]} typed
 * @returns {Promise<number | null>} milliseconds until the next attempt; nothing if there is to be none
 */
async function attempt(typed) {
  const now = partsOf(typed);
  const body = new URLSearchParams(isWhole || unsure || isOfSection() ? typed : changesOf(now, known));
  say("Saving…", { aloud: false });
  const answer = await ask(body, token);
  if (answer.status === 0 || answer.status >= 500 || answer.status === 429) return failed(typed);
  failures = 0;
  if (answer.status === 200) return arrived(answer, now);
  unsure = null;
  return refused(answer, typed, body.has("patch"));
}

/**
 * @param {Answer} answer
 * @param {Pair[]} typed
 * @param {boolean} isPatch
 * @returns {Promise<number | null> | number | null}
 */
function refused(answer, typed, isPatch) {
  if (answer.status === 412 || (answer.status === 409 && isPatch)) {
    isWhole = true;
    return 0;
  }
  if (answer.isSignedOut) return renew(answer);
  const sentence = wordsOf(answer, "sentence");
  if (answer.status === 422) {
    say(`Not saved: ${sentence} ${KEPT}`);
    return null;
  }
  isHeld = true;
  if (answer.status === 409 && answer.words?.theirs) choose(typed, answer);
  else say(`Not saved: ${sentence || "this draft is no longer there."} ${KEPT}`);
  return null;
}

/**
 * @param {URLSearchParams} body
 * @param {string} saved the save from which the words go on
 * @returns {Promise<Answer>}
 */
function ask(body, saved) {
  const { draft = "", slug = "", autosave = "" } = form.dataset;
  const isNew = !draft || body.has("section");
  const values = {
    csrfmiddlewaretoken: tokenOf(form),
    writer: valueIn(form, "writer"),
    saved,
    draft,
    page: isNew && !body.has("patch") ? slug : "",
  };
  for (const [name, value] of Object.entries(values)) if (value) body.set(name, value);
  return post(autosave, body);
}

/** @param {Pair[]} typed */
function failed(typed) {
  unsure = typed;
  failures++;
  say(OFFLINE);
  return PAUSE;
}

/**
 * @param {Answer} answer
 * @param {Parts} now
 * @returns {number | null}
 */
function arrived(answer, now) {
  const wasUnsure = unsure !== null;
  begin(answer);
  renewals = 0;
  known = now;
  isWhole = false;
  unsure = null;
  // After a silence that is only what was typed before it; the rest follows at once.
  if (wasUnsure && isDirty()) {
    keep();
    return 0;
  }
  say(`Draft saved at ${wordsOf(answer, "at")}. Only you can see it.`, { good: true });
  form.dispatchEvent(new CustomEvent("saved", { detail: { draft: wordsOf(answer, "draft") } }));
  if (isDirty()) {
    keep();
    return PAUSE;
  }
  dropCopies();
  return null;
}

/**
 * Let the form go on from what is saved now; the first save of a page gives it the address of its draft.
 * @param {Answer} answer
 */
function begin(answer) {
  dropCopies();
  token = wordsOf(answer, "saved");
  if (!fieldOf(form, "saved")) form.prepend(make("input", { type: "hidden", name: "saved" }));
  setValue("saved", token);
  // The heading of a section is its address.
  const section = wordsOf(answer, "section");
  if (section) setValue("section", section);
  const address = wordsOf(answer, "address");
  if (form.dataset.draft && form.action === new URL(address, location.href).href) return;
  form.dataset.draft = wordsOf(answer, "draft");
  form.action = address;
  history.replaceState(history.state, "", address);
}

/**
 * @param {string} name
 * @param {string} value
 */
function setValue(name, value) {
  const field = fieldOf(form, name);
  if (field) field.value = value;
}

/**
 * Signed out, or signed in again in another tab: the page of the form knows which, and has the new token.
 * @param {Answer} answer
 * @returns {Promise<number | null>}
 */
async function renew(answer) {
  const sentence = wordsOf(answer, "sentence");
  try {
    const page = await fetch(form.action);
    const document = new DOMParser().parseFromString(await page.text(), "text/html");
    const [fresh] = findAll(HTMLFormElement, "form[data-editing]", document);
    if (fresh?.dataset.writer === form.dataset.writer && fresh) {
      if (++renewals > 2) return refuse(sentence);
      for (const name of ["csrfmiddlewaretoken", "writer"]) setValue(name, valueIn(fresh, name));
      return 0;
    }
    if (fresh || page.status === 404) return refuse("Somebody else is signed in here now.");
    if (!page.redirected) return refuse(sentence);
  } catch {
    return failed(unsure ?? pairs());
  }
  offerSignIn();
  return null;
}

function offerSignIn() {
  const { pathname, search } = new URL(form.action);
  const href = `/accounts/login/?next=${encodeURIComponent(pathname + search)}`;
  const leave = () => {
    keep();
    isLeaving = true;
  };
  const link = { href, textContent: "Sign in and go on", onclick: leave };
  say(`Not saved: you have been signed out. ${KEPT}`, { link });
}

/**
 * @param {string} sentence
 * @returns {null}
 */
function refuse(sentence) {
  isHeld = true;
  say(`Not saved. ${sentence} ${KEPT}`);
  return null;
}

/**
 * Two windows: both texts are kept until one is chosen.
 * @param {Pair[]} typed
 * @param {Answer} answer
 */
function choose(typed, answer) {
  const put = async () => {
    isLeaving = true;
    const done = await ask(new URLSearchParams(isRestoring ? typed : pairs()), wordsOf(answer, "saved"));
    isLeaving = false;
    if (done.status !== 200) return say(wordsOf(done, "sentence") || OFFLINE);
    dropCopies();
    return go(isRestoring ? placeOf(done) : wordsOf(done, "address"));
  };
  const take = () => {
    dropCopies();
    go(wordsOf(answer, "address"));
  };
  const at = wordsOf(answer, "at");
  askWhichText({ typed, answer, put, take });
  say(`Not saved: this draft was saved in another window${at && ` at ${at}`}. Choose which text goes on.`);
}

/** @param {string} address */
function go(address) {
  isLeaving = true;
  location.replace(address);
}

// Words that this browser kept and the server does not have: they are saved first, then shown.

/**
 * Words of a section that the form of the whole page has put back are shown in the whole page.
 * @param {Answer} answer
 */
function placeOf(answer) {
  return isOfSection() ? wordsOf(answer, "address") : `/drafts/${wordsOf(answer, "draft")}/`;
}

/** @param {boolean} isNow */
function restoring(isNow) {
  isRestoring = isHeld = form.inert = isNow;
}

/** @param {Copy} kept */
async function putBack(kept) {
  restoring(true);
  const answer = await ask(new URLSearchParams(kept.pairs), kept.saved);
  if (answer.status === 409 && answer.words?.theirs) return choose(kept.pairs, answer);
  restoring(false);
  if (answer.status === 401) return void renew(answer);
  if (answer.status !== 200) return tellOfKept(kept);
  dropCopies();
  if (wordsOf(answer, "saved") === token) return undefined;
  handOver("returned", placeOf(answer));
  return go(placeOf(answer));
}

/** @param {Copy} kept */
function tellOfKept({ when }) {
  const day = new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  say(`Words of ${day} are kept in this browser and could not be put back yet. Open this page again.`);
}

/**
 * What a button has sent from here may have begun a draft that went on since: it is not begun again unasked.
 * @param {Copy} kept
 */
function askWhether(kept) {
  restoring(true);
  const drop = () => {
    dropCopies();
    restoring(false);
  };
  askWhetherItArrived({ when: kept.when, put: () => void putBack(kept), drop });
}

function restore() {
  const kept = findCopy();
  const hasArrived = kept?.submitted && kept.saved !== token && kept.saved !== "held";
  if (isHeld) return keep();
  if (!kept || hasArrived || !changedParts(partsOf(kept.pairs), partsOf(pairs())).length) return dropCopies();
  if (kept.submitted && !token && !kept.saved) return askWhether(kept);
  return void putBack(kept);
}

function start() {
  form.autocomplete = "off"; // The browser would put old words back on its own, after we have looked.
  forgetOlderThan(MONTH, Date.now());
  const isUnsaved = "unsaved" in form.dataset;
  known = isUnsaved ? new Map() : partsOf(pairs());
  isWhole = !token || isUnsaved;
  isHeld = "held" in form.dataset;
  const isBack = takeOver("returned") === location.pathname;
  if (isBack) say("Words that were not saved before are back, and saved now.", { good: true });
  const sent = takeOver("sent");
  // A page that was begun by a button goes on at the address of its draft.
  if (token && sent) forget(sent);
  restore();
  if ("held" in form.dataset) {
    say("This form does not save by itself until you press Save draft.", { aloud: false });
  } else if (isUnsaved) later(0);
}

function resume() {
  if (document.visibilityState !== "hidden" && !failures && !isDirty()) return;
  failures = 0;
  save();
}

start();
form.addEventListener("input", ({ target }) => {
  if (isField(target) && target.name.startsWith("source-")) return;
  if (!isRestoring) keep();
  later();
});
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  // What is on its way arrives before the button's own save, which would else come second to it.
  if (underway) {
    event.preventDefault();
    underway.finally(() => form.requestSubmit(event.submitter));
    return;
  }
  keep({ submitted: true });
  handOver("sent", nameOfCopy());
  isLeaving = true;
});
window.addEventListener("pageshow", (event) => event.persisted && go(location.href));
window.addEventListener("beforeunload", (event) => {
  if (isLeaving || !isDirty()) return;
  save();
  event.preventDefault();
});
for (const name of ["online", "focus"]) window.addEventListener(name, resume);
document.addEventListener("visibilitychange", resume);
