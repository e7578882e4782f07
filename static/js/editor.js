// Helps while one writes the text. Everything works without it: each button posts the form.
//
// Others change the text through it: CustomEvent("put", {detail: {start, end, text}}) on the editor replaces
// that part so that undo brings it back, and CustomEvent("told", {detail: {text, href, label}}) says what was done.

const editor = document.querySelector(".markdownx-editor");
const mac = /Mac|iPhone|iPad/.test(navigator.platform);
const LETTER = /[\p{L}\p{N}]/u;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)]|>)(\s+)/;

// django-markdownx takes Tab, Ctrl+D, Ctrl+[ and Ctrl+] for itself, which traps the keyboard. Its listener
// sits on the editor; a capturing one on the window comes first and lets the browser do the usual thing.
window.addEventListener(
  "keydown",
  (event) => {
    const taken = event.key === "Tab" || ((event.ctrlKey || event.metaKey) && "d[]".includes(event.key));
    if (taken && event.target === editor) event.stopImmediatePropagation();
  },
  true,
);

// The text. What is typed by a command of the browser can be taken back with its own undo.

// Chromium types line by line, and takes seconds over a page; lines given to it as HTML it takes at once.
function type(text) {
  if (text.includes("\n")) {
    const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>");
    if (document.execCommand("insertHTML", false, text.endsWith("\n") ? `${html}<br>` : html)) return true;
  }
  return document.execCommand("insertText", false, text);
}

