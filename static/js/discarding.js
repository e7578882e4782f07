// A draft that is discarded leaves nothing behind in this browser, once the wiki says that it is gone.

import { findAll } from "./dom.js";
import { forget, handOver, keptNames, takeOver } from "./store.js";
import { readName } from "./text/copy_names.js";

const NOTE = "discarding";

for (const form of findAll(HTMLFormElement, "form[data-forgets]")) {
  form.addEventListener("submit", () => {
    const { writer = "", forgets = "", slug = "" } = form.dataset;
    handOver(NOTE, JSON.stringify([writer, forgets, slug]));
  });
}

for (const list of findAll(HTMLElement, "[data-gone]")) {
  const [writer, address, slug] = JSON.parse(takeOver(NOTE) ?? "[]");
  if (!address || list.dataset.gone !== address) continue;
  const isOfDraft = (/** @type {string} */ place) =>
    place === address || Boolean(slug && place.startsWith(`/wiki/${slug}/edit/`));
  for (const name of keptNames()) {
    const copy = readName(name);
    const source = name.startsWith(`${writer}:source:`) ? name.slice(`${writer}:source:`.length) : "";
    if (copy ? copy.writer === writer && isOfDraft(copy.place) : isOfDraft(source)) forget(name);
  }
}
