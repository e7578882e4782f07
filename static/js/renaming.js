// Says what another title means once the title is another one. Without it that is said all the time.

import { find, findAll } from "./dom.js";
import { form } from "./draft_form.js";
import { fieldOf, valueIn } from "./forms.js";
import { renamedTo } from "./text/renamed.js";

const note = find(HTMLElement, "[data-renaming]");
const meanwhile = find(HTMLElement, "[data-began-as]");
const title = fieldOf(form, "title");

if (note && title) {
  const addresses = findAll(HTMLElement, "[data-address]", note);
  const show = () => {
    const old = note.dataset.renaming ?? "";
    const beganAs = meanwhile?.dataset.beganAs ?? old;
    const now = renamedTo({ old, beganAs, title: title.value, aliases: valueIn(form, "aliases") });
    if (meanwhile) meanwhile.hidden = now.isRenamed;
    note.hidden = !now.isRenamed;
    const known = addresses.find((one) => one.dataset.address === title.value.trim());
    for (const one of addresses) one.hidden = one !== (known ?? addresses.at(-1));
    for (const one of findAll(HTMLElement, "[data-kept]", note)) one.hidden = !now.isAmongNames;
    for (const one of findAll(HTMLElement, "[data-keep]", note)) {
      one.hidden = now.isAmongNames || now.isSameName;
    }
  };
  form.addEventListener("input", show);
  show();
}
