// What is pasted keeps its form: rich text becomes headings, lists and tables, an identifier alone a citation.
// The plain text is there at once; the server's answer takes its place, and undo brings it back.

const editor = document.querySelector(".markdownx-editor");
const ADDRESS = "/paste/";
const FORMED = /<(?:h[1-6]|b|strong|i|em|ul|ol|li|table|a|sup|sub|blockquote|del|s)[\s>]|mso-list|font-(?:weight|style)/i;
const NAMED = /^\s*(?:https?:\/\/\S{5,290}|(?:doi|pmid|pmc|pmcid|isbn|nct)\b.{3,60}|10\.\d{4,9}\/\S{1,280}|PMC\d+|NCT\d{8}|\d{7,8}|97[89][\d -]{10,14})\s*$/i;
const LONGEST = 1_000_000;
let plainly = false;

// With Shift people ask for plain text, and get it.
editor?.addEventListener("keydown", (event) => {
  plainly = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
});

editor?.addEventListener("paste", (event) => {
  const asked = plainly;
  plainly = false;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (asked || event.defaultPrevented || !text || !(NAMED.test(text) || FORMED.test(html))) return;
  const start = editor.selectionStart;
  const before = editor.value.slice(0, start);
  // The browser puts the plain text in by itself and says so.
  editor.addEventListener("input", () => take(start, before, editor.value.slice(start, editor.selectionEnd), html), { once: true });
});

async function take(start, before, plain, html) {
  const answer = await ask(plain, html);
  if (answer.said) return say(`Pasted as plain text. ${answer.said}`);
  if (!answer.markdown || answer.markdown === plain.trim()) return;
  // Somebody who has gone on in what was pasted keeps it as it is.
  if (!editor.value.startsWith(before + plain)) return;
  const caret = [editor.selectionStart, editor.selectionEnd];
  const [from, text] = answer.key ? cited(before, answer.markdown, editor.value.slice(start + plain.length)) : [start, framed(before, answer.markdown, plain, start)];
  const end = start + plain.length;
  const moved = text.length - (end - from);
  const [a, b] = caret.map((at) => (at >= end ? at + moved : from + text.length));
  const left = document.activeElement;
  editor.dispatchEvent(new CustomEvent("put", { detail: { start: from, end, text, from: a, to: b } }));
  if (left !== editor) left?.focus();
  report(answer);
}

async function ask(text, html) {
  const body = new FormData();
  body.append("text", text.length < 400 ? text : "");
  body.append("html", trimmed(html));
  body.append("csrfmiddlewaretoken", editor.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(ADDRESS, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.redirected || [401, 403].includes(answer.status)) return { said: "You are signed out, so its form could not be taken over." };
    if (answer.headers.get("Content-Type")?.includes("json")) return await answer.json();
  } catch {
    // The network has gone; the text is there.
  }
  return { said: "Its form could not be taken over, because the wiki cannot be reached." };
}

// What was copied, without the styles of the document that it was copied from.
function trimmed(html) {
  const [start, end] = [html.indexOf("<!--StartFragment-->"), html.lastIndexOf("<!--EndFragment-->")];
  return (start >= 0 && end > start ? html.slice(start + 20, end) : html).slice(0, LONGEST + 1);
}

// Blocks stand apart from the text around them; words within a line keep the blanks at their ends.
function framed(before, markdown, plain, start) {
  if (!markdown.includes("\n") && !/^(?:#|[-|>]|\d+\.)/.test(markdown)) {
    return /^[ \t]*/.exec(plain)[0] + markdown + /\s*$/.exec(plain)[0];
  }
  const after = editor.value.slice(start + plain.length);
  const gap = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return gap + markdown + (!after.trim() || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n");
}

// A citation stands behind its word after one blank; one behind another joins it.
function cited(before, mark, after) {
  const words = before.replace(/[ \t]+$/, "");
  if (/\[@[^[\]]+\]$/.test(words)) return [words.length - 1, `; ${mark.slice(1)}`];
  const from = words.length && !words.endsWith("\n") ? words.length : before.length;
  return [from, (from && from === words.length ? " " : "") + mark + (/^[\p{L}\p{N}]/u.test(after) ? " " : "")];
}

function report({ key, source, add, left_out: left = [] }) {
  const undo = "Undo brings back what was pasted.";
  if (key && source) return say(`Cited: ${source} ${undo}`);
  if (key) return say(`Cited ${key}. The wiki does not have this source yet. ${undo}`, add, "Add it (in a new window)");
  say(`Pasted with its form.${left.length ? ` Left out: ${left.join(", ")}.` : ""} ${undo}`);
}

function say(text, href, label) {
  editor.dispatchEvent(new CustomEvent("told", { detail: { text, href, label } }));
}
