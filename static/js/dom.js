// Elements of the page: finding them, making them, and saying things aloud.

/**
 * Find the first element of a type.
 * @template {Element} Type
 * @param {new () => Type} type
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Type | null}
 */
export function find(type, selector, within = document) {
  const found = within.querySelector(selector);
  return found instanceof type ? found : null;
}

/**
 * Find the first element of a type, which the template always has.
 * @template {Element} Type
 * @param {new () => Type} type
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Type}
 */
export function need(type, selector, within = document) {
  const found = find(type, selector, within);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

/**
 * Find all elements of a type.
 * @template {Element} Type
 * @param {new () => Type} type
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Type[]}
 */
export function findAll(type, selector, within = document) {
  return [...within.querySelectorAll(selector)].flatMap((one) => (one instanceof type ? [one] : []));
}

/**
 * Return the closest element of a type around what an event happened to.
 * @template {Element} Type
 * @param {Event} event
 * @param {new () => Type} type
 * @param {string} selector
 * @returns {Type | null}
 */
export function around(event, type, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof type ? found : null;
}

/**
 * Return a copy of what a template of the page holds.
 * @param {string} id
 * @returns {DocumentFragment | null}
 */
export function copyOf(id) {
  const template = find(HTMLTemplateElement, `#${id}`);
  return template && document.importNode(template.content, true);
}

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, ...children) {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...children);
  return one;
}

/**
 * Make a button that a script acts on: it sends no form.
 * @param {string} words
 * @param {() => void} act
 * @param {string} [className]
 * @returns {HTMLButtonElement}
 */
export function makeButton(words, act, className = "btn") {
  const one = make("button", { type: "button", className, textContent: words });
  one.addEventListener("click", act);
  return one;
}

/**
 * Say something in a live region, which screen readers read out when it changes.
 * @param {Element} region
 * @param {string} words
 * @param {object} [options]
 * @param {HTMLAnchorElement | null} [options.link] what follows the words
 * @param {boolean} [options.isRepeated] whether the same sentence is said again, after the same act
 * @returns {boolean} whether the region says something else than before
 */
export function announce(region, words, { link = null, isRepeated = false } = {}) {
  const whole = link ? `${words} ${link.textContent}` : words;
  const isSame = region.textContent === whole;
  if (isSame && !(isRepeated && words)) return false;
  // The same sentence is read out again only if it is not the same to the browser.
  region.replaceChildren(isSame ? `${words}\u00a0` : words, ...(link ? [" ", link] : []));
  return true;
}
