// What is typed into “Add a source” is sent by its own buttons only: until one has arrived, this browser keeps it.

const form = document.querySelector("form[data-editing]");
const fields = [...(form?.elements ?? [])].filter((one) => one.name?.startsWith("source-") && one.type !== "hidden" && one.localName !== "select");
const place = () => `causeway:${form.dataset.writer}:source:${new URL(form.action).pathname}`;
let shelved = "";

function store(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // A browser that keeps nothing can still send.
  }
}

const drop = () => store((shelf) => [shelved, place()].forEach((name) => shelf.removeItem(name)));

function keep(more = {}) {
  drop();
  shelved = place();
  const words = fields.filter((one) => one.value).map(({ name, value }) => [name, value]);
  if (!words.length) return;
  const copy = JSON.stringify({ words, saved: form.elements.saved?.value ?? "", when: Date.now(), ...more });
  store((shelf) => shelf.setItem(shelved, copy));
}

function putBack() {
  const { words, saved, submitted } = JSON.parse(store((shelf) => shelf.getItem(place())) ?? "{}");
  // The form has other words of it, or one of its buttons has arrived: each saves the draft, too.
  const hasArrived = submitted && saved !== (form.elements.saved?.value ?? "");
  if (!words || hasArrived || fields.some((one) => one.value)) return drop();
  for (const [name, value] of words) {
    const field = fields.find((one) => one.name === name);
    if (field) field.value = value;
  }
  fields[0].closest("details").open = true;
}

if (fields.length && form.dataset.autosave) {
  putBack();
  form.addEventListener("input", (event) => fields.includes(event.target) && keep());
  // The first save gives the form another address.
  form.addEventListener("saved", () => keep());
  form.addEventListener("submit", (event) => keep({ submitted: ["add-source", "find-source"].includes(event.submitter?.value) }));
}
