// The form of a draft, or of one section of it.
//
// form[data-editing] carries data-autosave (where to save), data-writer (whose words these are), data-draft and
// data-slug (what is written on), data-unsaved (save at once) and data-held (save only by the button). The form of
// one section has its id in a field of that name.

import { need } from "./dom.js";

export const form = need(HTMLFormElement, "form[data-editing]");

/** @returns {string} the path of the page to which the form is sent */
export function pathOfForm() {
  return new URL(form.action).pathname;
}
