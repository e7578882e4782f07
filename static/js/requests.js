// Questions to the wiki that a script asks with the words of a form.

/**
 * @typedef {object} Answer
 * @property {number} status the status of HTTP; 0 if the wiki did not answer
 * @property {boolean} isSignedOut
 * @property {Record<string, unknown> | null} words what the answer says as JSON
 */

const PATIENCE = 20_000; // milliseconds for an answer

/**
 * Send a form and return the answer of the wiki.
 *
 * A success that is not JSON does not come from the wiki: a network that asks people to sign in to it answers so.
 * It counts as no answer, and so does one that breaks off, else words would be called saved that are not.
 * @param {string} address
 * @param {FormData | URLSearchParams} body
 * @param {number} [patience] milliseconds
 * @returns {Promise<Answer>}
 */
export async function post(address, body, patience = PATIENCE) {
  try {
    const headers = { Accept: "application/json" };
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(address, { method: "POST", body, headers, signal });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
    const told = isJson ? await answer.json().catch(() => null) : null;
    const words = /** @type {Record<string, unknown> | null} */ (told);
    // Who is signed out is sent to where one signs in.
    const isSignedOut = answer.redirected || answer.status === 401 || answer.status === 403;
    if (isSignedOut) return { status: answer.redirected ? 401 : answer.status, isSignedOut, words };
    return { status: answer.ok && !words ? 0 : answer.status, isSignedOut, words };
  } catch {
    return { status: 0, isSignedOut: false, words: null };
  }
}

/**
 * @param {Answer} answer
 * @param {string} name
 * @returns {string} what the answer says under the name; empty if it says nothing
 */
export function wordsOf({ words }, name) {
  const value = words?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
