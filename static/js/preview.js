// The preview beside the text: it says when it cannot follow, and it scrolls along. Without this script a button
// posts the form and shows it anew.

import { announce, around, copyOf, findAll, make, need } from "./dom.js";
import { besideOf, scaleOf } from "./text/scrolling.js";
import { editor, layOut } from "./text_field.js";

const OFFLINE =
  "The preview stands still: the wiki cannot be reached. " +
  "Your text is kept here; the preview follows when you go on.";
const SIGNED_OUT =
  "The preview stands still: you are signed out. Your text is kept here; sign in again to go on.";
const FAILED =
  "The preview could not be made just now. Your text is kept here; the preview follows when you go on.";

const preview = need(HTMLElement, "#preview");
const panes = need(HTMLElement, ".panes");
const told = need(HTMLElement, "#preview-status");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

// What comes back. The script of django-markdownx shows whatever it gets, a page of errors too; here its answer
// is looked at first, and one that is no preview, or that a newer question has overtaken, goes no further.

const ADDRESS = editor.dataset.markdownxUrlsPath;
const open = XMLHttpRequest.prototype.open;
/** @type {XMLHttpRequest | null} */
let newest = null;

/**
 * @this {XMLHttpRequest}
 * @param {string} method
 * @param {string | URL} address
 * @param {boolean} [isAsync]
 * @param {string | null} [user]
 * @param {string | null} [password]
 */
XMLHttpRequest.prototype.open = function (method, address, isAsync = true, user, password) {
  open.call(this, method, address, isAsync, user, password);
  if (address === ADDRESS) watch(this);
};

/** @param {XMLHttpRequest} question */
function watch(question) {
  newest = question;
  preview.ariaBusy = "true";
  question.addEventListener("load", (event) => settle(event, reason(question)));
  question.addEventListener("error", (event) => settle(event, OFFLINE));
}

/**
 * @param {Event} event
 * @param {string} sentence
 */
function settle(event, sentence) {
  const isOvertaken = event.target !== newest;
  if (isOvertaken || sentence) event.stopImmediatePropagation();
  if (isOvertaken) return;
  preview.ariaBusy = null;
  preview.classList.toggle("stale", Boolean(sentence));
  announce(told, sentence);
  told.hidden = !sentence;
}

/**
 * @param {XMLHttpRequest} question
 * @returns {string} why there is no preview; empty if there is one
 */
function reason(question) {
  const path = new URL(question.responseURL || location.href, location.href).pathname;
  if (path !== ADDRESS || [401, 403].includes(question.status)) return SIGNED_OUT;
  if (question.status === 200) return "";
  const isPlain = question.getResponseHeader("Content-Type")?.startsWith("text/plain") ?? false;
  return isPlain && question.status < 500 ? question.responseText : FAILED;
}

// On a narrow screen one of the two is shown.

const choice = copyOf("panes");
if (choice) {
  need(HTMLTemplateElement, "#panes").replaceWith(choice);
  panes.dataset.shown = "text";
  need(HTMLElement, ".panes-switch", panes).addEventListener("click", (event) => {
    const button = around(event, HTMLButtonElement, "button");
    if (!button) return;
    panes.dataset.shown = button.dataset.show ?? "";
    for (const one of findAll(HTMLButtonElement, "[data-show]", panes))
      one.ariaPressed = String(one === button);
    isStale = true;
    follow();
  });
}

// Scrolling along. A copy of the text that nobody sees tells at which height each block of it begins; the
// preview says with data-line which block is whose. Both are measured once after a change, when they are needed.

const copy = make("div", { className: "copy", ariaHidden: "true" });
/** @type {import("./text/scrolling.js").Height[]} */
let scale = [];
let isStale = true; // whether the text or its preview has changed since they were measured
let isAsked = false;

function measure() {
  const lines = editor.value.split("\n");
  const blocks = blocksByLine(lines.length);
  const parts = blocks.map(({ line }, place) => {
    const text = lines.slice(line, blocks[place + 1]?.line).join("\n");
    return make("span", { textContent: `${text}\n` });
  });
  const first = blocks[0]?.line ?? 0;
  layOut(copy, `${lines.slice(0, first).join("\n")}${first ? "\n" : ""}`, ...parts);
  const top = preview.getBoundingClientRect().top - preview.scrollTop;
  /** @type {import("./text/scrolling.js").Height[]} */
  const heights = blocks.map(({ block }, place) => [
    parts[place]?.offsetTop ?? 0,
    block.getBoundingClientRect().top - top,
  ]);
  scale = scaleOf(heights, [editor.scrollHeight, preview.scrollHeight]);
  copy.remove();
  isStale = false;
}

/**
 * @param {number} count how many lines the text has
 * @returns {{line: number, block: HTMLElement}[]} the first block of the preview for each line that has one
 */
function blocksByLine(count) {
  /** @type {Map<number, HTMLElement>} */
  const starts = new Map();
  for (const block of findAll(HTMLElement, "[data-line]", preview)) {
    const line = Number(block.dataset.line);
    if (!starts.has(line) && line < count) starts.set(line, block);
  }
  return [...starts].map(([line, block]) => ({ line, block })).sort((one, other) => one.line - other.line);
}

function follow() {
  isAsked = false;
  const most = editor.scrollHeight - editor.clientHeight;
  if (most <= 0 || !preview.offsetHeight) return;
  if (isStale) measure();
  // What stands at the top is kept at the top, what stands at the end at the end.
  const part = editor.scrollTop / most;
  const height = editor.scrollTop + part * editor.clientHeight;
  preview.scrollTop = besideOf(scale, height) - part * preview.clientHeight;
}

function soon() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(follow);
}

function remeasure() {
  isStale = true;
  soon();
}

editor.addEventListener("scroll", () => calm.matches || soon(), { passive: true });
editor.addEventListener("scrollend", soon, { passive: true });
editor.addEventListener("input", () => {
  isStale = true;
});
panes.addEventListener("markdownx.update", remeasure);
new ResizeObserver(remeasure).observe(editor);
