// Nothing typed is lost. The draft saves itself; until the server has said so, the words stay in this browser.
// Without it each button saves everything first.
//
// form[data-editing] carries data-autosave (where to save), data-writer (whose words these are), data-draft and
// data-slug (what is written on), data-unsaved (save at once) and data-held (save only by the button). The form of
// one section has its id in a field of that name. What has to be chosen is shown by windows.js.

const PAUSE = 1500; // milliseconds after the last key
const LONGEST = 20_000; // milliseconds that somebody types without a save
const PATIENCE = 20_000; // milliseconds for an answer
const WAITS = [2000, 4000, 8000, 15_000, 30_000]; // milliseconds between attempts without a connection
const MONTH = 30 * 24 * 3600 * 1000;
const NOT_SENT = new Set(["csrfmiddlewaretoken", "saved", "writer"]);
const OFFLINE = "Not saved: no connection. Your words are kept in this browser; trying again.";
const KEPT = "Your words are kept in this browser.";
const form = document.querySelector("form[data-editing]");

function make(tag, properties, ...children) {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...children);
  return one;
}

// What is typed: pairs of names and values, as a map from each part of the form to its pairs.

const partOf = (name) => {
  if (["title", "aliases", "keep_title"].includes(name)) return "names";
  return /^(codes|statements)-/.exec(name)?.[1] ?? name;
};

function pairs() {
  const all = [...new FormData(form)];
  return all.filter(([name, value]) => typeof value === "string" && !NOT_SENT.has(name) && !name.startsWith("source-"));
}

function parts(typed) {
  const found = new Map([["names", []], ["codes", []], ["statements", []]]);
  for (const pair of typed.filter(([name]) => name !== "section")) found.set(partOf(pair[0]), [...(found.get(partOf(pair[0])) ?? []), pair]);
  return new Map([...found].map(([name, some]) => [name, JSON.stringify(some)]));
}

const changed = (now, before) => [...now.keys()].filter((name) => now.get(name) !== before.get(name));

// The one place in which two texts differ, counted in characters as the server counts them.
function patchOf(before, after) {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start++;
  if (/[\ud800-\udbff]/.test(before[start - 1] ?? "")) start--;
  let tail = 0;
  while (tail < least - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (tail && /[\udc00-\udfff]/.test(before.at(-tail))) tail--;
  const length = (text) => [...text].length;
  const end = before.length - tail;
  return { from: length(before.slice(0, start)), to: length(before.slice(0, end)), length: length(before), words: after.slice(start, after.length - tail) };
}

function patch(now, before) {
  const body = new URLSearchParams({ patch: "1" });
  for (const name of changed(now, before)) {
    if (name === "body" && before.has("body")) {
      const [[, old]] = JSON.parse(before.get("body"));
      const [[, words]] = JSON.parse(now.get("body"));
      for (const [key, value] of Object.entries(patchOf(old, words))) body.set(`body-${key}`, value);
      continue;
    }
    if (name === "codes" || name === "statements") body.append("rows", name);
    for (const pair of JSON.parse(now.get(name))) body.append(...pair);
  }
  return body;
}

// The copy in this browser, under the name of its writer: nobody else is shown it.

const mine = `causeway:${form?.dataset.writer}:`;
let found = ""; // a copy of what was typed on one section, which the form of the whole page puts back
const places = () => {
  const { draft, slug } = form.dataset;
  if (form.elements.section) return [new URL(form.action).pathname];
  return [draft && `/drafts/${draft}/`, slug && `/wiki/${slug}/edit/`, !draft && !slug && location.pathname + location.search].filter(Boolean);
};

function store(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // A browser that keeps nothing can still save.
  }
}

function keep(more = {}) {
  // Words that were refused go on from no save: they are compared with the other window's before they count.
  const saved = "held" in form.dataset ? "held" : token;
  const copy = JSON.stringify({ pairs: pairs(), saved, when: Date.now(), ...more });
  store((shelf) => shelf.setItem(mine + places()[0], copy));
}

const drop = () => {
  store((shelf) => [found, ...places().map((place) => mine + place)].forEach((name) => shelf.removeItem(name)));
  found = "";
};
const read = (name) => JSON.parse(store((shelf) => shelf.getItem(name)) ?? "null");

function copy() {
  const own = places().map((place) => read(mine + place)).find(Boolean);
  if (own || form.elements.section || !form.dataset.slug) return own;
  const ofSections = (store(Object.keys) ?? []).filter((name) => name.startsWith(`${mine}/wiki/${form.dataset.slug}/edit/`));
  found = ofSections.find((name) => !read(name).submitted) ?? "";
  return found && read(found);
}

function clearOld() {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith("causeway:"))) {
    if (!(JSON.parse(localStorage.getItem(name)).when > Date.now() - MONTH)) localStorage.removeItem(name);
  }
}

// What the form says of itself: aloud in the status on top, and in sight beside the buttons.

const status = document.querySelector("[data-said]");
const beside = make("p", { className: "hint", ariaHidden: "true" });

