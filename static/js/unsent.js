// What is typed into “Add a source” is sent by its own buttons only: until one has arrived, this browser keeps it.

import { form, pathOfForm } from "./draft_form.js";
import { isField, valueIn } from "./forms.js";
import { forget, read, write } from "./store.js";

/**
 * @typedef {object} Unsent
 * @property {[name: string, value: string][]} words
 * @property {string} saved the save of the draft at that time
 * @property {boolean} [submitted]
 */

const fields = [...form.elements]
  .filter(isField)
  .filter((one) => one.name.startsWith("source-") && one.type !== "hidden" && one.localName !== "select");
const nameNow = () => `${form.dataset.writer}:source:${pathOfForm()}`;
let nameKept = "";

const drop = () => forget(nameKept, nameNow());

/** @param {boolean} [submitted] whether one of its own buttons sends it */
function keep(submitted = false) {
  drop();
  nameKept = nameNow();
  const words = fields.filter((one) => one.value).map(({ name, value }) => [name, value]);
  if (words.length) write(nameKept, { words, saved: valueIn(form, "saved"), when: Date.now(), submitted });
}

function putBack() {
  const kept = /** @type {Unsent | null} */ (read(nameNow()));
  // The form has other words of it, or one of its buttons has arrived: each saves the draft, too.
  const hasArrived = kept?.submitted && kept.saved !== valueIn(form, "saved");
  if (!kept || hasArrived || fields.some((one) => one.value)) return drop();
  for (const [name, value] of kept.words) {
    const field = fields.find((one) => one.name === name);
    if (field) field.value = value;
  }
  const details = fields[0]?.closest("details");
  if (details) details.open = true;
}

if (fields.length) {
  putBack();
  form.addEventListener("input", ({ target }) => {
    if (fields.some((one) => one === target)) keep();
  });
  // The first save gives the form another address.
  form.addEventListener("saved", () => keep());
  form.addEventListener("submit", ({ submitter }) => {
    keep(submitter instanceof HTMLButtonElement && ["add-source", "find-source"].includes(submitter.value));
  });
}
