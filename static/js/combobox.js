// Finds pages and sources while one types. Without it the fields take what is typed.
//
// Every input[data-lookup], present or added later, becomes an editable combobox with a list to choose from.
// The address answers {"results": [{value, label, kind, summary, by, mark}], "offer": {kind}}.
//   data-with="relation=ID kind=ID"  sends the values of other fields along
//   data-offer="/new/?title="        offers to propose what is missing, in a new tab
//   data-suggest                     sends a search on Enter while nothing in the list is chosen
//   data-nothing="Add it below."     says what to do where nothing is found
// Choosing puts the value into the input and dispatches "input" and CustomEvent("chosen", {detail: result}).

import { announce, around, find, findAll, make } from "./dom.js";
import { isField } from "./forms.js";
import { announced, isNamedAmong, resultsIn } from "./text/look_ups.js";

/** @typedef {import("./text/look_ups.js").Result} Result */
/** @typedef {import("./text/look_ups.js").Found} Found */

const PATIENCE = 150; // milliseconds between the last key and the question
const LEAST = 2; // characters before anything is looked up
const GAP = 6; // pixels between the list and what is around it
const LOOKUP = "input[data-lookup]";
const OPTIONS = ":scope > [role=listbox] > [role=option]";
/** @type {WeakMap<HTMLInputElement, Combo>} */
const combos = new WeakMap();
/** @type {Combo | null} */
let open = null;
let count = 0;

/** @param {HTMLInputElement} input */
function comboOf(input) {
  const combo = combos.get(input) ?? new Combo(input);
  combos.set(input, combo);
  return combo;
}

