// What is pasted keeps its form: rich text becomes headings, lists and tables, an identifier alone a citation.
// The plain text is there at once; the server's answer takes its place, and undo brings it back.

import { tokenOf } from "./forms.js";
import { post, wordsOf } from "./requests.js";
import {
  asIdentifier,
  fragmentOf,
  hasForm,
  isFormAlone,
  mayHide,
  placeAfter,
  setApart,
} from "./text/pasted.js";
import { citationFor } from "./text/references.js";
import { troubleOf } from "./text/troubles.js";
import { editor, put, say } from "./text_field.js";

/** @typedef {import("./requests.js").Answer} Answer */

const ADDRESS = "/paste/";
const UNDO = "Undo brings back what was pasted.";
const UNDO_ALL = "Undo takes it out again.";
let isPlain = false; // whether plain text is asked for

// With Shift people ask for plain text, and get it.
editor.addEventListener("keydown", (event) => {
  isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
});

editor.addEventListener("paste", (event) => {
  const wasPlain = isPlain;
  isPlain = false;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (event.defaultPrevented) return;
  const before = editor.value.slice(0, editor.selectionStart);
  if (wasPlain && text === "") {
    // The browser would delete what is selected and put nothing in its place.
    event.preventDefault();
    return say("Nothing was pasted: what you copied has no plain text. Paste it without Shift.");
  }
  if (isFormAlone(text, html)) {
    event.preventDefault();
    takeForm(before, editor.value.slice(before.length, editor.selectionEnd), html);
    return;
  }
  if (wasPlain || !hasForm(text, html)) {
    if (!mayHide(text)) return;
    const clean = () => cleanUp(before, editor.value.slice(before.length, editor.selectionEnd));
    editor.addEventListener("input", clean, { once: true });
    return;
  }
  // The browser puts the plain text in by itself and says so.
  const take = () => takeOver(before, editor.value.slice(before.length, editor.selectionEnd), html);
  editor.addEventListener("input", take, { once: true });
});

/**
 * @param {string} before the text in front of what was pasted
 * @param {string} plain what was pasted, as plain text
 * @param {string} html
 */
async function takeOver(before, plain, html) {
  const answer = await ask(html, plain);
  const problem = problemOf(
    answer,
    html ? "its form could not be taken over" : "it could not be made a citation",
  );
  if (problem) return say(`Pasted as plain text. ${problem}`);
  const markdown = wordsOf(answer, "markdown");
  if (!markdown || markdown === plain.trim()) return;
  // Somebody who has gone on in what was pasted keeps it as it is.
  if (!editor.value.startsWith(before + plain)) return;
  const end = before.length + plain.length;
  const after = editor.value.slice(end);
  const key = wordsOf(answer, "key");
  const edit = key
    ? citationEdit(before, key, after, end)
    : { start: before.length, text: setApart(markdown, plain, before, after), end };
  exchange(edit);
  tell(answer, UNDO);
}

/**
 * Take over what was copied as HTML alone: the browser itself would put nothing in, and say nothing.
 * @param {string} before the text in front of the caret
 * @param {string} selected the text that it takes the place of
 * @param {string} html
 */
async function takeForm(before, selected, html) {
  const answer = await ask(html);
  const problem = problemOf(answer, "what you copied could not be taken over");
  if (problem) return say(`Nothing was pasted. ${problem}`);
  const markdown = wordsOf(answer, "markdown");
  if (!markdown) return say(`Nothing was pasted: what you copied has no words.${leftOutBy(answer)}`);
  if (!editor.value.startsWith(before + selected))
    return say("Nothing was pasted, because the text before it has changed meanwhile. Paste it again.");
  const end = before.length + selected.length;
  exchange({ start: before.length, text: setApart(markdown, "", before, editor.value.slice(end)), end });
  tell(answer, UNDO_ALL);
}

/**
 * Put in what came of what was pasted; the caret and the focus stay where somebody has gone meanwhile.
 * @param {{start: number, end: number, text: string}} edit
 */
function exchange(edit) {
  const [from, to] = [editor.selectionStart, editor.selectionEnd].map((at) => placeAfter(at, edit));
  const left = document.activeElement;
  put({ ...edit, from, to });
  if (left !== editor && left instanceof HTMLElement) left.focus();
}

/**
 * @param {string} before
 * @param {string} key
 * @param {string} after
 * @param {number} end where the identifier ends that was pasted
 */
function citationEdit(before, key, after, end) {
  const { start, text, taken = 0 } = citationFor(before, key, after);
  return { start, text, end: end + taken };
}

/**
 * Take out what nobody sees of what was pasted as plain text.
 * @param {string} before the text in front of what was pasted
 * @param {string} pasted
 */
async function cleanUp(before, pasted) {
  const answer = await post(ADDRESS, bodyOf({ plain: pasted }));
  const plain = wordsOf(answer, "plain");
  if (plain === pasted || !answer.words?.left_out || !editor.value.startsWith(before + pasted)) return;
  const edit = { start: before.length, text: plain, end: before.length + pasted.length };
  const [from, to] = [editor.selectionStart, editor.selectionEnd].map((at) => placeAfter(at, edit));
  put({ ...edit, from, to });
  say(`Characters that nobody can see were taken out of what you pasted. ${UNDO}`);
}

/**
 * @param {string} html
 * @param {string} [copied] the words that were copied: the server compares them with those of the form
 * @returns {Promise<Answer>}
 */
function ask(html, copied = "") {
  return post(ADDRESS, bodyOf({ text: asIdentifier(copied), html: fragmentOf(html), copied }));
}

/**
 * @param {Record<string, string>} fields
 * @returns {FormData} with the token of the form
 */
function bodyOf(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  if (editor.form) body.append("csrfmiddlewaretoken", tokenOf(editor.form));
  return body;
}

/**
 * @param {Answer} answer
 * @param {string} undone what was not done where the wiki did not answer
 * @returns {string} why that was not done; empty if it was
 */
function problemOf(answer, undone) {
  if (answer.isSignedOut) return `You are signed out, so ${undone}.`;
  if (answer.words) return wordsOf(answer, "message");
  return `${undone.charAt(0).toUpperCase()}${undone.slice(1)}: ${troubleOf(answer.status)}.`;
}

/**
 * @param {Answer} answer
 * @param {string} undo what undo does
 */
function tell(answer, undo) {
  const [key, source, add] = ["key", "source", "add"].map((name) => wordsOf(answer, name));
  if (key && source) return say(`Cited: ${source} ${undo}`);
  if (key) {
    const words = `Cited ${key}. The wiki does not have this source yet. ${undo}`;
    return say(words, add, "Add it (in a new window)");
  }
  const asked = answer.words?.doubts;
  const doubts = Array.isArray(asked) && asked.length ? ` ${asked.join(" ")}` : "";
  return say(`Pasted with its form.${leftOutBy(answer)}${doubts} ${undo}`);
}

/**
 * @param {Answer} answer
 * @returns {string} what was left out, as a sentence; empty if nothing was
 */
function leftOutBy({ words }) {
  const left = words?.left_out;
  return Array.isArray(left) && left.length ? ` Left out: ${left.join(", ")}.` : "";
}
