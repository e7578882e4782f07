// A draft that is discarded leaves nothing behind in this browser.

import { findAll } from "./dom.js";
import { forget, keptNames } from "./store.js";

for (const form of findAll(HTMLFormElement, "form[data-forgets]")) {
  form.addEventListener("submit", () => {
    const { writer, forgets, slug } = form.dataset;
    const isOfDraft = (/** @type {string} */ name) =>
      name.endsWith(`:${forgets}`) || Boolean(slug && name.includes(`:/wiki/${slug}/edit/`));
    forget(...keptNames().filter((name) => name.startsWith(`${writer}:`) && isOfDraft(name)));
  });
}
