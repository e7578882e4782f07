// When autosave saves next.

export const PAUSE = 1500; // milliseconds after the last key
const LONGEST = 20_000; // milliseconds that somebody types without a save
const WAITS = [2000, 4000, 8000, 15_000, 30_000]; // milliseconds between attempts without a connection

/**
 * @param {object} state
 * @param {number} state.wait milliseconds that would be waited
 * @param {number} state.since when the first change was made that is not saved
 * @param {number} state.now
 * @param {number} state.failures how many attempts in a row got no answer
 * @returns {number} milliseconds until the next save
 */
export function delayOf({ wait, since, now, failures }) {
  if (failures) return WAITS[Math.min(failures, WAITS.length) - 1] ?? PAUSE;
  return Math.max(0, Math.min(wait, since + LONGEST - now));
}
