// Moments in words, in the time zone of the reader.

/**
 * @param {string | number} when
 * @param {string} [zone] another zone than the reader's
 * @returns {string} "3 May 2026 at 09:14 CEST"; "" of what is no moment
 */
export function momentOf(when, zone) {
  const day = wordsOf(when, zone, { day: "numeric", month: "long", year: "numeric" });
  return day && `${day} at ${clockOf(when, zone)}`;
}

/**
 * @param {string | number} when
 * @param {string} [zone] another zone than the reader's
 * @returns {string} "09:14 CEST"; "" of what is no moment
 */
export function clockOf(when, zone) {
  return wordsOf(when, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
}

/**
 * @param {string | number} when
 * @param {string | undefined} timeZone
 * @param {Intl.DateTimeFormatOptions} parts
 */
function wordsOf(when, timeZone, parts) {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat("en-GB", timeZone ? { ...parts, timeZone } : parts).format(date);
}
