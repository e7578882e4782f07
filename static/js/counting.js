// How long the summary is, said aloud only when it is too long.

import { findAll } from "./dom.js";
import { isField } from "./forms.js";
import { lengthOf } from "./text/characters.js";

for (const output of findAll(HTMLOutputElement, "output[data-counts]")) {
  const { counts = "", limit = "" } = output.dataset;
  const field = document.getElementById(counts);
  if (!isField(field)) continue;
  const count = () => {
    const length = lengthOf(field.value.trim());
    const isTooLong = length > Number(limit);
    output.textContent = `${length} of ${limit} characters`;
    output.className = isTooLong ? "error" : "";
    output.ariaLive = isTooLong ? "polite" : "off";
  };
  field.addEventListener("input", count);
  count();
}
