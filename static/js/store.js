// What is kept in this browser. One that keeps nothing, or has no room left, can do everything else.

const PREFIX = "causeway:";

/**
 * @template Result
 * @param {() => Storage} shelf a browser may refuse even to name it
 * @param {(storage: Storage) => Result} act
 * @returns {Result | null}
 */
function attempt(shelf, act) {
  try {
    return act(shelf());
  } catch {
    return null;
  }
}

const inBrowser = () => localStorage;
const inTab = () => sessionStorage;

/**
 * @param {string} name
 * @returns {string | null}
 */
export function readText(name) {
  return attempt(inBrowser, (storage) => storage.getItem(PREFIX + name));
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {boolean} whether it is kept
 */
export function writeText(name, text) {
  const isKept = attempt(inBrowser, (storage) => {
    storage.setItem(PREFIX + name, text);
    return true;
  });
  return isKept ?? false;
}

/**
 * @param {string} name
 * @returns {unknown} what was written under the name; null if nothing was, or if it cannot be read
 */
export function read(name) {
  return parsed(readText(name));
}

/**
 * @param {string} name
 * @param {unknown} value what JSON can say
 * @returns {boolean} whether it is kept
 */
export function write(name, value) {
  return writeText(name, JSON.stringify(value));
}

/** @param {...string} names */
export function forget(...names) {
  for (const name of names) attempt(inBrowser, (storage) => storage.removeItem(PREFIX + name));
}

/** @returns {string[]} the names under which something is kept */
export function keptNames() {
  const all = attempt(inBrowser, (storage) => Object.keys(storage)) ?? [];
  return all.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
}

/**
 * Hand a note to the next page of this tab.
 * @param {string} name
 * @param {string} text
 */
export function handOver(name, text) {
  attempt(inTab, (storage) => storage.setItem(PREFIX + name, text));
}

/**
 * Take the note that the page before handed over.
 * @param {string} name
 * @returns {string | null}
 */
export function takeOver(name) {
  return attempt(inTab, (storage) => {
    const text = storage.getItem(PREFIX + name);
    storage.removeItem(PREFIX + name);
    return text;
  });
}

/**
 * @param {string | null} text
 * @returns {unknown}
 */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
