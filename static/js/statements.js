// Rows of statements: added and removed on the spot, with relations that fit both pages, and said in words.
// Without it each button posts the form, and the answer brings the same.

import { around, copyOf, find, findAll, make, makeButton, need } from "./dom.js";
import { isField } from "./forms.js";
import { saysAStatement } from "./text/look_ups.js";
import { fits, relabelled, renumbered } from "./text/statement_rows.js";

/** @typedef {import("./combobox.js").Result} Result */
/** @typedef {{timer: number, asked: AbortController | null}} Waiting */

const WAIT = 300; // milliseconds between the last change of a row and the question what it says
const USUAL = "add-statement-"; // how the values of the buttons begin that add a usual relation
const OPTIONS = "select[name$=-relation] option";
const rows = need(HTMLElement, "#statements [data-rows]");
const blank = copyOf("statement-row");
const relations = blank ? findAll(HTMLOptionElement, OPTIONS, blank) : [];
/** @type {WeakMap<HTMLElement, Waiting>} */
const waiting = new WeakMap();

const all = () => findAll(HTMLElement, ".srow", rows);

/** @param {string} id */
const valueOfField = (id) => {
  const field = document.getElementById(id);
  return isField(field) ? field.value : "";
};

/** @param {Element} field */
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

/** @param {HTMLElement} row */
const objectOf = (row) => need(HTMLInputElement, `[name$="-object"]`, row);

/** @param {HTMLElement} row */
const relationOf = (row) => need(HTMLSelectElement, `[name$="-relation"]`, row);

/** @param {HTMLElement} row */
const sourcesOf = (row) => need(HTMLInputElement, `[name$="-sources"]`, row);

// Rows

/** @param {string} relation what the row begins with, or "" */
function add(relation) {
  rows.append(copyOf("statement-row") ?? "");
  number();
  const row = all().at(-1);
  if (!row) return;
  offer(row);
  relationOf(row).value = relation;
  (relationOf(row).value ? objectOf(row) : relationOf(row)).focus();
  if (relationOf(row).value) changed(relationOf(row));
}

/** Give every row the number of its place, wherever its number stands. */
function number() {
  all().forEach((row, place) => {
    for (const one of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of one.attributes) {
        const name = renumbered(attribute.value, place);
        if (name !== attribute.value && attribute.name !== "class") attribute.value = name;
      }
      if (one.ariaLabel) one.ariaLabel = relabelled(one.ariaLabel, place);
    }
    need(HTMLLegendElement, "legend", row).textContent = `Statement ${place + 1}`;
    const button = need(HTMLButtonElement, "button[value^=remove-statement]", row);
    button.textContent = `Remove statement ${place + 1}`;
  });
}

/**
 * The keyboard stays where the row was, on the button that brings it back.
 * @param {HTMLElement} row
 */
function remove(row) {
  const name = need(HTMLLegendElement, "legend", row).textContent;
  const putBack = () => {
    gone.replaceWith(row);
    number();
    changed(relationOf(row));
    relationOf(row).focus();
  };
  const back = makeButton(`Put ${name.toLowerCase()} back`, putBack, "btn btn-s");
  const gone = make("p", { className: "hint row" }, `${name} is removed.`, back);
  row.replaceWith(gone);
  number();
  changed(rows);
  back.focus();
}

/**
 * A source that was chosen stands among the row's sources at once, and the field is free for the next.
 * @param {HTMLElement} row
 * @param {Result} source
 */
function cite(row, { value, label }) {
  const field = sourcesOf(row);
  const place = all().indexOf(row);
  const chips = find(HTMLElement, ".chips", row) ?? addChips(field, place);
  if (!findAll(HTMLInputElement, "input", chips).some((one) => one.value === value)) {
    const button = make("button", {
      type: "submit",
      name: "act",
      value: `remove-source-${place}-${chips.children.length}`,
      textContent: "✕",
      ariaLabel: `Remove source ${value} from statement ${place + 1}`,
    });
    const key = make("input", { type: "hidden", name: `statements-${place}-cited`, value });
    const words = make("span", {}, `${label} `, make("span", { className: "hint", textContent: value }));
    chips.append(make("li", {}, key, words, button));
  }
  field.value = "";
  changed(field);
}

/**
 * @param {HTMLInputElement} field
 * @param {number} place
 */
