// Helps while one writes. Everything works without it: each button posts the form.

const form = document.querySelector("form[data-editing]");
const editor = document.querySelector(".markdownx-editor");

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

// It would also upload pictures, which the wiki does not take.
for (const type of ["paste", "drop"]) {
  window.addEventListener(
    type,
    (event) => {
      if (event.target !== editor || !(event.clipboardData ?? event.dataTransfer)?.files.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}

// Marks around what is selected.
const tools = document.getElementById("toolbar")?.content.cloneNode(true);
if (tools) editor.before(tools);
document.querySelector(".toolbar")?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { before, after = "" } = button.dataset;
  let start = editor.selectionStart;
  const text = editor.value.slice(start, editor.selectionEnd);
  if ("line" in button.dataset) start = editor.value.lastIndexOf("\n", start - 1) + 1;
  const gap = "block" in button.dataset && start && editor.value[start - 1] !== "\n" ? "\n\n" : "";
  const selected = "line" in button.dataset ? editor.value.slice(start, editor.selectionEnd) : text;
  editor.setRangeText(gap + before + selected + after, start, editor.selectionEnd, "end");
  const end = start + gap.length + before.length + selected.length;
  editor.setSelectionRange(end, end);
  editor.focus();
  editor.dispatchEvent(new Event("input", { bubbles: true }));
});

// How long the summary is, said aloud only when it is too long.
for (const output of document.querySelectorAll("output[data-counts]")) {
  const field = document.getElementById(output.dataset.counts);
  const limit = Number(output.dataset.limit);
  const count = () => {
    const length = [...field.value.trim()].length;
    output.textContent = `${length} of ${limit} characters`;
    output.className = length > limit ? "error" : "";
    output.setAttribute("aria-live", length > limit ? "polite" : "off");
  };
  field.addEventListener("input", count);
  count();
}

// Pages and sources are looked up while one types, by other names and codes too.
const lists = { object: "/lookup/pages/", sources: "/lookup/sources/" };
let waiting;
form?.addEventListener("input", (event) => {
  const path = lists[/^statements-\d+-(object|sources)$/.exec(event.target.name ?? "")?.[1]];
  if (!path || event.target.value.trim().length < 2) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(event.target, path), 200);
});

async function suggest(input, path) {
  const answer = await fetch(`${path}?q=${encodeURIComponent(input.value)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { results } = await answer.json();
  const id = `${input.id}-list`;
  const list = document.getElementById(id) ?? Object.assign(document.createElement("datalist"), { id });
  list.replaceChildren(...results.map(option));
  input.after(list);
  if (results.length) input.setAttribute("list", id);
}

function option(result) {
  const label = result.text ?? (result.by === result.title ? result.kind : `${result.by} · ${result.kind}`);
  return Object.assign(document.createElement("option"), { value: result.title ?? result.key, label });
}

// Nobody leaves by accident with words that are not saved.
let changed = false;
form?.addEventListener("input", () => (changed = true));
form?.addEventListener("submit", () => (changed = false));
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
