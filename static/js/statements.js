// Rows of statements: added and removed on the spot, with relations that fit both pages, and said in words.
// Without it each button posts the form, and the answer brings the same.

const section = document.querySelector("#statements");
const rows = section?.querySelector("[data-rows]");
const blank = document.getElementById("statement-row");
const WAIT = 300; // milliseconds between the last change of a row and the question what it says
const relations = [...(blank?.content.querySelectorAll("select[name$=-relation] option") ?? [])];
const waiting = new WeakMap();

const all = () => [...rows.querySelectorAll(".srow")];
const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
const kind = () => document.getElementById("kind")?.value ?? "";
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// Rows

function add() {
  rows.append(blank.content.cloneNode(true));
  number();
  const row = all().at(-1);
  offer(row);
  part(row, "relation").focus();
}

// Gives every row the number of its place, wherever its number stands.
function number() {
  all().forEach((row, place) => {
    for (const one of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of one.attributes) {
        const told = attribute.value.replace(/\b(statements?|remove-statement|remove-source|add-source)-\d+/g, `$1-${place}`);
        if (told !== attribute.value && attribute.name !== "class") attribute.value = told;
      }
      const label = one.getAttribute("aria-label");
      if (label) one.setAttribute("aria-label", label.replace(/(statement )\d+/, `$1${place + 1}`));
    }
    row.querySelector("legend").textContent = `Statement ${place + 1}`;
    row.querySelector("button[value^=remove-statement]").textContent = `Remove statement ${place + 1}`;
  });
}

// The keyboard stays where the row was, on the button that brings it back.
function remove(row) {
  const name = row.querySelector("legend").textContent;
  const gone = document.createElement("p");
  gone.className = "hint row";
  const back = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-s", textContent: `Put ${name.toLowerCase()} back` });
  gone.append(`${name} is removed.`, back);
  row.replaceWith(gone);
  number();
  back.addEventListener("click", () => {
    gone.replaceWith(row);
    number();
    changed(part(row, "relation"));
    part(row, "relation").focus();
  });
  changed(rows);
  back.focus();
}

// A source that was chosen stands among the row's sources at once, and the field is free for the next.
function cite(row, { value, label }) {
  const field = part(row, "sources");
  const place = all().indexOf(row);
  const chips = row.querySelector(".chips") ?? element("ul", { className: "chips" }, { "aria-label": `Sources of statement ${place + 1}` });
  if (!chips.isConnected) field.closest(".field").before(chips);
  if (![...chips.querySelectorAll("input")].some((one) => one.value === value)) {
    const key = element("input", { type: "hidden", name: `statements-${place}-cited`, value });
    const words = element("span", { textContent: `${label} ` });
    words.append(element("span", { className: "hint", textContent: value }));
    const act = `remove-source-${place}-${chips.children.length}`;
    const button = element("button", { type: "submit", name: "act", value: act, textContent: "✕" }, { "aria-label": `Remove source ${value} from statement ${place + 1}` });
    const line = element("li");
    line.append(key, words, button);
    chips.append(line);
  }
  field.value = "";
  changed(field);
}

function element(tag, properties, attributes = {}) {
  const one = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

function removeSource(button) {
  const row = button.closest(".srow");
  button.closest("li").remove();
  row.querySelectorAll("button[value^=remove-source]").forEach((one, place) => (one.value = one.value.replace(/\d+$/, place)));
  if (!row.querySelector(".chips li")) row.querySelector(".chips")?.remove();
  changed(part(row, "sources"));
  part(row, "sources").focus();
}

section?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=act]");
  if (!button || !blank) return;
  const row = button.closest(".srow");
  const act = button.value;
  if (act === "add-statement") add();
  else if (act.startsWith("remove-statement")) remove(row);
  else if (act.startsWith("remove-source")) removeSource(button);
  else return;
  event.preventDefault();
});

// Relations that fit

function fits(option, mine, theirs) {
  const { subjects, objects, same } = option.dataset;
  if (subjects === undefined) return true;
  if (mine && !subjects.split(" ").includes(mine)) return false;
  if (theirs && !objects.split(" ").includes(theirs)) return false;
  return same === undefined || !mine || !theirs || mine === theirs;
}

function offer(row) {
  const select = part(row, "relation");
  const chosen = select.value;
  const offered = relations
    .map((option) => [option, fits(option, kind(), part(row, "object").dataset.end)])
    .filter(([option, fitting]) => fitting || option.value === chosen)
    .map(([{ value, textContent }, fitting]) => new Option(fitting ? textContent : `${textContent} (does not fit)`, value, false, value === chosen));
  select.replaceChildren(...offered);
}

// What a row says, in words

function ask(row, wait = WAIT) {
  const state = waiting.get(row) ?? {};
  waiting.set(row, state);
  clearTimeout(state.timer);
  state.asked?.abort();
  state.timer = setTimeout(() => say(row, state), wait);
}

async function say(row, state) {
  const asked = (state.asked = new AbortController());
  const address = new URL(rows.dataset.tie, location.href);
  const title = document.getElementById("title")?.value ?? "";
  const values = { page: rows.dataset.page, title, kind: kind(), relation: part(row, "relation").value, object: part(row, "object").value };
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok || answer.redirected) return;
    const words = await answer.text();
    if (asked.signal.aborted) return;
    row.querySelector("[data-tie]").innerHTML = words;
    part(row, "object").dataset.end = row.querySelector("[data-tie] [data-end]").dataset.end;
    offer(row);
  } catch {
    // The words are a help; the form does without.
  }
}

rows?.addEventListener("chosen", (event) => {
  const row = event.target.closest(".srow");
  if (!row) return;
  if (event.target === part(row, "sources")) cite(row, event.detail);
  if (event.target !== part(row, "object")) return;
  event.target.dataset.end = event.detail.kind_id ?? "";
  offer(row);
  ask(row, 0);
});
rows?.addEventListener("input", (event) => {
  const row = event.target.closest(".srow");
  if (!row || !/-(object|relation)$/.test(event.target.name ?? "")) return;
  if (event.target === part(row, "object")) {
    event.target.dataset.end = "";
    offer(row);
  }
  ask(row);
});
for (const id of ["kind", "title"]) {
  document.getElementById(id)?.addEventListener("input", () => {
    for (const row of rows ? all() : []) {
      if (id === "kind") offer(row);
      if (part(row, "object").value) ask(row);
    }
  });
}
