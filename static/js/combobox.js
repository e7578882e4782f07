// Helps to find pages and sources by other names and codes. Without it the fields take what is typed.

const form = document.querySelector("form[data-editing]");

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
