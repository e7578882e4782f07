// Shows moments in the time zone of the reader. Without it they stand in the zone of the wiki, which is named.

import { findAll } from "./dom.js";
import { clockOf, momentOf } from "./text/times.js";

for (const time of findAll(HTMLTimeElement, "time[data-moment], time[data-clock]")) {
  const words = "clock" in time.dataset ? clockOf(time.dateTime) : momentOf(time.dateTime);
  if (!words || words === time.textContent) continue;
  time.title = time.textContent ?? "";
  time.textContent = words;
}
