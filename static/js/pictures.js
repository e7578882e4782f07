// A picture by button, drop or paste: its form opens above the text, and its mark lands where one was.
// Without this script the same form is a page of its own.

import { around, find, findAll, make, need } from "./dom.js";
import { isField } from "./forms.js";
import { paragraph } from "./text/blocks.js";
import { hasWords } from "./text/pasted.js";
import { addedBy, isForm } from "./text/picture_answers.js";
import { troubleOf } from "./text/troubles.js";
import { editor, placeUnder, put, say, selected } from "./text_field.js";

/** @typedef {import("./text/edit.js").Selected} Selected */

const ADDRESS = find(HTMLElement, "[data-picture]")?.dataset.picture ?? "";
const TAKEN = ["image/jpeg", "image/png", "image/webp"];

const dialog = make("dialog", { className: "dialog stack" });
dialog.setAttribute("aria-labelledby", "picture-h");

let place = selected(); // where the caret was when the window opened

if (ADDRESS) {
  document.body.append(dialog);
  addToToolbar();
  listen();
}

function listen() {
  document.addEventListener("click", (event) => {
    if (!around(event, HTMLElement, "[data-picture]")) return;
    event.preventDefault();
    open(selected());
  });
  editor.parentElement?.addEventListener("paste", (event) => bring(event, event.clipboardData), true);
  editor.parentElement?.addEventListener("drop", (event) => bring(event, event.dataTransfer), true);
  dialog.addEventListener("submit", send);
  dialog.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "file") view(target.files?.[0]);
  });
  dialog.addEventListener("click", (event) => {
    if (around(event, HTMLElement, "[data-close]")) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    editor.focus();
    editor.setSelectionRange(place.start, place.end);
  });
}

/**
 * Files that are dropped or pasted. What is pasted with words is text that brings its own picture along: that is
 * left to others, but django-markdownx, which listens on the editor itself, never gets a file.
 * @param {Event} event
 * @param {DataTransfer | null} brought
 */
function bring(event, brought) {
  if (event.target !== editor || !brought?.files.length) return;
  event.stopPropagation();
  if (event.defaultPrevented || hasWords(brought.getData("text/plain"), brought.getData("text/html"))) return;
  event.preventDefault();
  open(event instanceof DragEvent ? placeUnder(event) : selected(), brought.files[0]);
}

function addToToolbar() {
  const toolbar = find(HTMLElement, ".toolbar");
  if (!toolbar || find(HTMLElement, "[data-picture]", toolbar)) return;
  const button = make("button", { type: "button", textContent: "Picture" });
  button.dataset.picture = ADDRESS;
  toolbar.append(button);
  need(HTMLButtonElement, "button[type=submit][data-picture]").hidden = true;
}

/**
 * @param {Selected} at
 * @param {File} [file]
 */
async function open(at, file) {
  if (dialog.open) return;
  place = at;
  const answer = await ask(ADDRESS);
  const form = answer?.ok ? await wordsOf(answer) : "";
  if (!isForm(form)) {
    say("The form for a picture could not be opened. Your text is as you left it; try again in a moment.");
    return;
  }
  show(form);
  dialog.showModal();
  if (file) choose(file);
}

/** @param {string} html */
function show(html) {
  dialog.innerHTML = `<h2 id="picture-h">Add a picture</h2>${html}`;
  need(HTMLElement, "[data-close]", dialog).hidden = false;
  const help = need(HTMLInputElement, "#picture-shows_patient", dialog);
  const consent = need(HTMLElement, ".consent", dialog);
  const follow = () => {
    consent.hidden = !help.checked;
  };
  help.addEventListener("change", follow);
  follow();
}

/** @param {File} file */
function choose(file) {
  const field = need(HTMLInputElement, "#picture-file", dialog);
  const held = new DataTransfer();
  held.items.add(file);
  field.files = held.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  const alt = document.getElementById("picture-alt");
  if (isField(alt)) alt.focus();
}

/**
 * What was chosen, so that one can describe it. Our pages show data: but no blob: addresses.
 * @param {File} [file]
 */
function view(file) {
  for (const one of findAll(HTMLElement, "[data-view]", dialog)) one.remove();
  if (!file || !TAKEN.includes(file.type)) return;
  const image = make("img", { alt: "What you chose" });
  image.dataset.view = "";
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    image.src = String(reader.result);
  });
  reader.readAsDataURL(file);
  need(HTMLElement, "#picture-file", dialog).after(image);
}

/** @param {SubmitEvent} event */
async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = need(HTMLButtonElement, "[type=submit]", dialog);
  if (button.ariaDisabled === "true" || !(form instanceof HTMLFormElement)) return;
  button.ariaDisabled = "true";
  button.textContent = "Adding the picture …";
  const answer = await ask(form.action, { method: "POST", body: new FormData(form) });
  const words = answer ? await wordsOf(answer) : "";
  const added = answer?.ok ? addedBy(words) : null;
  if (added) insert(added.mark, added.sentence);
  else if (isForm(words)) {
    show(words);
    find(HTMLElement, ".errors", dialog)?.focus();
  } else {
    button.ariaDisabled = null;
    button.textContent = "Add this picture";
    refuse(answer);
  }
}

/** @param {Response} answer */
const wordsOf = (answer) => answer.text().catch(() => "");

/** @type {Record<number, string>} what to do where waiting does not help */
const NEXT = {
  401: "Sign in again in another window, then try again.",
  413: "Choose a smaller file.",
};

/** @param {Response | null} answer */
function refuse(answer) {
  find(HTMLElement, ".errors", dialog)?.remove();
  const box = make("div", { className: "errors", tabIndex: -1, role: "alert" });
  // Who is signed out is sent to where one signs in, and a redirect that is not followed has no status.
  const isAway = answer?.type === "opaqueredirect" || answer?.status === 403;
  const status = isAway ? 401 : (answer?.status ?? 0);
  const what = NEXT[status] ?? "Try again in a moment.";
  box.textContent = `The picture was not added: ${troubleOf(status)}. What you chose and typed is kept. ${what}`;
  need(HTMLElement, "h2", dialog).after(box);
  box.focus();
}

/**
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<Response | null>}
 */
async function ask(address, options = {}) {
  try {
    return await fetch(address, { ...options, headers: { "X-Asked-By": "pictures.js" }, redirect: "manual" });
  } catch {
    return null;
  }
}

/**
 * @param {string} mark
 * @param {string} sentence
 */
function insert(mark, sentence) {
  const { value, end } = place;
  // The window closes a moment later, and would lead back to where the caret was.
  dialog.addEventListener(
    "close",
    () => {
      put(paragraph(editor.value, end, mark));
      say(`${sentence} It stands in the text ${end < value.length ? "where you were" : "at its end"}.`);
    },
    { once: true },
  );
  dialog.close();
}
