// Says what another title means once the title is another one. Without it that is said all the time.

import { find } from "./dom.js";
import { form } from "./draft_form.js";
import { fieldOf } from "./forms.js";

const note = find(HTMLElement, "[data-renaming]");
const title = fieldOf(form, "title");

if (note && title) {
  const show = () => {
    note.hidden = title.value.trim() === note.dataset.renaming;
  };
  title.addEventListener("input", show);
  show();
}