class Combo {
  /** @type {AbortController | null} */
  asked = null;
  timer = 0;
  slow = 0;
  isFilling = false;
  /** @type {Map<HTMLElement, Result>} */
  results = new Map();

  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.input = input;
    const id = `combo-${++count}`;
    this.list = make("ul", { id: `${id}-list`, hidden: true, role: "listbox", ariaLabel: "Suggestions" });
    this.words = make("p", { className: "hint", hidden: true });
    this.box = make("div", { className: "combo", popover: "manual" }, this.list, this.words);
    this.says = make("span", { className: "vh", ariaLive: "polite" });
    input.after(this.box, this.says);
    // A press on the list leaves the keyboard, and the telephone's own, in the field.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => this.choose(around(event, HTMLElement, "[role=option]")));
    input.removeAttribute("list");
    Object.assign(input, {
      role: "combobox",
      ariaAutoComplete: "list",
      ariaExpanded: "false",
      autocomplete: "off",
    });
    input.setAttribute("aria-controls", this.list.id);
  }

  get options() {
    return findAll(HTMLElement, OPTIONS, this.box);
  }

  get active() {
    return find(HTMLElement, "[aria-selected=true]", this.list);
  }

  // Asking

  /** @param {number} [wait] milliseconds */
  ask(wait = PATIENCE) {
    this.forget();
    if (this.input.value.trim().length < LEAST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.look(), wait);
  }

  forget() {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.asked?.abort();
  }

  async look() {
    const asked = new AbortController();
    this.asked = asked;
    const typed = this.input.value.trim();
    this.slow = setTimeout(() => this.tell("Looking…", false), 3 * PATIENCE);
    try {
      const answer = await fetch(this.address(typed), {
        headers: { Accept: "application/json" },
        signal: asked.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const found = resultsIn(await answer.json());
      if (!found) throw new Error("The wiki did not say this.");
      if (!asked.signal.aborted) this.show(found, typed);
    } catch {
      if (!asked.signal.aborted) this.tell("The list cannot be shown just now. What you type is kept.");
    } finally {
      if (this.asked === asked) clearTimeout(this.slow);
    }
  }

  /** @param {string} typed */
  address(typed) {
    const { lookup = "", with: along } = this.input.dataset;
    const address = new URL(lookup, location.href);
    address.searchParams.set("q", typed);
    for (const pair of along?.split(" ") ?? []) {
      const [name = "", id = ""] = pair.split("=");
      const field = document.getElementById(id);
      if (isField(field) && field.value) address.searchParams.set(name, field.value);
    }
    return address;
  }

  // Showing

  /**
   * @param {Found} found
   * @param {string} typed
   */
  show({ results = [], offer = {} }, typed) {
    this.results.clear();
    const rows = results.map((result) => this.option(result));
    if ("offer" in this.input.dataset && !isNamedAmong(results, typed)) rows.push(this.offer(typed, offer));
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.words.hidden = results.length > 0;
    const nothing = this.input.dataset.nothing ?? "";
    this.words.textContent = nothing || "Nothing found";
    const counted = announced(results.length, rows.length > results.length);
    this.say(rows.length ? counted : nothing || counted);
    this.raise();
  }

  /** @param {string} words */
  say(words) {
    announce(this.says, words);
  }

  /** @param {Result} result */
  option(result) {
    const { value, label = value, kind, by, mark, summary } = result;
    const head = make("span", { className: "combo-head" }, make("b", { textContent: label }));
    if (kind) head.append(" ", make("span", { className: "kind", textContent: kind }));
    const id = `${this.list.id}-${this.results.size}`;
    const row = make("li", { id, role: "option", ariaSelected: "false" }, head);
    /** @param {string} className @param {string} textContent */
    const add = (className, textContent) => row.append(" ", make("span", { className, textContent }));
    if (by && by !== label) add("combo-by", `found as “${by}”`);
    if (mark) add("combo-mark", mark);
    if (summary) add("combo-summary", summary);
    this.results.set(row, result);
    return row;
  }

  /**
   * @param {string} typed
   * @param {Record<string, string>} more what the new page begins with besides its title
   */
  offer(typed, more) {
    const className = "combo-offer";
    const row = make("li", { id: `${this.list.id}-offer`, className, role: "option", ariaSelected: "false" });
    const hint = "opens in a new tab; this one stays as it is";
    row.append(make("b", { textContent: `Propose “${typed}” as a new page` }), " ");
    row.append(make("span", { className: "combo-by", textContent: hint }));
    const values = Object.entries(more).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    row.dataset.href = `${this.input.dataset.offer}${encodeURIComponent(typed)}${values.join("")}`;
    return row;
  }

  /**
   * @param {string} sentence
   * @param {boolean} [aloud]
   */
  tell(sentence, aloud = true) {
    this.list.replaceChildren();
    this.list.hidden = true;
    this.words.hidden = false;
    this.words.textContent = sentence;
    if (aloud) this.say(sentence);
    this.raise();
  }

  raise() {
    if (document.activeElement !== this.input) return;
    if (open !== this) open?.close();
    open = this;
    if (!this.box.matches(":popover-open")) this.box.showPopover();
    this.activate();
    this.input.ariaExpanded = String(!this.list.hidden);
    this.list.scrollTop = 0;
    this.place();
  }

  // The list lies in the top layer, so nothing cuts it off; it goes where there is more room. A message without
  // anything to choose goes above the field, so that it covers no button.
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
    const { offsetHeight } = this.box;
    const isMessage = this.list.hidden && above > offsetHeight;
    const up = isMessage || (below < Math.min(offsetHeight, 240) && above > below);
    style.maxBlockSize = `${Math.max(96, Math.min(416, up ? above : below))}px`;
    style.top = up ? `${field.top - this.box.offsetHeight - GAP}px` : `${field.bottom + GAP}px`;
  }

  close() {
    this.forget();
    this.activate();
    if (this.box.matches(":popover-open")) this.box.hidePopover();
    this.input.ariaExpanded = "false";
    if (open === this) open = null;
  }

  // Choosing

  /** @param {HTMLElement | undefined} [row] without one, none is chosen */
  activate(row) {
    if (this.active) this.active.ariaSelected = "false";
    if (!row) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    row.ariaSelected = "true";
    this.input.setAttribute("aria-activedescendant", row.id);
    const past = row.offsetTop + row.offsetHeight - this.list.clientHeight;
    if (row.offsetTop < this.list.scrollTop) this.list.scrollTop = row.offsetTop;
    else if (past > this.list.scrollTop) this.list.scrollTop = past;
  }

  /** @param {1 | -1} by */
  step(by) {
    const rows = this.options;
    if (!rows.length) return;
    const at = this.active ? rows.indexOf(this.active) : -1;
    const first = by > 0 ? 0 : rows.length - 1;
    this.activate(rows[at < 0 ? first : (at + by + rows.length) % rows.length]);
  }

  /** @param {HTMLElement | null} row */
  choose(row) {
    if (!row) return;
    const result = this.results.get(row);
    this.close();
    if (!result) {
      window.open(row.dataset.href, "_blank", "noopener");
      return;
    }
    this.fill(result.value);
    this.say(`${result.label ?? result.value} chosen.`);
    this.input.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: result }));
  }

  /** @param {string} value */
  fill(value) {
    this.input.value = value;
    this.isFilling = true;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.isFilling = false;
  }

  // Keys

  /**
   * Choose what is marked. A search is sent if nothing is; no other form is while the list has something to say.
   * @param {boolean} shown whether the list has lines
   * @returns {boolean} whether the key was for the list
   */
  enter(shown) {
    const isOpen = open === this;
    if (shown && this.active) {
      this.choose(this.active);
      return true;
    }
    this.close();
    return isOpen && !("suggest" in this.input.dataset);
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the list
   */
  press(event) {
    const shown = open === this && !this.list.hidden;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        return this.arrow(event, shown);
      case "Enter":
        return this.enter(shown);
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
        this.activate();
    }
    return false;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} shown
   */
  arrow(event, shown) {
    const down = event.key === "ArrowDown";
    if (event.altKey && !down) this.close();
    else if (shown && !event.altKey) this.step(down ? 1 : -1);
    else if (!shown && this.input.value.trim().length < LEAST)
      this.tell("Type two letters or more of a name or a code");
    else if (!shown) this.ask(0);
    return true;
  }
}

/** @param {Event} event */
const fieldOf = (event) => around(event, HTMLInputElement, LOOKUP);

/** @param {Node} node */
function equip(node) {
  if (node instanceof HTMLInputElement && node.matches(LOOKUP)) comboOf(node);
  else if (node instanceof Element || node instanceof Document) {
    findAll(HTMLInputElement, LOOKUP, node).forEach(comboOf);
  }
}

if ("popover" in HTMLElement.prototype) {
  equip(document);
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(equip);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusout", (event) => {
    const input = fieldOf(event);
    if (input) comboOf(input).close();
  });
  document.addEventListener("input", (event) => {
    const input = fieldOf(event);
    if (!input || event.isComposing || document.activeElement !== input) return;
    if (!comboOf(input).isFilling) comboOf(input).ask();
  });
  document.addEventListener("compositionend", (event) => {
    const input = fieldOf(event);
    if (input) comboOf(input).ask();
  });
  document.addEventListener("keydown", (event) => {
    const input = fieldOf(event);
    if (!input || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (comboOf(input).press(event)) event.preventDefault();
  });
  const follow = () => open?.place();
  window.addEventListener("scroll", (event) => event.target !== open?.list && follow(), {
    capture: true,
    passive: true,
  });
  window.addEventListener("resize", follow);
  window.visualViewport?.addEventListener("resize", follow);
  window.visualViewport?.addEventListener("scroll", follow);
}
