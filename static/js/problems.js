// Where something was not done, the keyboard and a screen reader begin at what went wrong, and the title says it.

import { find } from "./dom.js";

const [page] = performance.getEntriesByType("navigation");
const isRefused = page instanceof PerformanceNavigationTiming && page.responseStatus >= 400;
const problems = find(HTMLElement, "main .errors[role=alert]");
// A draft that is opened names what it lacks, and nobody has asked for it yet.
if (problems && (isRefused || !find(HTMLFormElement, "form[data-editing]"))) {
  document.title = `Error: ${document.title}`;
  if (!location.hash) {
    problems.tabIndex = -1;
    problems.focus();
  }
}
