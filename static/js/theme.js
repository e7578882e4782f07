// Appearance by choice, without a visit to the server: the same cookie that /appearance/ sets.

import { find, findAll } from "./dom.js";

const YEAR = 365 * 24 * 3600; // seconds
const form = find(HTMLFormElement, "form.theme");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const theme = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers that are in use
  document.cookie = `theme=${theme};path=/;max-age=${theme ? YEAR : 0};samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of findAll(HTMLButtonElement, "button", form)) {
    button.ariaPressed = String(button.value === theme);
  }
});
