// Helps while one writes the text. Everything works without it: each button posts the form.

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
