// Leads from what the checks found to the very words, and asks anew after each save that loads no page.

const list = document.getElementById("checks");
const form = document.querySelector("form[data-editing]");

// The checks count characters, a text field counts what UTF-16 needs for them.
const unitsOf = (text, characters) => [...text].slice(0, characters).join("").length;

list?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field?.setSelectionRange || field.type === "hidden") return;
  event.preventDefault();
  const [from, to] = placeIn(field.value, link.dataset);
  field.focus();
  if (to > from) field.setSelectionRange(from, to);
  bringIntoView(field, from);
});

// The place where the words stood when they were checked, or the nearest one where they stand now.
function placeIn(text, { from, to, words = "" }) {
  const sought = words.replace(/…$/, "");
  const guess = from ? unitsOf(text, Number(from)) : 0;
  const end = to ? unitsOf(text, Number(to)) : 0;
  if (!sought || text.slice(guess, end).includes(sought.split("\n")[0])) {
    const at = sought ? text.indexOf(sought, guess) : -1;
    return at >= guess && at + sought.length <= end ? [at, at + sought.length] : [guess, end];
  }
  const at = [text.indexOf(sought, guess), text.lastIndexOf(sought, guess)].filter((place) => place >= 0);
  const nearest = at.sort((one, other) => Math.abs(one - guess) - Math.abs(other - guess))[0];
  return nearest === undefined ? [guess, end] : [nearest, nearest + sought.length];
}

// A text field scrolls to what is selected only in some browsers, so the lines above are counted.
function bringIntoView(field, at) {
  field.scrollIntoView({ block: "center" });
  if (field.localName !== "textarea") return;
  const above = field.value.slice(0, at).length / Math.max(field.value.length, 1);
  field.scrollTop = Math.max(above * field.scrollHeight - field.clientHeight / 2, 0);
}

let asked = 0;
let late = false;

async function refresh() {
  const address = list.dataset.checks;
  if (!address) return;
  // Whoever is reading the list keeps it until they leave it.
  if ((late = list.contains(document.activeElement))) return;
  const mine = ++asked;
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== asked) return;
  show(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

function show(page) {
  const open = new Set([...list.querySelectorAll("details[open]")].map(nameOf));
  const [sentence, said] = [list, page].map((one) => one.querySelector("[data-sentence]"));
  const [found, now] = [list, page].map((one) => one.querySelector("[data-found]"));
  if (!sentence || !said) return;
  for (const one of now.querySelectorAll("details")) one.open = open.has(nameOf(one));
  found.replaceChildren(...now.childNodes);
  // Said aloud only when it is something else than before.
  if (sentence.textContent !== said.textContent) sentence.textContent = said.textContent;
}

const nameOf = (details) =>
  `${details.closest(".check").id} ${[...details.parentNode.children].filter((one) => one.localName === "details").indexOf(details)}`;

form?.addEventListener("saved", ({ detail }) => {
  if (!list) return;
  // The first save of a page gives it a draft, and that its checks.
  if (detail?.draft) list.dataset.checks ??= `/drafts/${detail.draft}/checks/`;
  refresh();
});
list?.addEventListener("focusout", () => {
  if (late) setTimeout(refresh);
});