function put(start, end, text, from = start + text.length, to = from) {
  editor.focus();
  editor.setSelectionRange(start, end);
  const done = text ? type(text) : start === end || document.execCommand("delete");
  if (!done) {
    editor.setRangeText(text, start, end, "end");
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  editor.setSelectionRange(from, to);
}

// The words that a mark is to go around: what is selected less the blanks at its ends, or the word at the caret.
function words() {
  const { value } = editor;
  let { selectionStart: start, selectionEnd: end } = editor;
  if (start === end) {
    while (start > 0 && LETTER.test(value[start - 1])) start--;
    while (end < value.length && LETTER.test(value[end])) end++;
    return [start, end];
  }
  while (start < end && /\s/.test(value[start])) start++;
  while (end > start && /\s/.test(value[end - 1])) end--;
  return [start, end];
}

function emphasise(size, name) {
  const { value, selectionStart, selectionEnd } = editor;
  let [start, end] = words();
  if (/\n\s*\n/.test(value.slice(start, end))) return emphasiseEach(start, end, "*".repeat(size), name);
  while (end - start > 1 && value[start] === "*" && value[end - 1] === "*") (start++, end--);
  let around = 0;
  while (value[start - 1 - around] === "*" && value[end + around] === "*") around++;
  const on = size === 2 ? around >= 2 : around % 2 === 1;
  const after = "*".repeat(around + (on ? -size : size));
  const shift = after.length - around;
  const text = after + value.slice(start, end) + after;
  const [from, to] = selectionStart === selectionEnd ? [selectionStart, selectionStart] : [start, end];
  put(start - around, end + around, text, from + shift, to + shift);
  say(on ? `${name} taken away` : name);
}

// A mark ends with its paragraph, so each of several gets its own.
function emphasiseEach(start, end, mark, name) {
  const parts = editor.value.slice(start, end).split(/(\n\s*\n)/);
  const paragraphs = parts.filter((_, place) => place % 2 === 0);
  const on = paragraphs.every((one) => one.startsWith(mark) && one.endsWith(mark));
  const changed = parts.map((one, place) => (place % 2 ? one : on ? one.slice(mark.length, -mark.length) : mark + one + mark));
  put(start, end, changed.join(""), start, start + changed.join("").length);
  say(on ? `${name} taken away` : name);
}

// Each line of which something is selected, anew.
function changeLines(change) {
  const { value, selectionStart, selectionEnd } = editor;
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", last) < 0 ? value.length : value.indexOf("\n", last);
  const before = value.slice(start, end);
  const after = change(before.split("\n")).join("\n");
  const whole = selectionStart !== selectionEnd;
  const caret = Math.max(start, selectionStart + after.length - before.length);
  put(start, end, after, whole ? start : caret, whole ? start + after.length : caret);
}

function head(mark, name) {
  changeLines((lines) => {
    const on = lines.every((line) => !line.trim() || line.startsWith(`${mark} `));
    say(on && lines.some((line) => line.trim()) ? `${name} taken away` : name);
    const some = lines.some((line) => line.trim());
    return lines.map((line) => {
      const plain = line.replace(/^#{1,6}\s+/, "").replace(ITEM, "");
      if (some && !plain.trim()) return line;
      return on && some ? plain : `${mark} ${plain}`;
    });
  });
}

function list(numbered, name) {
  changeLines((lines) => {
    const filled = lines.filter((line) => line.trim());
    const fits = numbered ? /^\s*\d{1,9}[.)]\s/ : /^\s*[-*+]\s/;
    const on = filled.length > 0 && filled.every((line) => fits.test(line));
    say(on ? `${name} taken away` : name);
    let number = 0;
    return lines.map((line) => {
      if (filled.length && !line.trim()) return line;
      const indent = /^\s*/.exec(line)[0];
      const plain = line.replace(/^#{1,6}\s+/, "").replace(ITEM, "").trimStart();
      return on ? indent + plain : `${indent}${numbered ? `${++number}.` : "-"} ${plain}`;
    });
  });
}

function table() {
  const { value, selectionStart: start, selectionEnd: end } = editor;
  const row = (cells) => `| ${cells.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`;
  const rows = value.slice(start, end).includes("\t") ? value.slice(start, end).trim().split("\n").map((line) => line.split("\t")) : null;
  const [first, ...rest] = rows ?? [["Column", "Column"], ["", ""]];
  const text = [row(first), row(first.map(() => "---")), ...rest.map(row)].join("\n");
  const at = rows ? start : end;
  const before = value.slice(0, at);
  const gap = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const after = /^\n\n/.test(value.slice(end)) ? "" : value.slice(end).startsWith("\n") ? "\n" : "\n\n";
  const cell = at + gap.length + 2;
  put(at, end, gap + text + after, cell, cell + row(first).slice(2).search(/ \|/));
  say("Table with two columns put in; the name of the first is selected".replace(rows ? /.*/ : /$^/, "Table made of the selected rows"));
}

// A new line goes on with the list; one without words ends it.
function goOn(event) {
  const { value, selectionStart: start, selectionEnd: end } = editor;
  if (start !== end || event.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const [mark, indent, sign, blanks] = ITEM.exec(value.slice(from, start)) ?? [];
  if (!mark) return;
  event.preventDefault();
  const to = value.indexOf("\n", start) < 0 ? value.length : value.indexOf("\n", start);
  if (!value.slice(from + mark.length, to).trim()) {
    put(from, to, "");
    return say("List ended");
  }
  const next = /\d/.test(sign) ? `${Number.parseInt(sign, 10) + 1}${sign.at(-1)}` : sign;
  put(start, end, `\n${indent}${next}${blanks}`);
}

// Saying

document.getElementById("told") && editor.after(document.getElementById("told").content.cloneNode(true));
const told = document.querySelector(".told");

function say(text, href = "", label = "") {
  if (!told) return;
  const link = Object.assign(document.createElement("a"), { href, textContent: label, target: "_blank" });
  // The same sentence twice is said twice only if it is not the same to the browser.
  told.replaceChildren(told.textContent === text ? `${text}\u00a0` : text, ...(href ? [" ", link] : []));
}

// Asking for a page or a source, in a window over the text; the text stays as it is and selected.

document.body.append(document.getElementById("asking")?.content.cloneNode(true) ?? "");
const linking = document.getElementById("link-page");
const citing = document.getElementById("cite-source");
let place = [0, 0];

function ask(dialog, fill) {
  place = [editor.selectionStart, editor.selectionEnd];
  const field = dialog.querySelector("[data-lookup]");
  const selected = editor.value.slice(...place).trim();
  for (const input of dialog.querySelectorAll("input")) input.value = "";
  complain("");
  if (fill && selected && selected.length <= 200 && !/[\n[\]|]/.test(selected)) {
    for (const input of dialog.querySelectorAll("input")) input.value = selected;
  }
  dialog.showModal();
  field.focus();
  field.select();
  if (field.value) field.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const dialog of [linking, citing].filter(Boolean)) {
  const field = dialog.querySelector("[data-lookup]");
  dialog.addEventListener("close", () => {
    editor.focus();
    editor.setSelectionRange(...place);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
  // Enter takes what is typed, unless it is to take a line of the list.
  dialog.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || event.target !== field || event.isComposing || field.getAttribute("aria-activedescendant")) return;
      event.preventDefault();
      event.stopPropagation();
      field.form.requestSubmit();
    },
    true,
  );
}

function finish(dialog, act) {
  dialog.addEventListener("close", act, { once: true });
  dialog.close();
}

const title = linking?.querySelector("[data-lookup]");
linking?.addEventListener("chosen", (event) => link(event.detail.value, true));
linking?.addEventListener("submit", (event) => {
  event.preventDefault();
  link(title.value, false);
});

function link(name, known) {
  const [page, shown] = [name, linking.querySelector("#link-page-words").value].map((text) => text.replace(/[[\]|]/g, " ").replace(/\s+/g, " ").trim());
  if (!page) return title.focus();
  finish(linking, () => {
    const inTable = /(^|\n)\|[^\n]*$/.test(editor.value.slice(0, place[0]));
    put(...place, shown && shown !== page ? `[[${page}${inTable ? "\\|" : "|"}${shown}]]` : `[[${page}]]`);
    say(`Linked to ${page}.`);
    if (!known) look(page);
  });
}

async function look(page) {
  const same = (text) => text?.trim().toLowerCase() === page.toLowerCase();
  try {
    const answer = await fetch(`${title.dataset.lookup}?q=${encodeURIComponent(page)}`, { headers: { Accept: "application/json" } });
    const { results } = await answer.json();
    if (results.some((one) => same(one.value) || same(one.label) || same(one.by))) return;
    say(`Linked to ${page}, which is no page yet.`, title.dataset.offer + encodeURIComponent(page), "Propose it (in a new window)");
  } catch {
    // The preview says it too, when it can.
  }
}

const named = citing?.querySelector("[data-lookup]");
citing?.addEventListener("chosen", (event) => finish(citing, () => cite(event.detail.value, event.detail.label)));
citing?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = named.value.trim();
  if (!text) return named.focus();
  const body = new FormData();
  body.append("text", text);
  body.append("csrfmiddlewaretoken", editor.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(citing.dataset.address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.redirected || [401, 403].includes(answer.status)) return complain("You are signed out. Sign in again in another window, then try once more.");
    const found = await answer.json();
    if (answer.ok) finish(citing, () => cite(found.key, found.source, found.add));
    else complain(found.said);
  } catch {
    complain("The wiki cannot be reached just now. Try again in a moment.");
  }
});

