// Letters as keys of a screen, unless somebody types them into a field or has switched them off.

import { readText } from "./store.js";

export const CHOICE = "review-keys"; // where the browser keeps whether they are on

export const areOn = () => readText(CHOICE) !== "off";

/** @param {EventTarget | null} one */
function isTyping(one) {
  const fields = "input:not([type=radio], [type=checkbox]), textarea, select";
  return one instanceof HTMLElement && (one.isContentEditable || one.closest(fields) !== null);
}

/**
 * @param {Record<string, () => unknown>} acts of each key; what answers `false` leaves the key to the browser
 * @param {() => boolean} isOn
 */
export function listenToKeys(acts, isOn = areOn) {
  document.addEventListener("keydown", (event) => {
    const isOther = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (isOther || !isOn() || isTyping(event.target)) return;
    const act = Object.hasOwn(acts, event.key) && acts[event.key];
    if (act && act() !== false) event.preventDefault();
  });
}
