// Asking for a page or a source, in a window over the text; the text stays as it is and selected.

import { around, copyOf, findAll, need } from "./dom.js";
import { tokenOf } from "./forms.js";
import { post, wordsOf } from "./requests.js";
import { canBeLinkWords, citationAt, linkMark, linkWords } from "./text/references.js";
import { troubleOf } from "./text/troubles.js";
import { editor, put, say, selected } from "./text_field.js";

/** @typedef {import("./combobox.js").Result} Result */

document.body.append(copyOf("asking") ?? "");
const linking = need(HTMLDialogElement, "#link-page");
const citing = need(HTMLDialogElement, "#cite-source");
const page = need(HTMLInputElement, "[data-lookup]", linking);
const source = need(HTMLInputElement, "[data-lookup]", citing);
const error = need(HTMLElement, ".error", citing);
let place = selected(); // what was selected when the window opened

export function askForPage() {
  const words = editor.value.slice(editor.selectionStart, editor.selectionEnd).trim();
  ask(linking, page, canBeLinkWords(words) ? words : "");
}

export function askForSource() {
  ask(citing, source, "");
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLInputElement} field
 * @param {string} words what its fields begin with
 */
function ask(dialog, field, words) {
  place = selected();
  for (const input of findAll(HTMLInputElement, "input", dialog)) input.value = words;
  complain("");
  dialog.showModal();
  field.focus();
  field.select();
  if (field.value) field.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLInputElement} field
 */
function listen(dialog, field) {
  dialog.addEventListener("close", () => {
    editor.focus();
    editor.setSelectionRange(place.start, place.end);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || around(event, HTMLElement, "[data-close]")) dialog.close();
  });
  // Enter takes what is typed, unless it is to take a line of the list.
  const take = (/** @type {KeyboardEvent} */ event) => {
    const isOther = event.key !== "Enter" || event.target !== field || event.isComposing;
    if (isOther || field.getAttribute("aria-activedescendant")) return;
    event.preventDefault();
    event.stopPropagation();
    field.form?.requestSubmit();
  };
  dialog.addEventListener("keydown", take, true);
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => void} act what is done once the text has the keyboard again
 */
function finish(dialog, act) {
  dialog.addEventListener("close", act, { once: true });
  dialog.close();
}

/**
 * @param {string} title
 * @param {boolean} isKnown whether the title was chosen from the list
 */
function link(title, isKnown) {
  const name = linkWords(title);
  const words = linkWords(need(HTMLInputElement, "#link-page-words", linking).value);
  if (!name) return page.focus();
  return finish(linking, () => {
    const { start, end } = place;
    put({ start, end, text: linkMark(name, words, editor.value.slice(0, start)) });
    say(`Linked to ${name}.`);
    if (!isKnown) look(name);
  });
}

/**
 * Offer to propose a page that there is not.
 * @param {string} name
 */
async function look(name) {
  const isSame = (/** @type {string | undefined} */ text) =>
    text?.trim().toLowerCase() === name.toLowerCase();
  try {
    const address = `${page.dataset.lookup}?q=${encodeURIComponent(name)}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const { results } = /** @type {{results: Result[]}} */ (await answer.json());
    if (results.some((one) => isSame(one.value) || isSame(one.label) || isSame(one.by))) return;
    const offer = `${page.dataset.offer}${encodeURIComponent(name)}`;
    say(`Linked to ${name}, which is no page yet.`, offer, "Propose it (in a new window)");
  } catch {
    // The preview says it too, when it can.
  }
}

/** @param {SubmitEvent} event */
async function identify(event) {
  event.preventDefault();
  const text = source.value.trim();
  if (!text) return source.focus();
  const body = new FormData();
  body.append("text", text);
  if (editor.form) body.append("csrfmiddlewaretoken", tokenOf(editor.form));
  const answer = await post(citing.dataset.address ?? "", body);
  if (answer.isSignedOut) {
    return complain("You are signed out. Sign in again in another window, then try once more.");
  }
  if (!answer.words) return complain(`Not cited: ${troubleOf(answer.status)}. Try again in a moment.`);
  if (answer.status !== 200) return complain(wordsOf(answer, "message"));
  const [key = "", name = "", add = ""] = ["key", "source", "add"].map((one) => wordsOf(answer, one));
  return finish(citing, () => cite(key, name, add));
}

/** @param {string} sentence */
function complain(sentence) {
  error.textContent = sentence;
  error.hidden = !sentence;
  source.ariaInvalid = sentence ? "true" : null;
}

/**
 * @param {string} key
 * @param {string} name what the source is called; empty if the wiki does not have it
 * @param {string} add where it can be added
 */
function cite(key, name, add) {
  put(citationAt({ ...place, value: editor.value }, key));
  if (name) say(`Cited: ${name}`);
  else say(`Cited ${key}. The wiki does not have this source yet.`, add, "Add it (in a new window)");
}

listen(linking, page);
listen(citing, source);
linking.addEventListener("chosen", (event) => {
  link(/** @type {CustomEvent<Result>} */ (event).detail.value, true);
});
linking.addEventListener("submit", (event) => {
  event.preventDefault();
  link(page.value, false);
});
citing.addEventListener("chosen", (event) => {
  const { value, label } = /** @type {CustomEvent<Result>} */ (event).detail;
  finish(citing, () => cite(value, label, ""));
});
citing.addEventListener("submit", identify);
