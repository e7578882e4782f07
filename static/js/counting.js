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