function say(words, { good = false, aloud = true, link = null } = {}) {
  const shown = aloud && status ? [status, beside] : [beside];
  for (const one of shown) {
    if (one.textContent === [words, link?.textContent].filter(Boolean).join(" ")) continue;
    one.className = good ? "saved" : words ? (aloud ? "error" : "hint") : "hint";
    one.replaceChildren(words, ...(link ? [" ", make("a", link)] : []));
  }
  beside.ariaHidden = link ? null : "true";
}

// Saving

let token = form?.elements.saved?.value ?? "";
let known = new Map(); // what the server has
let isWhole = true; // whether the next save sends everything
let unsure = null; // what was sent and not answered: it may have been saved
let isHeld = false; // whether saving waits for a choice of the writer
let isLeaving = false;
let under = null; // the save that is on its way
let timer = 0;
let since = 0;
let failures = 0;
let renewals = 0;

const isDirty = () => unsure !== null || changed(parts(pairs()), known).length > 0;

function later(wait = PAUSE) {
  clearTimeout(timer);
  since ||= Date.now();
  timer = setTimeout(save, failures ? WAITS[Math.min(failures, WAITS.length) - 1] : Math.max(0, Math.min(wait, since + LONGEST - Date.now())));
}

function save() {
  clearTimeout(timer);
  if (isHeld || isLeaving || under || !isDirty()) return under;
  since = 0;
  under = attempt(unsure ?? pairs()).finally(() => (under = null)).then((again) => again !== undefined && later(again));
  return under;
}

async function attempt(typed) {
  const now = parts(typed);
  const body = isWhole || unsure || form.elements.section ? new URLSearchParams(typed) : patch(now, known);
  say("Saving…", { aloud: false });
  const answer = await ask(body, token);
  if (answer.status === 0 || answer.status >= 500 || answer.status === 429) return failed(typed);
  failures = 0;
  if (answer.status === 200) return arrived(answer, now);
  unsure = null;
  if (answer.status === 412 || (answer.status === 409 && body.has("patch"))) {
    isWhole = true;
    return 0;
  }
  if (answer.status === 401 || answer.status === 403) return renew(answer);
  if (answer.status === 422) return void say(`Not saved: ${answer.sentence} ${KEPT}`);
  isHeld = true;
  if (answer.status === 409 && answer.theirs) choose(typed, answer);
  else say(`Not saved: ${answer.sentence ?? "this draft is no longer there."} ${KEPT}`);
}

async function ask(body, saved) {
  const { draft, slug, autosave } = form.dataset;
  const values = { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, writer: form.elements.writer.value, saved, draft, page: draft && !body.has("section") ? "" : slug };
  for (const [name, value] of Object.entries(values)) if (value) body.set(name, value);
  if (body.has("patch")) body.delete("page");
  try {
    const answer = await fetch(autosave, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    const words = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    return { ...words, status: answer.status };
  } catch {
    return { status: 0 };
  }
}

function failed(typed) {
  unsure = typed;
  failures++;
  say(OFFLINE);
  return PAUSE;
}

function arrived(answer, now) {
  const wasUnsure = unsure !== null;
  begin(answer);
  renewals = 0;
  known = now;
  isWhole = false;
  unsure = null;
  // After a silence that is only what was typed before it; the rest follows at once.
  if (wasUnsure && isDirty()) {
    keep();
    return 0;
  }
  say(`Draft saved at ${answer.at}. Only you can see it.`, { good: true });
  form.dispatchEvent(new CustomEvent("saved", { detail: answer }));
  if (isDirty()) {
    keep();
    return PAUSE;
  }
  drop();
}

// The form goes on from what is saved now; the first save of a page gives it the address of its draft.
function begin(answer) {
  drop();
  token = answer.saved;
  if (!form.elements.saved) form.prepend(make("input", { type: "hidden", name: "saved" }));
  form.elements.saved.value = token;
  // The heading of a section is its address.
  if (answer.section) form.elements.section.value = answer.section;
  if (form.dataset.draft && form.action === new URL(answer.address, location.href).href) return;
  form.dataset.draft = answer.draft;
  form.action = answer.address;
  history.replaceState(history.state, "", answer.address);
}

// Signed out, or signed in again in another tab: the page of the form knows which, and has the new token.
async function renew(answer) {
  try {
    const page = await fetch(form.action);
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-editing]");
    if (fresh?.dataset.writer === form.dataset.writer) {
      if (++renewals > 2) return refuse(answer.sentence);
      for (const name of ["csrfmiddlewaretoken", "writer"]) form.elements[name].value = fresh.elements[name].value;
      return 0;
    }
    if (fresh || page.status === 404) return refuse("Somebody else is signed in here now.");
    if (!page.redirected) return refuse(answer.sentence);
  } catch {
    return failed(unsure ?? pairs());
  }
  const { pathname, search } = new URL(form.action);
  const href = `/accounts/login/?next=${encodeURIComponent(pathname + search)}`;
  const leave = () => {
    keep();
    isLeaving = true;
  };
  say(`Not saved: you have been signed out. ${KEPT}`, { link: { href, textContent: "Sign in and go on", onclick: leave } });
}

