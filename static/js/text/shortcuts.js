// The keys of the toolbar, as aria-keyshortcuts names them: “Control+Alt+1”.

/**
 * @typedef {object} Shortcut
 * @property {string} key
 * @property {boolean} alt
 * @property {boolean} shift
 */

/**
 * @typedef {object} Pressed
 * @property {string} key
 * @property {string} code
 * @property {boolean} altKey
 * @property {boolean} shiftKey
 */

/**
 * @param {string} name
 * @returns {Shortcut}
 */
export function shortcutOf(name) {
  const parts = name.split("+");
  return { key: parts.at(-1) ?? "", alt: parts.includes("Alt"), shift: parts.includes("Shift") };
}

/**
 * @param {Shortcut} shortcut
 * @param {Pressed} pressed
 * @returns {boolean} whether the keys are those of the shortcut, whatever signs they make on this keyboard
 */
export function isPressed({ key, alt, shift }, pressed) {
  if (alt !== pressed.altKey || shift !== pressed.shiftKey) return false;
  const isSign = pressed.key.toUpperCase() === key;
  return isSign || pressed.code === `Digit${key}` || (alt && pressed.code === `Key${key}`);
}

/**
 * @param {string} name
 * @param {boolean} isMac
 * @returns {string} the shortcut as people write it
 */
export function inWords(name, isMac) {
  if (!isMac) return name.replace("Control", "Ctrl");
  return name.replaceAll("+", " ").replace("Control", "⌘").replace("Alt", "⌥");
}
