// What the form of a draft sends to be saved, and from which save it goes on.

import { make } from "./dom.js";
import { form } from "./draft_form.js";
import { fieldOf, tokenOf, valueIn } from "./forms.js";
import { post, wordsOf } from "./requests.js";

/** @typedef {import("./requests.js").Answer} Answer */

let token = valueIn(form, "saved");

/** @returns {string} the save from which the form goes on, "" before the first */
export const tokenNow = () => token;
export const isOfSection = () => form.elements.namedItem("section") !== null;

/**
 * @param {URLSearchParams} body
 * @param {string} saved the save from which the words go on
 * @returns {Promise<Answer>}
 */
export function ask(body, saved) {
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

/**
 * Let the form go on from what is saved now; the first save of a page gives it the address of its draft.
 * @param {Answer} answer
 */
export function begin(answer) {
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
export function setValue(name, value) {
  const field = fieldOf(form, name);
  if (field) field.value = value;
}

/**
 * Words of a section that the form of the whole page has put back are shown in the whole page.
 * @param {Answer} answer
 */
export function placeOf(answer) {
  return isOfSection() ? wordsOf(answer, "address") : `/drafts/${wordsOf(answer, "draft")}/`;
}
