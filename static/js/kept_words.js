// What this browser still keeps of forms: words that the wiki has not taken yet, to read, open or drop. Those of a form
// that is open in another window are saved there.

import { find, make, makeButton, need } from "./dom.js";
import { openWindows } from "./open_windows.js";
import { forget, keptNames, read } from "./store.js";
import { namesHeld, namesLeft, readName } from "./text/copy_names.js";
import { momentOf } from "./text/times.js";

/** @typedef {import("./copies.js").Copy} Copy */

const FIELDS = ["title", "summary", "body", "note", "meaning"];
const section = need(HTMLElement, "[data-kept]");
const writer = section.dataset.kept ?? "";

/**
 * @param {string} name
 * @param {Copy} copy
 * @param {boolean} isOpen whether another window goes on with it
 */
function rowOf(name, copy, isOpen) {
  const place = readName(name)?.place ?? "/drafts/";
  const said = new Map(copy.pairs);
  const [firstLine = ""] = (said.get("body") ?? "").trim().split("\n");
  const title = said.get("title") || firstLine.replace(/^#+\s*/, "") || "No title yet";
  const words = FIELDS.flatMap((field) => said.get(field) || []).join("\n\n");
  const row = make("li", { className: "stack" });
  const drop = () => {
    forget(name);
    row.remove();
    section.hidden = !find(HTMLLIElement, "li", section);
  };
  const where = isOpen ? " in another window, which is open: go there to save them" : "";
  row.append(
    make("p", { className: "title" }, make("a", { href: place, textContent: title })),
    make("p", {}, make("small", { textContent: `typed until ${momentOf(copy.when)}${where}` })),
    make(
      "details",
      {},
      make("summary", { textContent: "Read these words" }),
      make("p", { className: "source-text", tabIndex: 0, textContent: words }),
    ),
  );
  if (isOpen) return row;
  const open = make("a", {
    className: "btn btn-s",
    href: place,
    textContent: "Open the form and put them back",
  });
  row.append(make("p", { className: "row" }, open, makeButton("Delete these words", drop, "btn btn-s")));
  return row;
}

async function list() {
  const wanted = { writer, places: ["/*"], open: await openWindows() };
  const held = namesHeld(keptNames(), wanted);
  const rows = [...held, ...namesLeft(keptNames(), wanted)].flatMap((name) => {
    const copy = /** @type {Copy | null} */ (read(name));
    return copy?.pairs ? [rowOf(name, copy, held.includes(name))] : [];
  });
  need(HTMLUListElement, "ul", section).replaceChildren(...rows);
  section.hidden = !rows.length;
}

void list();
