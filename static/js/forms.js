// Fields of forms.

/**
 * @param {unknown} one
 * @returns {one is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
export function isField(one) {
  return (
    one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement
  );
}

/**
 * @param {HTMLFormElement} within
 * @param {string} name
 * @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null} the one field of this name
 */
export function fieldOf(within, name) {
  const field = within.elements.namedItem(name);
  return isField(field) ? field : null;
}

/**
 * @param {HTMLFormElement} within
 * @param {string} name
 * @returns {string} what the field holds; empty if there is none
 */
export function valueIn(within, name) {
  return fieldOf(within, name)?.value ?? "";
}

/**
 * @param {HTMLFormElement} within
 * @returns {string} what proves to the wiki that the form is its own
 */
export function tokenOf(within) {
  return valueIn(within, "csrfmiddlewaretoken");
}
