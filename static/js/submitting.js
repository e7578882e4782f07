// What the reviewer must know is asked when “Submit” is pressed, before anything is sent. Without it the wiki asks.

import { find, findAll } from "./dom.js";
import { form } from "./draft_form.js";
import { fieldOf, valueIn } from "./forms.js";
import { owedBy } from "./text/owed.js";

const told = find(HTMLElement, "[data-owed]");
const choice = find(HTMLElement, "[data-owes]");

/** @returns {string} */
function impactNow() {
  return find(HTMLInputElement, "[name=impact]:checked", form)?.value ?? "";
}

// The window hears of it first, so that nothing is saved or sent meanwhile.
window.addEventListener(
  "submit",
  (event) => {
    const { submitter } = event;
    if (event.target !== form || !(submitter instanceof HTMLButtonElement) || submitter.value !== "submit")
      return;
    const owed = owedBy({
      note: valueIn(form, "note"),
      impact: impactNow(),
      meaning: valueIn(form, "meaning"),
      explained: (choice?.dataset.owes ?? "").split(" "),
      owedNote: choice?.dataset.owesNote ?? "",
    });
    if (told) {
      told.textContent = owed?.sentence ?? "";
      told.hidden = !owed;
    }
    if (!owed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    told?.scrollIntoView({ block: "start" });
    const [first] = findAll(HTMLInputElement, "[name=impact]", form);
    const field = owed.field === "impact" ? first : fieldOf(form, owed.field);
    field?.focus({ preventScroll: owed.field === "note" });
  },
  true,
);
