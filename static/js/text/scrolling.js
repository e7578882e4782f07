// How far the preview is scrolled so that it shows what the text shows.

/** @typedef {[text: number, preview: number]} Height at which a block begins, in pixels, in each of the two */

/**
 * @param {Height[]} heights of the blocks, as they follow each other in the text
 * @param {Height} ends how high the two are
 * @returns {Height[]} the same with both ends, less blocks that stand higher in the preview than the one before
 */
export function scaleOf(heights, ends) {
  const rising = heights.filter(([, y], place) => y >= (heights[place - 1]?.[1] ?? y));
  return [[0, 0], ...rising, ends];
}

/**
 * @param {Height[]} scale
 * @param {number} height a height in the text
 * @returns {number} the height in the preview of what stands there
 */
export function besideOf(scale, height) {
  const above = scale.findIndex(([y]) => y > height);
  const next = above < 0 ? scale.length - 1 : Math.max(1, above);
  const [from, to] = scale[next - 1] ?? [0, 0];
  const [end, target] = scale[next] ?? [from, to];
  return to + ((height - from) / Math.max(1, end - from)) * (target - to);
}
