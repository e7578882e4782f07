// Leads from what the checks found to the very words, and asks anew after each save that loads no page.

import { announce, around, find, findAll } from "./dom.js";
import { form } from "./draft_form.js";
import { isField } from "./forms.js";
import { passageIn } from "./text/passage.js";

const list = find(HTMLElement, "#checks");
let question = new AbortController(); // what the list was asked for with last
let isLate = false; // whether the list has to be asked for when its reader has left it

/** @param {MouseEvent} event */
function lead(event) {
  const link = around(event, HTMLAnchorElement, "a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!link || !isField(field) || field instanceof HTMLSelectElement || field.type === "hidden") return;
  event.preventDefault();
  const [from, to] = passageIn(field.value, link.dataset);
  field.focus();
  if (to > from) field.setSelectionRange(from, to);
  bringIntoView(field, from);
}

/**
 * A text field scrolls to what is selected only in some browsers, so the lines above are counted.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {number} at
 */
function bringIntoView(field, at) {
  field.scrollIntoView({ block: "center" });
  if (field.localName !== "textarea") return;
  const above = at / Math.max(field.value.length, 1);
  field.scrollTop = Math.max(above * field.scrollHeight - field.clientHeight / 2, 0);
}

/** @param {HTMLElement} shown */
async function refresh(shown) {
  const address = shown.dataset.checks;
  if (!address) return;
  // Whoever is reading the list keeps it until they leave it.
  isLate = shown.contains(document.activeElement);
  if (isLate) return;
  question.abort();
  question = new AbortController();
  const { signal } = question;
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = await answer.text().catch(() => "");
  if (page && !signal.aborted) show(shown, new DOMParser().parseFromString(page, "text/html"));
}

/**
 * @param {HTMLElement} shown
 * @param {Document} page
 */
function show(shown, page) {
  const open = new Set(findAll(HTMLDetailsElement, "details[open]", shown).map(nameOf));
  const [sentence, said] = [shown, page].map((one) => find(HTMLElement, "[data-sentence]", one));
  const [found, now] = [shown, page].map((one) => find(HTMLElement, "[data-findings]", one));
  if (!sentence || !said || !found || !now) return;
  for (const one of findAll(HTMLDetailsElement, "details", now)) one.open = open.has(nameOf(one));
  found.replaceChildren(...now.childNodes);
  announce(sentence, said.textContent);
}

/** @param {HTMLDetailsElement} details */
function nameOf(details) {
  const beside = [...(details.parentElement?.children ?? [])].filter((one) => one.localName === "details");
  return `${details.closest(".check")?.id} ${beside.indexOf(details)}`;
}

if (list) {
  list.addEventListener("click", lead);
  form.addEventListener("saved", (event) => {
    const { draft } = /** @type {CustomEvent<{draft: string}>} */ (event).detail;
    // The first save of a page gives it a draft, and that its checks.
    if (draft) list.dataset.checks ??= `/drafts/${draft}/checks/`;
    refresh(list);
  });
  // A draft that is sent in has no checks any more.
  window.addEventListener("submit", (event) => {
    if (event.target === form && !event.defaultPrevented) question.abort();
  });
  list.addEventListener("focusout", () => {
    if (isLate) setTimeout(() => refresh(list));
  });
}
