// Says what another title means once the title is another one. Without it that is said all the time.
const note = document.querySelector("[data-renaming]");
const title = document.querySelector("form[data-editing] [name=title]");

if (note && title) {
  const show = () => {
    note.hidden = title.value.trim() === note.dataset.renaming;
  };
  title.addEventListener("input", show);
  show();
}
