// Questions to the wiki, asked of a server on this computer.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { post, wordsOf } from "../../static/js/requests.js";

const JSON_TYPE = { "Content-Type": "application/json" };
/** @type {Record<string, (response: import("node:http").ServerResponse) => void>} */
const ANSWERS = {
  "/saved": (response) => response.writeHead(200, JSON_TYPE).end('{"saved": "now", "draft": 7}'),
  "/clash": (response) => response.writeHead(409, JSON_TYPE).end('{"sentence": "Saved elsewhere."}'),
  "/forbidden": (response) => response.writeHead(403, { "Content-Type": "text/html" }).end("<h1>No</h1>"),
  "/broken": (response) => response.writeHead(500, { "Content-Type": "text/html" }).end("<h1>Error</h1>"),
  "/hotel": (response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Room?</h1>"),
  "/moved": (response) => response.writeHead(302, { Location: "/hotel" }).end(),
  "/cut": (response) => response.writeHead(200, JSON_TYPE).end('{"saved": '),
  "/never": () => undefined,
};
const server = createServer((request, response) => ANSWERS[request.url ?? ""]?.(response));
let address = "";

before(async () => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(undefined)));
  const place = server.address();
  address = typeof place === "object" && place ? `http://127.0.0.1:${place.port}` : "";
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** @param {string} path @param {number} [patience] */
function asked(path, patience) {
  return post(address + path, new URLSearchParams({ title: "Gout" }), patience);
}

test("what the wiki says is read, numbers as words", async () => {
  const answer = await asked("/saved");

  assert.equal(answer.status, 200);
  assert.deepEqual([wordsOf(answer, "saved"), wordsOf(answer, "draft")], ["now", "7"]);
  assert.equal(wordsOf(answer, "missing"), "");
});

test("a refusal comes with its reason", async () => {
  const answer = await asked("/clash");

  assert.deepEqual([answer.status, wordsOf(answer, "sentence")], [409, "Saved elsewhere."]);
});

test("an error of the wiki keeps its status", async () => {
  assert.equal((await asked("/broken")).status, 500);
});

test("a network that asks people to sign in to it has saved nothing", async () => {
  assert.equal((await asked("/hotel")).status, 0);
});

test("who is forbidden, or led to another page, is signed out", async () => {
  assert.equal((await asked("/forbidden")).isSignedOut, true);
  const moved = await asked("/moved");
  assert.deepEqual([moved.status, moved.isSignedOut], [401, true]);
});

test("an answer that is cut off, too late or not there is none", async () => {
  assert.equal((await asked("/cut")).status, 0);
  assert.equal((await asked("/never", 50)).status, 0);
  assert.equal((await post("http://127.0.0.1:1/", new URLSearchParams())).status, 0);
});
