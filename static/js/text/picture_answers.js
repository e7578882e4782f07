// What comes back when a picture was sent. What stands between the browser and the wiki answers too, so only the form
// itself takes the place of what was typed, and only a mark of the wiki goes into the text.

/**
 * @param {string} words
 * @returns {boolean} whether they are the form for a picture
 */
export const isForm = (words) => words.includes('id="picture-alt"');

/**
 * @param {string} words
 * @returns {{ mark: string, sentence: string } | null} the picture that was added
 */
export function addedBy(words) {
  try {
    const { mark, sentence } = JSON.parse(words);
    return mark && sentence ? { mark, sentence } : null;
  } catch {
    return null;
  }
}
