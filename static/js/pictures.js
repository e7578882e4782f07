// A picture by button, drop or paste: its form opens above the text, and its mark lands where one was.
// Without this script the same form is a page of its own.

const editor = document.querySelector(".markdownx-editor");
const ADDRESS = document.querySelector("[data-picture]")?.dataset.picture;
const TAKEN = ["image/jpeg", "image/png", "image/webp"];

const dialog = document.createElement("dialog");
dialog.className = "dialog stack";
dialog.setAttribute("aria-labelledby", "picture-h");

let entered = false; // whoever has not been in the text yet gets the picture at its end

if (ADDRESS) {
  document.body.append(dialog);
  listen();
}

function listen() {
  addToToolbar();
  editor.addEventListener("focus", () => (entered = true), { once: true });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-picture]")) return;
    event.preventDefault();
    open();
  });
  // Files that are dropped or pasted. What is pasted with words is text that brings its own picture along:
  // that is left to others, but django-markdownx, which listens on the editor itself, never gets a file.
  for (const type of ["paste", "drop"]) {
    editor.parentElement.addEventListener(
      type,
      (event) => {
        const brought = event.clipboardData ?? event.dataTransfer;
        if (event.target !== editor || !brought?.files.length) return;
        event.stopPropagation();
        if (event.defaultPrevented || [...brought.types].some((one) => one.startsWith("text/"))) return;
        event.preventDefault();
        open(brought.files[0]);
      },
      true,
    );
  }
  dialog.addEventListener("submit", send);
  dialog.addEventListener("change", (event) => {
    if (event.target.name === "file") view(event.target.files[0]);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    editor.focus();
  });
}

function addToToolbar() {
  const toolbar = document.querySelector(".toolbar");
  if (!toolbar || toolbar.querySelector("[data-picture]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Picture";
  button.dataset.picture = ADDRESS;
  toolbar.append(button);
  document.querySelector("button[type=submit][data-picture]").hidden = true;
}

async function open(file) {
  if (dialog.open) return;
  const answer = await ask(ADDRESS);
  if (!answer?.ok) {
    say("The form for a picture could not be opened. Your text is as you left it; try again in a moment.");
    return;
  }
  show(await answer.text());
  dialog.showModal();
  if (file) choose(file);
}

function show(html) {
  dialog.innerHTML = `<h2 id="picture-h">Add a picture</h2>${html}`;
  dialog.querySelector("[data-close]").hidden = false;
  const help = dialog.querySelector("#picture-shows_patient");
  const consent = dialog.querySelector(".consent");
  const follow = () => (consent.hidden = !help.checked);
  help.addEventListener("change", follow);
  follow();
}

function choose(file) {
  const field = dialog.querySelector("#picture-file");
  const held = new DataTransfer();
  held.items.add(file);
  field.files = held.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  dialog.querySelector("#picture-alt").focus();
}

// What was chosen, so that one can describe it. Our pages show data: but no blob: addresses.
function view(file) {
  dialog.querySelector("[data-view]")?.remove();
  if (!file || !TAKEN.includes(file.type)) return;
  const image = Object.assign(document.createElement("img"), { alt: "What you chose" });
  image.dataset.view = "";
  const reader = new FileReader();
  reader.addEventListener("load", () => (image.src = reader.result));
  reader.readAsDataURL(file);
  dialog.querySelector("#picture-file").after(image);
}

async function send(event) {
  event.preventDefault();
  const button = dialog.querySelector("[type=submit]");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  button.textContent = "Adding the picture …";
  const answer = await ask(event.target.action, { method: "POST", body: new FormData(event.target) });
  if (answer?.headers.get("Content-Type")?.startsWith("application/json")) {
    const { mark, sentence } = await answer.json();
    const here = entered;
    dialog.close();
    insert(mark, here);
    say(`${sentence} It stands in the text ${here ? "where you were" : "at its end"}.`);
  } else if (answer && [409, 422].includes(answer.status)) {
    show(await answer.text());
    dialog.querySelector(".errors")?.focus();
  } else {
    button.removeAttribute("aria-disabled");
    button.textContent = "Add this picture";
    refuse(answer);
  }
}

function refuse(answer) {
  dialog.querySelector(".errors")?.remove();
  const box = Object.assign(document.createElement("div"), { className: "errors", tabIndex: -1 });
  box.setAttribute("role", "alert");
  box.textContent = answer
    ? "The picture was not added. You may have been signed out: sign in in another window, then try again."
    : "The network is away. Nothing is lost; try again in a moment.";
  dialog.querySelector("h2").after(box);
  box.focus();
}

async function ask(address, options = {}) {
  try {
    return await fetch(address, { ...options, headers: { "X-Asked-By": "pictures.js" }, redirect: "manual" });
  } catch {
    return null;
  }
}

// A picture is a paragraph of its own.
function insert(mark, here) {
  const { value } = editor;
  const at = here ? editor.selectionEnd : value.length;
  const before = value.slice(0, at).replace(/\n+$/, "");
  const after = value.slice(at).replace(/^\n+/, "");
  const gap = before ? "\n\n" : "";
  const start = before.length;
  const detail = { start, end: value.length - after.length, text: `${gap}${mark}\n\n` };
  detail.from = detail.to = start + gap.length + mark.length;
  editor.dispatchEvent(new CustomEvent("put", { detail }));
}

function say(text) {
  editor.dispatchEvent(new CustomEvent("told", { detail: { text } }));
}
