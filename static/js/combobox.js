// Finds pages and sources while one types. Without it the fields take what is typed.
//
// Every input[data-lookup], present or added later, becomes an editable combobox with a list to choose from.
// The address answers {"results": [{value, label, kind, summary, by, mark}], "offer": {kind}}.
//   data-with="relation=ID kind=ID"  sends the values of other fields along
//   data-offer="/new/?title="        offers to propose what is missing, in a new tab
// Choosing puts the value into the input and dispatches "input" and CustomEvent("chosen", {detail: result}).

const PATIENCE = 150; // milliseconds between the last key and the question
const LEAST = 2; // characters before anything is looked up
const GAP = 6; // pixels between the list and what is around it
const OPTIONS = ":scope > [role=listbox] > [role=option]";
const combos = new WeakMap();
let open = null;
let count = 0;

function comboOf(input) {
  if (!combos.has(input)) combos.set(input, new Combo(input));
  return combos.get(input);
}

function make(tag, properties, attributes = {}) {
  const one = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

class Combo {
  constructor(input) {
    this.input = input;
    const id = `combo-${++count}`;
    this.list = make("ul", { id: `${id}-list`, hidden: true }, { role: "listbox", "aria-label": "Suggestions" });
    this.words = make("p", { className: "hint", hidden: true });
    this.box = make("div", { className: "combo" }, { popover: "manual" });
    this.says = make("span", { className: "vh" }, { "aria-live": "polite" });
    this.box.append(this.list, this.words);
    input.after(this.box, this.says);
    // A press on the list leaves the keyboard, and the telephone's own, in the field.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    input.removeAttribute("list");
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries({ ...roles, autocomplete: "off" })) input.setAttribute(name, value);
    this.results = new Map();
  }

  get options() {
    return [...this.box.querySelectorAll(OPTIONS)];
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  // Asking

  ask(wait = PATIENCE) {
    this.forget();
    if (this.input.value.trim().length < LEAST) return this.close();
    this.timer = setTimeout(() => this.look(), wait);
  }

  forget() {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.asked?.abort();
  }

  async look() {
    const asked = (this.asked = new AbortController());
    const typed = this.input.value.trim();
    this.slow = setTimeout(() => this.tell("Looking…", false), 3 * PATIENCE);
    try {
      const answer = await fetch(this.address(typed), { headers: { Accept: "application/json" }, signal: asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const found = await answer.json();
      if (!asked.signal.aborted) this.show(found, typed);
    } catch (error) {
      if (!asked.signal.aborted) this.tell("The list cannot be shown just now. What you type is kept.");
    } finally {
      if (this.asked === asked) clearTimeout(this.slow);
    }
  }

  address(typed) {
    const address = new URL(this.input.dataset.lookup, location.href);
    address.searchParams.set("q", typed);
    for (const pair of this.input.dataset.with?.split(" ") ?? []) {
      const [name, id] = pair.split("=");
      const value = document.getElementById(id)?.value;
      if (value) address.searchParams.set(name, value);
    }
    return address;
  }

  // Showing

  show({ results = [], offer = {} }, typed) {
    this.results.clear();
    const rows = results.map((result) => this.option(result));
    const named = results.some((one) => (one.label ?? one.value).toLowerCase() === typed.toLowerCase());
    if ("offer" in this.input.dataset && !named) rows.push(this.offer(typed, offer));
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.words.hidden = results.length > 0;
    this.words.textContent = "Nothing found";
    const many = results.length === 1 ? "1 suggestion" : `${results.length} suggestions`;
    this.says.textContent = results.length ? `${many}. The arrow keys go through them.` : "Nothing found.";
    if (rows.length > results.length) this.says.textContent += " The last line proposes a new page.";
    this.raise();
  }

  option(result) {
    const row = make("li", { id: `${this.list.id}-${this.results.size}` }, { role: "option", "aria-selected": "false" });
    const label = result.label ?? result.value;
    const head = make("span", { className: "combo-head" });
    head.append(make("b", { textContent: label }));
    if (result.kind) head.append(" ", make("span", { className: "kind", textContent: result.kind }));
    row.append(head);
    if (result.by && result.by !== label) row.append(" ", make("span", { className: "combo-by", textContent: `found as “${result.by}”` }));
    if (result.mark) row.append(" ", make("span", { className: "combo-mark", textContent: result.mark }));
    if (result.summary) row.append(" ", make("span", { className: "combo-summary", textContent: result.summary }));
    this.results.set(row, result);
    return row;
  }

  offer(typed, more) {
    const row = make("li", { id: `${this.list.id}-offer`, className: "combo-offer" }, { role: "option", "aria-selected": "false" });
    row.append(make("b", { textContent: `Propose “${typed}” as a new page` }), " ", make("span", { className: "combo-by", textContent: "opens in a new tab; this one stays as it is" }));
    row.dataset.href = this.input.dataset.offer + encodeURIComponent(typed);
    for (const [name, value] of Object.entries(more)) row.dataset.href += `&${name}=${encodeURIComponent(value)}`;
    return row;
  }

  tell(sentence, aloud = true) {
    this.list.replaceChildren();
    this.list.hidden = true;
    this.words.hidden = false;
    this.words.textContent = sentence;
    if (aloud) this.says.textContent = sentence;
    this.raise();
  }

  raise() {
    if (document.activeElement !== this.input) return;
    if (open !== this) open?.close();
    open = this;
    if (!this.box.matches(":popover-open")) this.box.showPopover();
    this.activate(null);
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.scrollTop = 0;
    this.place();
  }

  // The list lies in the top layer, so nothing cuts it off; it goes where there is more room.
  place() {
    const field = this.input.getBoundingClientRect();
    const seen = window.visualViewport;
    const [top, end] = seen ? [seen.offsetTop, seen.offsetTop + seen.height] : [0, innerHeight];
    const across = document.documentElement.clientWidth;
    const below = end - field.bottom - 2 * GAP;
    const above = field.top - top - 2 * GAP;
    const wide = Math.min(Math.max(field.width, 416), across - 2 * GAP);
    const style = this.box.style;
    style.inlineSize = `${wide}px`;
    style.left = `${Math.max(GAP, Math.min(field.left, across - wide - GAP))}px`;
    style.maxBlockSize = "none";
    const up = below < Math.min(this.box.offsetHeight, 240) && above > below;
    style.maxBlockSize = `${Math.max(96, Math.min(416, up ? above : below))}px`;
    style.top = up ? `${field.top - this.box.offsetHeight - GAP}px` : `${field.bottom + GAP}px`;
  }

  close() {
    this.forget();
    this.activate(null);
    if (this.box.matches(":popover-open")) this.box.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    if (open === this) open = null;
  }

  // Choosing

  activate(row) {
    this.active?.setAttribute("aria-selected", "false");
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", row.id);
    const past = row.offsetTop + row.offsetHeight - this.list.clientHeight;
    if (row.offsetTop < this.list.scrollTop) this.list.scrollTop = row.offsetTop;
    else if (past > this.list.scrollTop) this.list.scrollTop = past;
  }

  step(by) {
    const rows = this.options;
    if (!rows.length) return;
    const at = rows.indexOf(this.active);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
    this.activate(rows[next]);
  }

  choose(row) {
    if (!row) return;
    const result = this.results.get(row);
    this.close();
    if (!result) return void window.open(row.dataset.href, "_blank", "noopener");
    this.fill(result.value);
    this.says.textContent = `${result.label ?? result.value} chosen.`;
    this.input.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: result }));
  }

  fill(value) {
    this.input.value = value;
    this.filling = true;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.filling = false;
  }

  // Keys; returns whether the key was for the list.

  press(event) {
    const shown = open === this && !this.list.hidden;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        return this.arrow(event, shown);
      case "Enter":
        if (!shown) this.close();
        else if (this.active) this.choose(this.active);
        else this.close();
        return shown;
      case "Escape":
        if (open === this) this.close();
        else if (this.input.value) this.fill("");
        else return false;
        return true;
      case "Tab":
        this.close();
        return false;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        this.activate(null);
    }
    return false;
  }

  arrow(event, shown) {
    const down = event.key === "ArrowDown";
    if (event.altKey && !down) this.close();
    else if (shown && !event.altKey) this.step(down ? 1 : -1);
    else if (!shown && this.input.value.trim().length < LEAST) this.tell("Type two letters or more of a name or a code");
    else if (!shown) this.ask(0);
    return true;
  }
}

