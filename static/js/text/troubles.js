// Why the wiki did not take what was sent to it, in words that go on a sentence: one home for all that ask it.

/**
 * @param {number} status the status of HTTP; 0 if nothing answered
 * @returns {string}
 */
export function troubleOf(status) {
  if (status === 0) return "there is no connection";
  if (status === 401 || status === 403) return "you are signed out";
  if (status === 413) return "this is too large to be sent at once";
  if (status === 429) return "the wiki was asked too often";
  return "the wiki has a problem";
}
