// Nothing typed is lost. The draft saves itself, and no button sends the form away before the server has its words;
// until the server has said so, they stay in this browser. Without scripts each button saves everything first.

import { dropCopy, dropKept, findCopies, keepCopy } from "./copies.js";
import { findAll } from "./dom.js";
import { form } from "./draft_form.js";
import { ask, begin, isOfSection, placeOf, setValue, tokenNow } from "./draft_saves.js";
import { isField, valueIn } from "./forms.js";
import { watchOtherWindows } from "./other_windows.js";
import { wordsOf } from "./requests.js";
import { say } from "./saving_status.js";
import { handOver, takeOver } from "./store.js";
import { changedParts, changesOf, pairsOfAll, partsOf, typedPairs } from "./text/form_parts.js";
import { delayOf, PAUSE } from "./text/pace.js";
import { clockOf, momentOf } from "./text/times.js";
import { troubleOf } from "./text/troubles.js";
import { askWhichText } from "./windows.js";

/** @typedef {import("./copies.js").KeptCopy} KeptCopy */
/** @typedef {import("./requests.js").Answer} Answer */
/** @typedef {import("./text/form_parts.js").Pair} Pair */
/** @typedef {import("./text/form_parts.js").Parts} Parts */

const STAYS = 5000; // milliseconds after which a window that was left is known to have stayed
const SAVE = "Save draft"; // the button that does no more than save
const MOST_TRIES = 5; // saves before a button that the server answers with "send it again"

/** @type {Record<number, string>} what a refusal without a sentence of its own means */
const REASONS = {
  404: "this draft is no longer there.",
  413: "this is too long to be sent at once. Make it shorter, or save it in parts.",
};

/** @type {Parts} what the server has */
let known = new Map();
let isWhole = true; // whether the next save sends everything
/** @type {Pair[] | null} what was sent and not answered: it may have been saved */
let unsure = null;
let isHeld = false; // whether saving waits for a choice of the writer
let isRestoring = false; // whether words that this browser kept are on their way to the server
let isLeaving = false;
let isUnloading = false; // whether the window may be on its way out: what it hears then, the next page does not know
let isKept = true; // whether this browser keeps a copy
/** @type {string} what the writer has asked for and waits for: the words of a button, "" for none */
let asked = "";
/** @type {Promise<void> | null} the save that is on its way */
let underway = null;
let timer = 0;
let since = 0;
let failures = 0;
let renewals = 0;

const pairs = () => typedPairs(new FormData(form));
const isDirty = () => unsure !== null || changedParts(partsOf(pairs()), known).length > 0;

function keep() {
  // Words that were refused go on from no save: they are compared with the other window's before they count.
  const saved = isHeld && "held" in form.dataset ? "held" : tokenNow();
  isKept = keepCopy({ pairs: pairs(), base: pairsOfAll(known), saved, when: Date.now() });
}

/** @returns {string} where the words are that the server does not have */
function whereKept() {
  return isKept
    ? "Your words are kept in this browser."
    : "This browser cannot keep a copy: leave this page open, or copy your words.";
}

/** @returns {string} what is still to be done by the writer after a button that could not do it */
function undone() {
  const when = isHeld ? "to try once more" : "once the draft is saved";
  return asked && ` “${asked}” was not done: press it again ${when}.`;
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
  const answer = await ask(body, tokenNow());
  if (answer.status === 0 || answer.status >= 500 || answer.status === 429)
    return failed(typed, answer.status);
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
  if (answer.status === 409 && answer.words?.theirs) {
    isHeld = true;
    choose({ typed, base: pairsOfAll(known), answer });
    return null;
  }
  isHeld = answer.status !== 422 && answer.status !== 413;
  const untold = `the wiki did not take it.${asked ? "" : " Press “Save draft” to try again."}`;
  say(`Not saved: ${sentence || REASONS[answer.status] || untold} ${whereKept()}${undone()}`);
  return null;
}

/** @param {number} [status] what came instead of an answer of the wiki */
function notYet(status = 0) {
  return `Not saved: ${troubleOf(status)}. ${whereKept().replace(/\.$/, "")}; trying again.`;
}

/**
 * @param {Pair[]} typed
 * @param {number} [status]
 */
function failed(typed, status) {
  unsure = typed;
  failures++;
  say(`${notYet(status)}${undone()}`);
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
  say(`Draft saved at ${clockOf(wordsOf(answer, "at"))}. Only you can see it.`, { good: true });
  form.dispatchEvent(new CustomEvent("saved", { detail: { draft: wordsOf(answer, "draft") } }));
  if (isDirty()) {
    keep();
    return PAUSE;
  }
  // A page that is asked for while this is answered may still show what was saved before.
  if (!isUnloading) dropCopy();
  return null;
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
  say(`Not saved: you have been signed out. ${whereKept()}`, { link });
}

/**
 * @param {string} sentence
 * @returns {null}
 */
function refuse(sentence) {
  isHeld = true;
  say(`Not saved. ${sentence} ${whereKept()}${undone()}`);
  return null;
}

/**
 * Two windows: both texts are kept until one is chosen, or both are put together.
 * @param {object} clash
 * @param {Pair[]} clash.typed what this window has
 * @param {Pair[]} clash.base what both began with
 * @param {Answer} clash.answer what the other window has saved, and when
 * @param {KeptCopy} [clash.kept] the copy from which the words came
 */
