// Light or dark by choice, without a visit to the server: the same cookie that /appearance/ sets.
const form = document.querySelector("form.theme");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const theme = event.submitter.value;
  document.cookie = `theme=${theme};path=/;max-age=${theme ? 31536000 : 0};samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
});
