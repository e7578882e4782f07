// Nothing typed is lost. Without it each button saves everything first.

const form = document.querySelector("form[data-editing]");

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

// Nobody leaves by accident with words that are not saved.
let changed = false;
form?.addEventListener("input", () => (changed = true));
form?.addEventListener("submit", () => (changed = false));
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
