// The toolbar over the text, and its keys. Everything works without it: each button posts the form.

import { around, copyOf, find, findAll } from "./dom.js";
import { askForPage, askForSource } from "./reference_windows.js";
import { emphasise } from "./text/emphasis.js";
import { continueList, heading, list } from "./text/lines.js";
import { inWords, isPressed, shortcutOf } from "./text/shortcuts.js";
import { table } from "./text/table.js";
import { editor, put, sayBelow, selected } from "./text_field.js";

/** @typedef {import("./text/edit.js").TextChange} TextChange */

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// django-markdownx takes Tab, Ctrl+D, Ctrl+[ and Ctrl+] for itself, which traps the keyboard. Its listener
// sits on the editor; a capturing one on the window comes first and lets the browser do the usual thing.
window.addEventListener(
  "keydown",
  (event) => {
    const isTaken = event.key === "Tab" || ((event.ctrlKey || event.metaKey) && "d[]".includes(event.key));
    if (isTaken && event.target === editor) event.stopImmediatePropagation();
  },
  true,
);

/** @param {TextChange} told */
function change({ edit, announcement }) {
  put(edit);
  if (announcement) sayBelow(announcement);
}

/** @type {Record<string, () => void>} */
const TOOLS = {
  heading: () => change(heading(selected(), "##", "Heading")),
  subheading: () => change(heading(selected(), "###", "Subheading")),
  bold: () => change(emphasise(selected(), 2, "Bold")),
  italic: () => change(emphasise(selected(), 1, "Italic")),
  bullets: () => change(list(selected(), false, "Bulleted list")),
  numbers: () => change(list(selected(), true, "Numbered list")),
  table: () => change(table(selected())),
  link: askForPage,
  cite: askForSource,
};

editor.before(copyOf("toolbar") ?? "");
const toolbar = find(HTMLElement, ".toolbar");
const buttons = () => (toolbar ? findAll(HTMLButtonElement, "button", toolbar) : []);
const shortcuts = buttons().flatMap((one) => {
  const { ariaKeyShortcuts: name } = one;
  return name ? [{ name, one, tool: one.dataset.tool ?? "", shortcut: shortcutOf(name) }] : [];
});

for (const { name, one } of shortcuts) {
  if (isMac) one.ariaKeyShortcuts = name.replace("Control", "Meta");
  one.title = `${one.ariaLabel ?? one.textContent} (${inWords(name, isMac)})`;
}
if (isMac) {
  for (const key of findAll(HTMLElement, ".keys kbd")) {
    key.textContent = key.textContent.replace("Ctrl", "⌘").replace("Alt", "⌥");
  }
}

/**
 * The toolbar is one stop of the keyboard; the arrow keys go along it.
 * @param {Element | null | undefined} to
 */
function rove(to) {
  for (const one of buttons()) one.tabIndex = one === to ? 0 : -1;
}

/** @param {KeyboardEvent} event */
function walk(event) {
  const all = buttons();
  const button = around(event, HTMLButtonElement, "button");
  const here = button ? all.indexOf(button) : -1;
  /** @type {Record<string, number>} */
  const places = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 };
  const to = places[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  all[(to + all.length) % all.length]?.focus();
}

if (toolbar) {
  rove(buttons()[0]);
  const keepStop = () => rove(find(HTMLElement, "[tabindex='0']", toolbar));
  new MutationObserver(keepStop).observe(toolbar, { childList: true });
  toolbar.addEventListener("mousedown", (event) => event.preventDefault());
  toolbar.addEventListener("focusin", (event) => rove(around(event, HTMLButtonElement, "button")));
  toolbar.addEventListener("click", (event) => {
    const tool = around(event, HTMLButtonElement, "button")?.dataset.tool;
    if (tool) TOOLS[tool]?.();
  });
  toolbar.addEventListener("keydown", walk);
}

/** @param {KeyboardEvent} event */
function breakLine(event) {
  const { isComposing, shiftKey, altKey, ctrlKey, metaKey } = event;
  const told = isComposing || shiftKey || altKey || ctrlKey || metaKey ? null : continueList(selected());
  if (!told) return;
  event.preventDefault();
  change(told);
}

editor.addEventListener("keydown", (event) => {
  if (event.key === "Enter") return breakLine(event);
  // With AltGr people type signs of their language.
  if (!(isMac ? event.metaKey : event.ctrlKey) || event.getModifierState("AltGraph")) return;
  const pressed = shortcuts.find(({ shortcut }) => isPressed(shortcut, event));
  if (!pressed) return;
  event.preventDefault();
  TOOLS[pressed.tool]?.();
});