function complain(sentence) {
  const error = citing?.querySelector(".error");
  if (!error) return;
  error.textContent = sentence;
  error.hidden = !sentence;
  named.toggleAttribute("aria-invalid", Boolean(sentence));
  if (sentence) named.setAttribute("aria-invalid", "true");
}

// A citation stands behind the word that it vouches for; one behind another joins it.
function cite(key, source, add) {
  const { value } = editor;
  let at = place[1];
  if (place[0] === at) while (at && LETTER.test(value[at - 1] ?? "") && LETTER.test(value[at] ?? "")) at++;
  const before = value.slice(0, at).replace(/[ \t]+$/, "");
  if (/\[@[^[\]]+\]$/.test(before)) put(before.length - 1, before.length - 1, `; @${key}`, before.length + key.length + 3);
  else {
    const blank = at && !/\s/.test(value[at - 1]) ? " " : "";
    put(at, at, `${blank}[@${key}]${LETTER.test(value[at] ?? "") ? " " : ""}`);
  }
  tell(key, source, add);
}

function tell(key, source, add, more = "") {
  if (source) say(`Cited: ${source}${more}`);
  else say(`Cited ${key}. The wiki does not have this source yet.${more}`, add, "Add it (in a new window)");
}

// The toolbar: one stop of the keyboard, the arrow keys go along it.

const tools = {
  heading: () => head("##", "Heading"),
  subheading: () => head("###", "Subheading"),
  bold: () => emphasise(2, "Bold"),
  italic: () => emphasise(1, "Italic"),
  bullets: () => list(false, "Bulleted list"),
  numbers: () => list(true, "Numbered list"),
  table,
  link: () => ask(linking, true),
  cite: () => ask(citing, false),
};
const template = document.getElementById("toolbar");
if (template) editor.before(template.content.cloneNode(true));
const toolbar = document.querySelector(".toolbar");
const buttons = () => [...toolbar.querySelectorAll("button")];

function rove(to) {
  for (const one of buttons()) one.tabIndex = one === to ? 0 : -1;
}

const keys = [];
for (const one of toolbar ? buttons() : []) {
  const shortcut = one.getAttribute("aria-keyshortcuts");
  if (!shortcut) continue;
  const parts = shortcut.split("+");
  keys.push({ tool: one.dataset.tool, key: parts.at(-1), alt: parts.includes("Alt"), shift: parts.includes("Shift") });
  if (mac) one.setAttribute("aria-keyshortcuts", shortcut.replace("Control", "Meta"));
  one.title = `${one.getAttribute("aria-label") ?? one.textContent} (${mac ? parts.join(" ").replace("Control", "⌘").replace("Alt", "⌥") : shortcut.replace("Control", "Ctrl")})`;
}
if (mac) for (const key of document.querySelectorAll(".keys kbd")) key.textContent = key.textContent.replace("Ctrl", "⌘").replace("Alt", "⌥");

if (toolbar) {
  rove(buttons()[0]);
  new MutationObserver(() => rove(toolbar.querySelector("[tabindex='0']"))).observe(toolbar, { childList: true });
  toolbar.addEventListener("mousedown", (event) => event.preventDefault());
  toolbar.addEventListener("focusin", (event) => rove(event.target.closest("button")));
  toolbar.addEventListener("click", (event) => tools[event.target.closest("button")?.dataset.tool]?.());
  toolbar.addEventListener("keydown", (event) => {
    const all = buttons();
    const here = all.indexOf(event.target.closest("button"));
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
}

editor?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") return goOn(event);
  // With AltGr people type signs of their language.
  if (!(mac ? event.metaKey : event.ctrlKey) || event.getModifierState("AltGraph")) return;
  const fits = ({ key }) => event.key.toUpperCase() === key || event.code === `Digit${key}` || (event.altKey && event.code === `Key${key}`);
  const pressed = keys.find((one) => one.alt === event.altKey && one.shift === event.shiftKey && fits(one));
  if (!pressed) return;
  event.preventDefault();
  tools[pressed.tool]?.();
});
editor?.addEventListener("put", ({ detail: { start, end, text, from, to } }) => put(start, end, text, from, to));
editor?.addEventListener("told", ({ detail: { text, href, label } }) => say(text, href, label));
