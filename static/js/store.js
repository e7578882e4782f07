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
 */
export function writeText(name, text) {
  attempt(inBrowser, (storage) => storage.setItem(PREFIX + name, text));
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
 */
export function write(name, value) {
  writeText(name, JSON.stringify(value));
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
 * Forget the copies of what was typed that are older than this; what is kept without a time stays.
 * @param {number} age milliseconds
 * @param {number} now
 */
export function forgetOlderThan(age, now) {
  for (const name of keptNames()) {
    const kept = read(name);
    const isDated = kept !== null && typeof kept === "object" && "when" in kept;
    if (isDated && !(Number(kept.when) > now - age)) forget(name);
  }
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