const fieldOf = (event) => event.target.closest?.("input[data-lookup]");

if ("popover" in HTMLElement.prototype) {
  const equip = (node) => {
    if (node.matches?.("input[data-lookup]")) comboOf(node);
    else node.querySelectorAll?.("input[data-lookup]").forEach(comboOf);
  };
  equip(document);
  const added = (records) => records.forEach((record) => record.addedNodes.forEach(equip));
  new MutationObserver(added).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusout", (event) => fieldOf(event) && comboOf(fieldOf(event)).close());
  document.addEventListener("input", (event) => {
    const input = fieldOf(event);
    if (!input || event.isComposing || document.activeElement !== input) return;
    if (!comboOf(input).filling) comboOf(input).ask();
  });
  document.addEventListener("compositionend", (event) => fieldOf(event) && comboOf(fieldOf(event)).ask());
  document.addEventListener("keydown", (event) => {
    const input = fieldOf(event);
    if (!input || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (comboOf(input).press(event)) event.preventDefault();
  });
  const follow = () => open?.place();
  window.addEventListener("scroll", (event) => event.target !== open?.list && follow(), { capture: true, passive: true });
  window.addEventListener("resize", follow);
  window.visualViewport?.addEventListener("resize", follow);
  window.visualViewport?.addEventListener("scroll", follow);
}