function refuse(sentence = "") {
  isHeld = true;
  say(`Not saved. ${sentence} ${KEPT}`);
}

// Two windows: both texts are kept until one is chosen.

function choose(typed, answer) {
  const put = async () => {
    isLeaving = true;
    const done = await ask(new URLSearchParams(isRestoring ? typed : pairs()), answer.saved);
    isLeaving = false;
    if (done.status !== 200) return say(done.sentence ?? OFFLINE);
    drop();
    return go(isRestoring ? placeOf(done) : done.address);
  };
  const take = () => {
    drop();
    go(answer.address);
  };
  form.dispatchEvent(new CustomEvent("clash", { detail: { typed, answer, put, take } }));
  say(`Not saved: this draft was saved in another window${answer.at && ` at ${answer.at}`}. Choose which text goes on.`);
}

function go(address) {
  isLeaving = true;
  location.replace(address);
}

// Words that this browser kept and the server does not have: they are saved first, then shown.

let isRestoring = false;

// Words of a section that the form of the whole page has put back are shown in the whole page.
const placeOf = (answer) => (form.elements.section ? answer.address : `/drafts/${answer.draft}/`);

async function putBack(kept) {
  isRestoring = isHeld = form.inert = true;
  const answer = await ask(new URLSearchParams(kept.pairs), kept.saved);
  if (answer.status === 409 && answer.theirs) return choose(kept.pairs, answer);
  isRestoring = isHeld = form.inert = false;
  if (answer.status !== 200) return answer.status === 401 ? renew(answer) : say(`Words of ${new Date(kept.when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })} are kept in this browser and could not be put back yet. Open this page again.`);
  drop();
  if (answer.saved === token) return undefined;
  sessionStorage.setItem("causeway:returned", placeOf(answer));
  return go(placeOf(answer));
}

// What a button has sent from here may have begun a draft that went on since: it is not begun again unasked.
function askWhether(kept) {
  isRestoring = isHeld = form.inert = true;
  const forget = () => {
    drop();
    isRestoring = isHeld = form.inert = false;
  };
  form.dispatchEvent(new CustomEvent("sent", { detail: { kept, put: () => putBack(kept), forget } }));
}

function start() {
  form.autocomplete = "off"; // The browser would put old words back on its own, after we have looked.
  document.querySelector(".finish")?.append(beside);
  store(clearOld);
  known = "unsaved" in form.dataset ? new Map() : parts(pairs());
  isWhole = !token || "unsaved" in form.dataset;
  isHeld = "held" in form.dataset;
  if (sessionStorage.getItem("causeway:returned") === location.pathname) say("Words that were not saved before are back, and saved now.", { good: true });
  // A page that was begun by a button goes on at the address of its draft.
  if (token) store((shelf) => shelf.removeItem(sessionStorage.getItem("causeway:sent")));
  for (const name of ["returned", "sent"]) sessionStorage.removeItem(`causeway:${name}`);
  const kept = copy();
  const hasArrived = kept?.submitted && kept.saved !== token && kept.saved !== "held";
  if (isHeld) keep();
  else if (!kept || hasArrived || !changed(parts(kept.pairs), parts(pairs())).length) drop();
  else if (kept.submitted && !token && !kept.saved) askWhether(kept);
  else putBack(kept);
  if ("held" in form.dataset) say("This form does not save by itself until you press Save draft.", { aloud: false });
  else if ("unsaved" in form.dataset) later(0);
}

if (form?.dataset.autosave) {
  start();
  form.addEventListener("input", (event) => {
    if (event.target.name?.startsWith("source-")) return;
    if (!isRestoring) keep();
    later();
  });
  // What is on its way arrives before the button's own save, which would else come second to it.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (under) {
      event.preventDefault();
      under.finally(() => form.requestSubmit(event.submitter));
      return;
    }
    keep({ submitted: true });
    sessionStorage.setItem("causeway:sent", mine + places()[0]);
    isLeaving = true;
  });
  window.addEventListener("pageshow", (event) => event.persisted && go(location.href));
  window.addEventListener("beforeunload", (event) => {
    if (isLeaving || !isDirty()) return;
    save();
    event.preventDefault();
  });
  const resume = () => {
    if (document.visibilityState === "hidden" || failures || isDirty()) {
      failures = 0;
      save();
    }
  };
  for (const name of ["online", "focus"]) window.addEventListener(name, resume);
  document.addEventListener("visibilitychange", resume);
}

// A draft that is discarded leaves nothing behind in this browser.
for (const one of document.querySelectorAll("form[data-forgets]")) {
  one.addEventListener("submit", () => {
    const { writer, forgets, slug } = one.dataset;
    const named = (name) => name.startsWith(`causeway:${writer}:`) && (name.endsWith(`:${forgets}`) || (slug && name.includes(`:/wiki/${slug}/edit/`)));
    store((shelf) => Object.keys(shelf).filter(named).forEach((name) => shelf.removeItem(name)));
  });
}
