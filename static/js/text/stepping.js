// Which of several places a key leads to.

/**
 * @param {object} state
 * @param {number} state.count how many places there are
 * @param {number | null} state.from the place where the reader is; none if they are between or outside of them
 * @param {number} state.below the first place below the reader; -1 if there is none
 * @param {1 | -1} state.by onwards or back
 * @returns {number} the place; after the last comes the first
 */
export function stepTo({ count, from, below, by }) {
  const next = below < 0 ? count : below;
  const outside = by > 0 ? next : next - 1;
  return ((from === null ? outside : from + by) + count) % count;
}
