// The preview beside the text: it says when it cannot follow, and it scrolls along. Without this script a button
// posts the form and shows it anew.

const editor = document.querySelector(".markdownx-editor");
const preview = document.getElementById("preview");
const panes = editor?.closest(".panes");
const told = document.getElementById("preview-told");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

// What comes back. The script of django-markdownx shows whatever it gets, a page of errors too; here its answer
// is looked at first, and one that is no preview, or that a newer question has overtaken, goes no further.

const ADDRESS = editor?.dataset.markdownxUrlsPath;
const { open } = XMLHttpRequest.prototype;
let newest = null;

XMLHttpRequest.prototype.open = function (method, address, ...more) {
  open.call(this, method, address, ...more);
  if (editor && address === ADDRESS) watch(this);
};

function watch(question) {
  newest = question;
  preview.setAttribute("aria-busy", "true");
  question.addEventListener("load", (event) => settle(event, reason(question)));
  question.addEventListener("error", (event) => settle(event, "The preview stands still: the wiki cannot be reached. Your text is kept here; the preview follows when you go on."));
}

function settle(event, sentence) {
  const late = event.target !== newest;
  if (late || sentence) event.stopImmediatePropagation();
  if (late) return;
  preview.removeAttribute("aria-busy");
  preview.classList.toggle("stale", Boolean(sentence));
  if (told.textContent !== sentence) told.textContent = sentence;
  told.hidden = !sentence;
}

function reason(question) {
  const moved = new URL(question.responseURL || location.href, location.href).pathname !== ADDRESS;
  if (moved || [401, 403].includes(question.status)) return "The preview stands still: you are signed out. Your text is kept here; sign in again to go on.";
  if (question.status === 200) return "";
  const sentence = (question.getResponseHeader("Content-Type") ?? "").startsWith("text/plain") && question.status < 500;
  return sentence ? question.responseText : "The preview could not be made just now. Your text is kept here; the preview follows when you go on.";
}

// On a narrow screen one of the two is shown.

const choice = document.getElementById("panes")?.content.cloneNode(true);
if (choice) {
  document.getElementById("panes").replaceWith(choice);
  panes.dataset.shown = "text";
  panes.querySelector(".panes-switch").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    panes.dataset.shown = button.dataset.show;
    for (const one of panes.querySelectorAll("[data-show]")) one.setAttribute("aria-pressed", String(one === button));
    dirty = true;
    follow();
  });
}

// Scrolling along. A copy of the text that nobody sees tells at which height each block of it begins; the
// preview says with data-line which block is whose. Both are measured once after a change, when they are needed.

const copy = Object.assign(document.createElement("div"), { className: "copy" });
copy.setAttribute("aria-hidden", "true");
let heights = [];
let dirty = true;
let asked = false;

function measure() {
  const style = getComputedStyle(editor);
  for (const name of ["font", "letterSpacing", "padding", "tabSize"]) copy.style[name] = style[name];
  copy.style.inlineSize = `${editor.clientWidth}px`;
  const lines = editor.value.split("\n");
  const starts = new Map();
  for (const block of preview.querySelectorAll("[data-line]")) {
    const line = Number(block.dataset.line);
    if (!starts.has(line) && line < lines.length) starts.set(line, block);
  }
  const at = [...starts.keys()].sort((one, other) => one - other);
  const parts = at.map((line, place) => {
    const part = document.createElement("span");
    part.textContent = `${lines.slice(line, at[place + 1]).join("\n")}\n`;
    return part;
  });
  copy.replaceChildren(`${lines.slice(0, at[0] ?? 0).join("\n")}${at[0] ? "\n" : ""}`, ...parts);
  panes.append(copy);
  const top = preview.getBoundingClientRect().top - preview.scrollTop;
  heights = at.map((line, place) => [parts[place].offsetTop, starts.get(line).getBoundingClientRect().top - top]);
  heights = [[0, 0], ...heights.filter(([, y], place) => !place || y >= heights[place - 1][1]), [editor.scrollHeight, preview.scrollHeight]];
  copy.remove();
  dirty = false;
}

// Where in the preview is what stands at this height of the text?
function beside(height) {
  const next = Math.max(1, heights.findIndex(([y]) => y > height));
  const [[from, to], [end, target]] = next < heights.length ? [heights[next - 1], heights[next]] : heights.slice(-2);
  return to + ((height - from) / Math.max(1, end - from)) * (target - to);
}

function follow() {
  asked = false;
  const most = editor.scrollHeight - editor.clientHeight;
  if (most <= 0 || !preview.offsetHeight) return;
  if (dirty) measure();
  // What stands at the top is kept at the top, what stands at the end at the end.
  const part = editor.scrollTop / most;
  preview.scrollTop = beside(editor.scrollTop + part * editor.clientHeight) - part * preview.clientHeight;
}

function soon() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(follow);
}

if (editor && preview) {
  editor.addEventListener("scroll", () => calm.matches || soon(), { passive: true });
  editor.addEventListener("scrollend", soon, { passive: true });
  editor.addEventListener("input", () => (dirty = true));
  panes.addEventListener("markdownx.update", () => {
    dirty = true;
    soon();
  });
  new ResizeObserver(() => {
    dirty = true;
    soon();
  }).observe(editor);
}