function addChips(field, place) {
  const chips = make("ul", { className: "chips", ariaLabel: `Sources of statement ${place + 1}` });
  field.closest(".field")?.before(chips);
  return chips;
}

/**
 * @param {HTMLElement} row
 * @param {HTMLButtonElement} button
 */
function removeSource(row, button) {
  button.closest("li")?.remove();
  findAll(HTMLButtonElement, "button[value^=remove-source]", row).forEach((one, place) => {
    one.value = one.value.replace(/\d+$/, String(place));
  });
  const chips = find(HTMLElement, ".chips", row);
  if (!chips?.querySelector("li")) chips?.remove();
  changed(sourcesOf(row));
  sourcesOf(row).focus();
}

// Relations that fit

/** @param {HTMLElement} row */
function offer(row) {
  const select = relationOf(row);
  const chosen = select.value;
  const offered = relations
    .map((option) => ({
      option,
      isFitting: fits(option.dataset, valueOfField("kind"), objectOf(row).dataset.end),
    }))
    .filter(({ option, isFitting }) => isFitting || option.value === chosen)
    .map(({ option: { value, textContent }, isFitting }) => {
      const words = isFitting ? textContent : `${textContent} (does not fit)`;
      return new Option(words, value, false, value === chosen);
    });
  select.replaceChildren(...offered);
}

// What a row says, in words

/**
 * @param {HTMLElement} row
 * @param {number} [wait] milliseconds
 */
function ask(row, wait = WAIT) {
  const state = waiting.get(row) ?? { timer: 0, asked: null };
  waiting.set(row, state);
  clearTimeout(state.timer);
  state.asked?.abort();
  state.timer = setTimeout(() => {
    state.asked = new AbortController();
    putInWords(row, state.asked.signal);
  }, wait);
}

/**
 * @param {HTMLElement} row
 * @param {AbortSignal} signal
 */
async function putInWords(row, signal) {
  try {
    const answer = await fetch(addressOf(row), { signal });
    if (!answer.ok || answer.redirected) return;
    const words = await answer.text();
    // A network that asks people to sign in to it answers with a page of its own.
    if (signal.aborted || !saysAStatement(words)) return;
    const tie = need(HTMLElement, "[data-tie]", row);
    tie.innerHTML = words;
    objectOf(row).dataset.end = need(HTMLElement, "[data-end]", tie).dataset.end;
    offer(row);
  } catch {
    // The words are a help; the form does without.
  }
}

/** @param {HTMLElement} row */
function addressOf(row) {
  const { tie = "", page = "" } = rows.dataset;
  const address = new URL(tie, location.href);
  const [relation, object] = [relationOf(row).value, objectOf(row).value];
  const values = { page, title: valueOfField("title"), kind: valueOfField("kind"), relation, object };
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
  return address;
}

need(HTMLElement, "#statements").addEventListener("click", (event) => {
  const button = around(event, HTMLButtonElement, "button[name=act]");
  if (!button || !blank) return;
  const row = around(event, HTMLElement, ".srow");
  if (button.value === "add-statement") add("");
  else if (button.value.startsWith(USUAL)) add(button.value.slice(USUAL.length));
  else if (row && button.value.startsWith("remove-statement")) remove(row);
  else if (row && button.value.startsWith("remove-source")) removeSource(row, button);
  else return;
  event.preventDefault();
});
rows.addEventListener("chosen", (event) => {
  const row = around(event, HTMLElement, ".srow");
  if (!row) return;
  const result = /** @type {CustomEvent<Result>} */ (event).detail;
  if (event.target === sourcesOf(row)) cite(row, result);
  if (event.target !== objectOf(row)) return;
  objectOf(row).dataset.end = result.kind_id ?? "";
  offer(row);
  ask(row, 0);
});
rows.addEventListener("input", (event) => {
  const row = around(event, HTMLElement, ".srow");
  if (!row || !isField(event.target) || !/-(object|relation)$/.test(event.target.name)) return;
  if (event.target === objectOf(row)) {
    objectOf(row).dataset.end = "";
    offer(row);
  }
  ask(row);
});
for (const id of ["kind", "title"]) {
  document.getElementById(id)?.addEventListener("input", () => {
    for (const row of all()) {
      if (id === "kind") offer(row);
      if (objectOf(row).value) ask(row);
    }
  });
}