function choose({ typed, base, answer, kept }) {
  const ours = () => (kept ? typed : pairs());
  const leave = (/** @type {string} */ address) => {
    dropCopy();
    if (kept) dropKept(kept);
    go(address);
  };
  const put = async (/** @type {Pair[]} */ more = []) => {
    isLeaving = true;
    const done = await ask(new URLSearchParams([...ours(), ...more]), wordsOf(answer, "saved"));
    isLeaving = false;
    if (done.status === 409 && done.words?.theirs) return choose({ typed: ours(), base, answer: done, kept });
    if (done.status !== 200) return say(wordsOf(done, "sentence") || notYet(done.status));
    if (more.length) handOver("together", wordsOf(done, "together"));
    return leave(kept ? placeOf(done) : wordsOf(done, "address"));
  };
  const join = () => put([["together", String(new URLSearchParams(base))]]);
  askWhichText({ typed, answer, put: () => put(), take: () => leave(wordsOf(answer, "address")), join });
  const at = clockOf(wordsOf(answer, "at"));
  say(
    `Not saved: this draft was saved in another window${at && ` at ${at}`}. Choose how to go on.${undone()}`,
  );
}

/** @param {string} address */
function go(address) {
  isLeaving = true;
  location.replace(address);
}

// Words that this browser kept and the server does not have: they are saved first, then shown.

/** @param {boolean} isNow */
function restoring(isNow) {
  isRestoring = isHeld = form.inert = isNow;
}

/** @param {KeptCopy} kept */
async function putBack(kept) {
  restoring(true);
  const answer = await ask(new URLSearchParams(kept.pairs), kept.saved);
  if (answer.status === 409 && answer.words?.theirs) {
    return choose({ typed: kept.pairs, base: kept.base ?? [], answer, kept });
  }
  restoring(false);
  if (answer.isSignedOut) return void renew(answer);
  if (answer.status !== 200) return tellOfKept(kept);
  dropKept(kept);
  if (wordsOf(answer, "saved") === tokenNow()) return restore();
  handOver("returned", placeOf(answer));
  return go(placeOf(answer));
}

/** @param {KeptCopy} kept */
function tellOfKept({ when }) {
  const day = momentOf(when);
  const link = { href: "/drafts/#kept", textContent: "Read them under My drafts" };
  say(`Words of ${day} are kept in this browser and could not be put back yet.`, { link });
}

/** Put back what a window that is closed has left, unless the form shows these very words. */
async function restore() {
  for (const kept of await findCopies()) {
    if (changedParts(partsOf(kept.pairs), partsOf(pairs())).length) return void putBack(kept);
    dropKept(kept);
  }
  return undefined;
}

async function start() {
  form.autocomplete = "off"; // The browser would put old words back on its own, after we have looked.
  const isUnsaved = "unsaved" in form.dataset || "held" in form.dataset;
  known = isUnsaved ? new Map() : partsOf(pairs());
  isWhole = !tokenNow() || isUnsaved;
  isHeld = "held" in form.dataset;
  const isBack = takeOver("returned") === location.pathname;
  if (isBack) say("Words that were not saved before are back, and saved now.", { good: true });
  const together = takeOver("together");
  if (together) say(together, { good: true });
  if ("held" in form.dataset) {
    keep();
    say("This form does not save by itself until you press Save draft.", { aloud: false });
  } else if (isUnsaved) {
    keep();
    form.addEventListener("saved", () => void restore(), { once: true });
    later(0);
  } else await restore();
  await watchOtherWindows();
}

function resume() {
  if (document.visibilityState !== "hidden" && !failures && !isDirty()) return;
  failures = 0;
  save();
}

/**
 * Save all that is typed, then let the button do what it says. Where the words do not arrive, the form stays.
 * @param {HTMLElement | null} button
 */
async function press(button) {
  asked = button?.textContent.trim() || SAVE;
  if (isDirty()) keep();
  if (underway) await underway;
  clearTimeout(timer);
  isHeld = false;
  for (let tries = 0; isDirty() && tries < MOST_TRIES; tries++) {
    since = 0;
    underway = attempt(unsure ?? pairs()).then((again) => {
      underway = null;
      if (again !== 0) tries = MOST_TRIES;
      if (again !== null && isDirty()) later(again);
    });
    await underway;
  }
  // To save was all that was asked, and whoever leaves the page meanwhile is not called back to it.
  const isDone = !isDirty() && !(isUnloading && asked === SAVE);
  asked = "";
  if (!isDone) return;
  // The server has these very words, and the button shows what becomes of them.
  dropCopy();
  leaveByButton();
  form.requestSubmit(button);
}

function leaveByButton() {
  isLeaving = true;
  // Runs only where the writer stays after all.
  setTimeout(() => {
    isLeaving = false;
    if (isDirty()) later(0);
  }, STAYS);
}

void start();
form.addEventListener("input", ({ target }) => {
  if (isField(target) && target.name.startsWith("source-")) return;
  if (!isRestoring) keep();
  later();
});
form.addEventListener("submit", (event) => {
  if (isLeaving) return;
  if (!underway && !isDirty()) return leaveByButton();
  event.preventDefault();
  if (!asked && !isRestoring) void press(event.submitter);
});
window.addEventListener("pageshow", (event) => event.persisted && go(location.href));
window.addEventListener("beforeunload", (event) => {
  if (isLeaving || !isDirty()) return;
  isUnloading = true;
  // Runs only where the writer stays.
  setTimeout(() => {
    isUnloading = false;
    if (!isDirty()) dropCopy();
  }, STAYS);
  save();
  event.preventDefault();
});
for (const name of ["online", "focus"]) window.addEventListener(name, resume);
document.addEventListener("visibilitychange", resume);
