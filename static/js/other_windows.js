// Words that another window, which is open, has and the server has not: after an ended session somebody signs in again
// in a second window, and would write there without knowing of them.

import { findHeld } from "./copies.js";
import { say } from "./saving_status.js";
import { momentOf } from "./text/times.js";

const SOON = 5000; // milliseconds after which a window that is typed in has saved by itself
const reload = { href: location.href, textContent: "Load this page again" };
let isTold = false;

async function look() {
  const [latest] = await findHeld();
  if (latest && Date.now() - latest.when < SOON) return void setTimeout(look, SOON);
  if (latest && !isTold) {
    const when = momentOf(latest.when);
    say(`Another window of this browser has words of ${when} that are not saved. Go to that window first.`);
  } else if (!latest && isTold) {
    say("The other window has no unsaved words any more.", { link: reload });
  }
  isTold = Boolean(latest);
  return undefined;
}

/** Say when another window has unsaved words, and when it has none any more. */
export async function watchOtherWindows() {
  await look();
  window.addEventListener("focus", () => void look());
  window.addEventListener("storage", () => isTold && void look());
}
