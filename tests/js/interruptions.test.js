// Every way in which writing is interrupted, by every way in which words are sent: no word is lost.
//
// After each the writer comes back to the form: the words are then on the server, and no copy is left in the browser.
// What only a real browser does, such as leaving a page, is tried in tests/journeys/interruptions.py, by hand.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";

const TYPED = "Calcium and active vitamin D are given by mouth.";
const ELSEWHERE = "What the other window says.";
const WAYS = ["typing", "Save draft", "Submit for review", "section", "new page"];
const PATIENCE = 60_000; // milliseconds
const JSON_TYPE = { "Content-Type": "application/json" };

/**
 * @typedef {{ status: number, body?: string } | "cut" | "cut after" | null} Fault what happens to what is sent
 * @typedef {Record<string, string>} Words
 */

/** The wiki, as far as a form sees it: one draft, which another window may have saved. */
class Wiki {
  /** @type {Words | null} */
  draft = null;
  saves = 0;
  isSentIn = false;
  isSignedOut = false;
  writer = "7"; // who is signed in
  token = "t"; // of the present session
  /** @type {Fault} */
  fault = null;
  isForButtons = false;
  #server = createServer((request, response) => void this.#answer(request, response));

  async open() {
    await new Promise((ready) => this.#server.listen(0, "127.0.0.1", () => ready(undefined)));
    const place = this.#server.address();
    this.origin = typeof place === "object" && place ? `http://127.0.0.1:${place.port}` : "";
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get saved() {
    return this.draft ? `save ${this.saves}` : "";
  }

  /** @param {Words} words */
  save(words) {
    this.draft = { ...this.draft, ...words };
    this.saves++;
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #answer(request, response) {
    let text = "";
    for await (const part of request) text += part;
    const isOfButton = "x-of-button" in request.headers;
    const fault = request.method === "POST" && (isOfButton || !this.isForButtons) ? this.fault : null;
    if (fault === "cut") return void request.socket.destroy();
    if (fault && fault !== "cut after")
      return void response.writeHead(fault.status, JSON_TYPE).end(fault.body);
    if (request.url === "/accounts/login/") return void response.writeHead(200).end("<h1>Sign in</h1>");
    if (this.isSignedOut) return void response.writeHead(302, { Location: "/accounts/login/" }).end();
    if (request.method === "GET") return void response.writeHead(200).end(this.#form);
    const sent = new URLSearchParams(text);
    if (sent.get("csrfmiddlewaretoken") !== this.token || sent.get("writer") !== this.writer)
      return void response.writeHead(403, JSON_TYPE).end('{"sentence": "Somebody else is signed in now."}');
    const [status, words] = this.#taken(isOfButton, sent);
    if (fault === "cut after") return void request.socket.destroy();
    return void response.writeHead(status, JSON_TYPE).end(JSON.stringify(words));
  }

  get #form() {
    return `<input name="csrfmiddlewaretoken" value="${this.token}"><input name="writer" value="${this.writer}">`;
  }

  /** @param {boolean} isOfButton @param {URLSearchParams} sent @returns {[number, object]} */
  #taken(isOfButton, sent) {
    const theirs = this.draft;
    const words = wordsIn(sent, theirs);
    if (words === null) return [412, {}];
    if (theirs && sent.get("saved") !== this.saved && !isOfButton) {
      const head = { head: theirs, codes: [], statements: [], cited: [] };
      if (words.body !== theirs.body)
        return [409, { ...this.#facts(), theirs: head, sentence: "Saved elsewhere." }];
    }
    if (sent.has("together")) words.body = `${theirs?.body}\n\n${words.body}`;
    this.save(words);
    if (sent.get("act") === "Submit for review") this.isSentIn = true;
    return [200, this.#facts()];
  }

  #facts() {
    return { draft: 1, saved: this.saved, at: "2026-11-30T10:00:00Z", address: "/drafts/1/" };
  }
}

/** @param {URLSearchParams} sent @param {Words | null} stored @returns {Words | null} null: a patch of another text */
function wordsIn(sent, stored) {
  const words = /** @type {Words} */ (Object.fromEntries(sent));
  if (!sent.has("patch") || !sent.has("body-words")) return words;
  const before = [...(stored?.body ?? "")];
  if (before.length !== Number(words["body-length"])) return null;
  const [from, to] = [Number(words["body-from"]), Number(words["body-to"])];
  return { body: [...before.slice(0, from), words["body-words"], ...before.slice(to)].join("") };
}

/** A browser in which somebody writes one page in some way. */
class Desk {
  wiki = new Wiki();
  /** @type {Words} */
  kept = {};
  /** @type {string[]} the ids of other windows that are open */
  others = [];
  said = "";
  /** @type {string[]} what the form has said */
  heard = [];
  path = "";
  isGone = false;
  /** @type {Worker | null} */
  #window = null;
  /** @type {unknown} what a script of the window has thrown */
  #error = null;

  /** @param {string} way */
  constructor(way) {
    this.way = way;
    const places = { section: "/wiki/gout/edit/s-what-helps/", "new page": "/new/?title=Gout" };
    this.path = /** @type {Words} */ (places)[way] ?? "/drafts/1/";
    if (way !== "new page") this.wiki.save({ title: "Gout", body: "Pain." });
  }

  /** Open the form at the address where the window was, as the wiki has it. */
  async open() {
    await this.close();
    this.isGone = false;
    const isNew = this.way === "new page" && !this.path.startsWith("/drafts/");
    const has = isNew ? { title: "Gout", body: "" } : this.wiki.draft;
    const section = this.way === "section" ? { section: "s-what-helps" } : {};
    const own = {
      csrfmiddlewaretoken: this.wiki.token,
      writer: "7",
      ...(isNew ? {} : { saved: this.wiki.saved }),
      ...section,
    };
    const fields = Object.entries({ ...own, title: has?.title ?? "", body: has?.body ?? "" });
    const data = {
      writer: "7",
      ...(isNew ? {} : { draft: "1" }),
      ...(this.way === "new page" ? {} : { slug: "gout" }),
    };
    const { origin } = this.wiki;
    const workerData = { origin, path: this.path, fields, kept: this.kept, data, open: this.others };
    const opened = new Worker(new URL("form_window.js", import.meta.url), { workerData });
    this.#window = opened;
    await new Promise((ready, fail) => {
      opened.on("error", (error) => {
        this.#error ??= error;
        fail(error);
      });
      opened.on("message", (/** @type {Record<string, unknown>} */ told) => {
        if (opened === this.#window) this.#hear(told);
        if ("ready" in told) ready(undefined);
      });
    });
  }

  /** @param {Record<string, unknown>} told */
  #hear(told) {
    if (told.kept) {
      const [name, text] = /** @type {[string, string | null]} */ (told.kept);
      if (text === null) delete this.kept[name];
      else this.kept[name] = text;
    }
    if (typeof told.said === "string") this.heard.push(told.said);
    if (told.left || told.at) this.path = String(told.left ?? told.at).slice(this.wiki.origin?.length);
    if (told.left) this.isGone = true;
  }

  /** @param {string} act @param {string} [words] */
  act(act, words = "") {
    this.#window?.postMessage([act, words]);
  }

  /** Type the words, and press the button of this way. */
  write() {
    this.act("type", TYPED);
    if (this.way === "Save draft" || this.way === "Submit for review") this.act("press", this.way);
  }

  async close() {
    const window = this.#window;
    this.#window = null;
    await window?.terminate();
  }

  /** @param {() => boolean} isSo @param {string} what */
  async until(isSo, what) {
    const end = Date.now() + PATIENCE;
    while (!isSo()) {
      if (this.#error) throw this.#error;
      assert.ok(Date.now() < end, `${what}: ${JSON.stringify([this.heard, this.kept, this.wiki.draft])}`);
      await pause(5);
    }
  }

  has(words = TYPED) {
    return this.wiki.draft?.body?.includes(words) ?? false;
  }

  /** Open the form again until the words are on the server, and no copy is left. */
  async comeBack() {
    for (let opened = 0; opened < 3 && !this.wiki.isSentIn; opened++) {
      await this.open();
      if (this.has() && !this.copies.length) break;
      await this.until(() => this.isGone || (this.has() && !this.copies.length), "coming back");
    }
    assert.ok(this.has());
    assert.deepEqual(this.copies, []);
    assert.equal(this.wiki.draft?.body?.split(TYPED).length, 2, "the words are there once");
    await this.close();
  }

  get copies() {
    return Object.keys(this.kept).filter((name) => name.includes("#"));
  }
}

/** @type {Record<string, string[]>} The ways of which one stands for the others; all of the other interruptions. */
const LESS = {
  500: ["typing", "Submit for review"],
  409: ["typing", "Submit for review", "new page"],
  413: ["Save draft", "section"],
  "window closed": ["typing", "section", "new page"],
  "window left": ["Save draft", "section", "new page"],
  nothing: ["typing", "Submit for review", "new page"],
};
/** @type {Record<string, Fault>} */
const FAULTS = {
  "network off": "cut",
  500: { status: 500 },
  409: { status: 409, body: '{"sentence": "It was refused."}' },
  413: { status: 413, body: "{}" },
  "time-out": "cut after",
};
/** @type {Record<string, string>} what is said of words that did not arrive */
const MESSAGES = {
  "network off": "there is no connection.",
  500: "the wiki has a problem.",
  409: "It was refused.",
  413: "this is too long to be sent at once.",
  "time-out": "there is no connection.",
};

/** @param {string} way @param {(desk: Desk) => Promise<void>} interrupt */
async function tried(way, interrupt) {
  const desk = new Desk(way);
  await desk.wiki.open();
  try {
    await desk.open();
    await interrupt(desk);
    await desk.comeBack();
  } finally {
    await desk.close();
    desk.wiki.close();
  }
}

/** @param {Desk} desk @param {string} why */
async function saysThatItIsNotSaved(desk, why) {
  await desk.until(() => desk.heard.some((one) => one.startsWith(`Not saved: ${why}`)), "it says so");
  assert.deepEqual(
    desk.heard.filter((one) => one.startsWith("Draft saved")),
    [],
  );
}

/** @type {Record<string, (desk: Desk) => Promise<void>>} */
const INTERRUPTIONS = {
  ...Object.fromEntries(
    Object.entries(FAULTS).map(([name, fault]) => [
      name,
      async (/** @type {Desk} */ desk) => {
        desk.wiki.fault = fault;
        desk.write();
        await saysThatItIsNotSaved(desk, MESSAGES[name] ?? "");
        desk.wiki.fault = null;
        await desk.close();
      },
    ]),
  ),
  "session ended": async (desk) => {
    desk.wiki.isSignedOut = true;
    desk.write();
    await saysThatItIsNotSaved(desk, "you have been signed out.");
    desk.wiki.isSignedOut = false;
    await desk.close();
  },
  "window closed": async (desk) => {
    desk.write();
    await desk.until(() => desk.copies.length > 0 || desk.has(), "it is kept");
    await desk.close();
  },
  "window left": async (desk) => {
    desk.write();
    desk.act("unload");
    await desk.until(() => desk.copies.length > 0 || desk.has(), "it is kept");
    await desk.close();
  },
  "window left while the words are on their way": async (desk) => {
    desk.write();
    desk.act("unload");
    await desk.until(() => desk.has(), "it is saved");
    if (desk.way === "Submit for review") await desk.until(() => desk.wiki.isSentIn, "it is sent in");
    if (desk.way === "Save draft") {
      // The form would take the place of the page to which the writer is on the way.
      await desk.until(() => desk.heard.some((one) => one.startsWith("Draft saved")), "it says so");
      await pause(50);
      assert.ok(!desk.isGone);
    }
    await desk.close();
  },
  nothing: async (desk) => {
    desk.write();
    await desk.until(() => desk.has() && !desk.copies.length, "it is saved");
  },
};

describe("no word is lost", { concurrency: 4 }, () => {
  for (const [name, interrupt] of Object.entries(INTERRUPTIONS)) {
    for (const way of LESS[name] ?? WAYS) test(`${name}, ${way}`, () => tried(way, interrupt));
  }
  for (const [name, fault] of Object.entries(FAULTS)) {
    for (const way of WAYS.slice(1, 3)) {
      test(`${name} at the button, ${way}`, () =>
        tried(way, async (desk) => {
          Object.assign(desk.wiki, { fault, isForButtons: true });
          desk.write();
          await desk.until(() => desk.isGone, "the button has sent it");
          assert.ok(desk.has(), "no button sends the form before the server has its words");
          desk.wiki.fault = null;
        }));
    }
  }
  for (const way of WAYS.slice(0, 4)) {
    test(`two windows, ${way}`, () =>
      tried(way, async (desk) => {
        desk.wiki.save({ body: `Pain.\n\n${ELSEWHERE}` });
        desk.write();
        await desk.until(() => desk.heard.some((one) => one.includes("another window")), "it asks");
        desk.act("choose", "Put both texts together");
        await desk.until(() => desk.has() && desk.has(ELSEWHERE), "both are saved");
        await desk.until(() => desk.isGone, "it shows them");
      }));
  }
});

describe("whose words are saved, and when", { concurrency: 3 }, () => {
  test("a text that was too long is saved without a button once it is shorter", () =>
    tried("typing", async (desk) => {
      desk.wiki.fault = FAULTS[413] ?? null;
      desk.act("type", "Too much.");
      await saysThatItIsNotSaved(desk, MESSAGES[413] ?? "");
      desk.wiki.fault = null;
      desk.write();
      await desk.until(() => desk.has(), "it is saved");
    }));
  // The words of one person must not become a draft of another, who uses the same browser.
  test("words are not saved for somebody else who signs in meanwhile", () =>
    tried("typing", async (desk) => {
      const { saves } = desk.wiki;
      desk.wiki.writer = "8";
      desk.write();
      await desk.until(
        () => desk.heard.some((one) => one.includes("Somebody else is signed in here now")),
        "it says so",
      );
      assert.equal(desk.wiki.saves, saves);
      desk.wiki.writer = "7";
    }));
  test("who signs in again in another tab goes on writing", () =>
    tried("typing", async (desk) => {
      desk.wiki.token = "u";
      desk.write();
      await desk.until(() => desk.has() && !desk.copies.length, "it is saved");
    }));
});

test("a second window says that unsaved words wait in the first, until they are saved", () =>
  tried("typing", async (desk) => {
    const name = "causeway:7:/drafts/1/#first";
    const told = (/** @type {string} */ words) => desk.until(() => desk.heard.join().includes(words), words);
    desk.kept[name] = JSON.stringify({ pairs: [["body", TYPED]], when: Date.now() - 9000 });
    desk.others = ["first"];
    await desk.open();
    await told("Another window of this browser has words");
    assert.ok(desk.kept[name] && !desk.has() && !desk.isGone, "they stay those of the first window");
    desk.act("elsewhere", JSON.stringify([name, null]));
    await told("The other window has no unsaved words any more");
    desk.wiki.save({ body: TYPED });
  }));
