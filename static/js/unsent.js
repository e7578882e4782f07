// What is typed into “Add a source” is sent by its own buttons only: until one has arrived, this browser keeps it.
// The form sends a key along; the page that follows names the key whose words have arrived.

import { make } from "./dom.js";
import { form, pathOfForm } from "./draft_form.js";
import { isField } from "./forms.js";
import { forget, read, write } from "./store.js";

/**
 * @typedef {object} Unsent
 * @property {[name: string, value: string][]} words
 * @property {string} key the key with which a button sent them, "" if none did
 */

const fields = [...form.elements]
  .filter(isField)
  .filter((one) => one.name.startsWith("source-") && one.type !== "hidden" && one.localName !== "select");
const OWN = ["add-source", "find-source"];
const sent = make("input", { type: "hidden", name: "source-key" });
const nameNow = () => `${form.dataset.writer}:source:${pathOfForm()}`;
let nameKept = "";

const drop = () => forget(nameKept, nameNow());

/** @param {string} [key] the key with which one of its own buttons sends it */
function keep(key = "") {
  drop();
  nameKept = nameNow();
  const words = fields.filter((one) => one.value).map(({ name, value }) => [name, value]);
  if (words.length) write(nameKept, { words, when: Date.now(), key });
}

function putBack() {
  const kept = /** @type {Unsent | null} */ (read(nameNow()));
  // The form has other words of it, or those were added.
  const hasArrived = kept?.key && new URLSearchParams(location.search).get("source") === kept.key;
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
  form.append(sent);
  form.addEventListener("input", ({ target }) => {
    if (fields.some((one) => one === target)) keep();
  });
  // The first save gives the form another address.
  form.addEventListener("saved", () => keep());
  form.addEventListener("submit", ({ submitter }) => {
    const isOwn = submitter instanceof HTMLButtonElement && OWN.includes(submitter.value);
    sent.value = isOwn ? String(Date.now() % 1e9) : "";
    keep(sent.value);
  });
}
