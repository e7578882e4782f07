// Beside the text the contents are open, on a phone folded, like a long list of references; references open where
// they are cited; a button prints.

import { around, find, findAll, make, makeButton } from "./dom.js";
import "./reader.js";

const isWide = matchMedia("(min-width: 60rem)").matches;
const contents = find(HTMLDetailsElement, ".rail details");
if (contents && isWide) contents.open = true;

// A list that is folded opens for an address that leads to it, and on paper.
const list = find(HTMLDetailsElement, ".long");
if (list) {
  const asked = () => {
    const place = document.getElementById(location.hash.slice(1));
    return list.parentElement?.contains(place) ? place : null;
  };
  list.open = isWide || asked() !== null;
  addEventListener("beforeprint", () => (list.open = true));
  addEventListener("hashchange", () => {
    const place = asked();
    if (!place || list.open) return;
    list.open = true;
    place.scrollIntoView();
  });
}

// A picture that nobody has scrolled to is loaded before it is printed.
const loadPictures = () =>
  findAll(HTMLImageElement, "main img").map((one) => Object.assign(one, { loading: "eager" }));
addEventListener("beforeprint", loadPictures);
const printAll = () => Promise.allSettled(loadPictures().map((one) => one.decode())).then(() => print());
find(HTMLElement, "article > footer .tools")?.append(makeButton("Print", printAll, "link"));

const MARKS = ":is(.ref, .note, .src) a[href^='#']";
const GAP = 8;

/**
 * Show a reference or a note beside its mark; a link in it leads to its place in the list.
 * @param {HTMLAnchorElement} mark
 * @param {HTMLElement} entry
 */
function openBeside(mark, entry) {
  const name = mark.ariaLabel || `Reference ${mark.lastChild?.textContent?.trim()}`;
  const card = make("div", {
    className: "card box",
    popover: "auto",
    role: "dialog",
    ariaLabel: name,
    tabIndex: -1,
  });
  const go = make("a", { href: mark.hash, textContent: "Go to the list" });
  go.addEventListener("click", () => {
    markTheWayBack(mark, entry);
    card.hidePopover();
  });
  const close = makeButton("Close", () => card.hidePopover(), "btn btn-s");
  card.append(copyOf(entry), make("p", { className: "row" }, go, close));
  // The place that it belongs to is marked while it is open; this comes at once, the other event later.
  card.addEventListener("beforetoggle", (event) => {
    if (event instanceof ToggleEvent) mark.ariaExpanded = String(event.newState === "open");
  });
  card.addEventListener("toggle", (event) => {
    if (event instanceof ToggleEvent && event.newState === "closed") card.remove();
  });

  // Right after the mark's own block, so that the next Tab goes on from there.
  (mark.closest("p, li, table, dl, blockquote") ?? mark).after(card);
  card.showPopover();
  place(card, mark.getBoundingClientRect());
  card.focus({ preventScroll: true });
}

/**
 * Return the text of an entry without its ids and without its links back to the marks.
 * @param {HTMLElement} entry
 */
function copyOf(entry) {
  const copy = make("div");
  for (const child of entry.children) copy.append(child.cloneNode(true));
  for (const back of findAll(HTMLElement, ".back", copy)) back.remove();
  for (const one of findAll(HTMLElement, "[id]", copy)) one.removeAttribute("id");
  return copy;
}

/**
 * In the list, mark the link back to the place that the reader came from.
 * @param {HTMLAnchorElement} mark
 * @param {HTMLElement} entry
 */
function markTheWayBack(mark, entry) {
  for (const back of findAll(HTMLAnchorElement, ".back a")) back.ariaCurrent = null;
  const back = mark.id && find(HTMLAnchorElement, `.back a[href='#${mark.id}']`, entry);
  if (back) back.ariaCurrent = "location";
}

/**
 * Put the card below what it belongs to, above where there is no room, never beyond the sides.
 * @param {HTMLElement} card
 * @param {DOMRect} at
 */
function place(card, at) {
  const { height, width } = card.getBoundingClientRect();
  const below = at.bottom + GAP;
  const above = at.top - GAP - height;
  const top = below + height <= innerHeight || above < 0 ? below : above;
  card.style.top = `${top + scrollY}px`;
  card.style.left = `${Math.max(GAP, Math.min(at.left, document.documentElement.clientWidth - width - GAP))}px`;
}

if ("popover" in HTMLElement.prototype) {
  for (const mark of findAll(HTMLAnchorElement, MARKS)) mark.ariaHasPopup = "dialog";
  document.addEventListener("click", (event) => {
    const mark = around(event, HTMLAnchorElement, MARKS);
    const entry = mark && document.getElementById(mark.hash.slice(1));
    if (!mark || !entry || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openBeside(mark, entry);
  });
}
