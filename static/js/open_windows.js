// Which windows of this browser are open: each holds a lock for as long as it shows its page.

import { handOver, takeOver } from "./store.js";

const PREFIX = "causeway:window:";
const NOTE = "window";

export const windowId = crypto.randomUUID?.() ?? String(Math.random()).slice(2);

// Another page that this tab showed before is not open, though its lock may be given back a moment later.
const before = takeOver(NOTE) ?? "";
handOver(NOTE, windowId);
// The promise never ends: the browser gives the lock back when the page goes.
navigator.locks?.request(PREFIX + windowId, () => new Promise(() => {})).catch(() => {});

/** @returns {Promise<Set<string>>} the ids of the other windows that are open; none where a browser cannot say */
export async function openWindows() {
  const held = (await navigator.locks?.query().catch(() => null))?.held ?? [];
  const ids = held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
  return new Set(ids.filter((id) => id !== before));
}
