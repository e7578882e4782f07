// A window that shows the form of a draft, without a browser: a thread with what autosave.js asks of a page.
//
// It is given the address, the fields of the form and what the browser keeps, and tells what is kept, said and left.

import { parentPort, workerData } from "node:worker_threads";

const HURRY = 50; // timers run out so many times sooner
const LONG = 4000; // milliseconds; what waits longer shows that a window stayed: it is closed before
const { origin, path, fields, kept, data, open } = workerData;
const tell = (/** @type {object} */ words) => parentPort?.postMessage(words);

class FakeElement extends EventTarget {
  dataset = {};
  /** @type {(FakeElement | string)[]} */
  children = [];
  #words = "";

  /** @returns {string} */
  get textContent() {
    return (
      this.#words + this.children.map((one) => (typeof one === "string" ? one : one.textContent)).join("")
    );
  }

  set textContent(words) {
    this.#words = words;
    this.children = [];
  }

  /** @param {...(FakeElement | string)} more */
  append(...more) {
    this.children.push(...more);
    for (const one of more) if (one instanceof FakeField) fieldsOf.push(one);
  }

  /** @param {...(FakeElement | string)} more */
  prepend(...more) {
    this.append(...more);
  }

  /** @param {...(FakeElement | string)} children */
  replaceChildren(...children) {
    this.#words = "";
    this.children = children;
    if (this === said) tell({ said: this.textContent });
  }

  get childElementCount() {
    return this.children.length;
  }

  before() {}
  remove() {}
  scrollIntoView() {}
  querySelector() {
    return null;
  }
  /** @returns {FakeElement[]} */
  querySelectorAll() {
    return [];
  }
}

class FakeField extends FakeElement {
  name = "";
  value = "";
}

/** @type {FakeField[]} */
const fieldsOf = [];
/** @type {FakeElement[]} */
const made = [];

class FakeForm extends FakeElement {
  action = origin + path;
  elements = { namedItem: (/** @type {string} */ name) => fieldsOf.find((one) => one.name === name) ?? null };

  /** Send the form as the browser does: the window shows the answer, whatever it is. @param {FakeElement} button */
  async requestSubmit(button) {
    if (!submit(button)) return;
    const body = new URLSearchParams();
    for (const { name, value } of fieldsOf) body.append(name, value);
    body.set("act", button.textContent);
    await fetch(form.action, { method: "POST", body, headers: { "X-Of-Button": "1" } }).catch(() => null);
    tell({ left: form.action });
  }
}

/** The page of the form, asked for anew: whose form it shows, and with which token. */
class FakePage extends FakeElement {
  /** @param {string} text */
  constructor(text) {
    super();
    this.words = new Map(
      [...text.matchAll(/ name="(\w+)" value="(\w+)"/g)].map(([, name, value]) => [name, value]),
    );
  }

  /** @override @returns {FakeElement[]} */
  querySelectorAll() {
    if (!this.words.has("writer")) return [];
    const shown = new FakeForm();
    shown.dataset = { writer: this.words.get("writer") };
    shown.elements = {
      namedItem: (name) => Object.assign(new FakeField(), { name, value: this.words.get(name) }),
    };
    return [shown];
  }
}

class SubmitEvent extends Event {
  /** @param {FakeElement} submitter */
  constructor(submitter) {
    super("submit", { cancelable: true });
    this.submitter = submitter;
  }
}

/** @param {FakeElement} button @returns {boolean} whether nobody prevented it */
function submit(button) {
  return form.dispatchEvent(new SubmitEvent(button));
}

const said = new FakeElement();
const form = Object.assign(new FakeForm(), { dataset: { ...data, autosave: `${origin}/drafts/autosave/` } });
for (const [name, value] of fields) form.append(Object.assign(new FakeField(), { name, value }));

const shelf = Object.assign(Object.create(null), kept);
const storage = new Proxy(shelf, {
  get(_, name) {
    if (name === "getItem") return (/** @type {string} */ key) => shelf[key] ?? null;
    if (name === "setItem") return keep;
    if (name === "removeItem") return (/** @type {string} */ key) => keep(key, null);
    return undefined;
  },
});

/** @param {string} key @param {string | null} text */
function keep(key, text) {
  if (text === null) delete shelf[key];
  else shelf[key] = text;
  tell({ kept: [key, text] });
}

const later = globalThis.setTimeout;
const place = new URL(origin + path);
const location = {
  get href() {
    return place.href;
  },
  get pathname() {
    return place.pathname;
  },
  get search() {
    return place.search;
  },
  replace: (/** @type {string} */ address) => tell({ left: new URL(address, origin).href }),
};
const page = Object.assign(new EventTarget(), {
  visibilityState: "visible",
  createElement(/** @type {string} */ tag) {
    const one = tag === "input" ? new FakeField() : new FakeElement();
    made.push(one);
    return one;
  },
  querySelector: (/** @type {string} */ selector) =>
    ({ "form[data-editing]": form, "[data-status]": said })[selector] ?? null,
  querySelectorAll: () => [],
});
const names = { HTMLElement: FakeElement, HTMLFormElement: FakeForm, HTMLInputElement: FakeField };
for (const [name, value] of Object.entries({
  ...names,
  Element: FakeElement,
  HTMLSelectElement: class {},
  HTMLTextAreaElement: class {},
  HTMLOptionElement: class {},
  CSS: { escape: (/** @type {string} */ text) => text },
  DOMParser: class {
    parseFromString(/** @type {string} */ text) {
      return new FakePage(text);
    }
  },
  FormData: class {
    *[Symbol.iterator]() {
      for (const { name: of, value: typed } of fieldsOf) yield [of, typed];
    }
  },
  document: page,
  window: new EventTarget(),
  location,
  history: {
    replaceState(/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ address) {
      place.href = new URL(address, origin).href;
      tell({ at: place.href });
    },
  },
  localStorage: storage,
  sessionStorage: { getItem: () => null, setItem() {}, removeItem() {} },
  navigator: {
    locks: {
      request: async () => {},
      query: async () => ({
        held: open.map((/** @type {string} */ id) => ({ name: `causeway:window:${id}` })),
      }),
    },
  },
  setTimeout: (/** @type {(...rest: unknown[]) => void} */ act, wait = 0, /** @type {unknown[]} */ ...rest) =>
    later(act, wait > LONG ? wait : wait / HURRY, ...rest),
})) {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
}

/** @type {Record<string, (words: string) => void>} */
const ACTS = {
  type(words) {
    const body = /** @type {FakeField} */ (form.elements.namedItem("body"));
    body.value = `${body.value}\n\n${words}`;
    form.dispatchEvent(new Event("input"));
  },
  press(words) {
    void form.requestSubmit(Object.assign(new FakeElement(), { textContent: words }));
  },
  choose(words) {
    made.findLast((one) => one.textContent === words)?.dispatchEvent(new Event("click"));
  },
  /** Another window writes, or forgets, what this browser keeps. */
  elsewhere(words) {
    const [key, text] = /** @type {[string, string | null]} */ (JSON.parse(words));
    keep(key, text);
    Reflect.get(globalThis, "window").dispatchEvent(new Event("storage"));
  },
  unload: () =>
    void Reflect.get(globalThis, "window").dispatchEvent(new Event("beforeunload", { cancelable: true })),
};

await import(new URL("../../static/js/autosave.js", import.meta.url).href);
parentPort?.on("message", ([act, words]) => ACTS[act]?.(words));
tell({ ready: true });
