// What a writer still owes the reviewer before a change is sent.

/**
 * @param {object} said
 * @param {string} said.note
 * @param {string} said.impact
 * @param {string} said.meaning
 * @param {string[]} said.explained the impacts of which one says what is different for a patient
 * @param {string} said.owedNote what the note has to say
 * @returns {{ field: "note" | "impact" | "meaning", sentence: string } | null} the first thing that is missing, and
 * all of it in a sentence
 */
export function owedBy({ note, impact, meaning, explained, owedNote }) {
  /** @type {["note" | "impact" | "meaning", string][]} */
  const owed = [];
  if (!note.trim()) owed.push(["note", owedNote]);
  if (!impact) owed.push(["impact", "what it means for a patient"]);
  else if (explained.includes(impact) && !meaning.trim()) {
    owed.push(["meaning", "what is different for a patient, in one plain sentence"]);
  }
  const [first] = owed;
  if (!first) return null;
  const sentence = `Before you submit, say ${owed.map(([, words]) => words).join(", and ")}.`;
  return { field: first[0], sentence };
}
