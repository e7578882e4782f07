// Suggestions while one types in a search box: the list of names is loaded once somebody comes to the field.
// Without this script the form is a plain form.

import { around } from "./dom.js";

const BOX = "input[data-suggest]";

document.addEventListener("focusin", (event) => {
  const input = around(event, HTMLInputElement, BOX);
  if (!input || input.dataset.lookup) return;
  input.dataset.lookup = input.dataset.suggest;
  import("./combobox.js");
});
document.addEventListener("chosen", (event) => {
  const input = around(event, HTMLInputElement, BOX);
  input?.form?.requestSubmit();
});
