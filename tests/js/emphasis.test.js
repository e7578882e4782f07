// Bold and italic.

import assert from "node:assert/strict";
import { test } from "node:test";
import { edited } from "../../static/js/text/edit.js";
import { emphasise } from "../../static/js/text/emphasis.js";
import { selectionIn, shown } from "./selection.js";

/** @type {[said: string, size: 1 | 2, before: string, after: string, told: string][]} */
const MARKS = [
  ["selected words become bold", 2, "[Calcium] falls", "**[Calcium]** falls", "Bold"],
  ["blanks at the ends of the selection stay outside", 2, "[ Calcium ]falls", " **[Calcium]** falls", "Bold"],
  ["the word at the caret becomes bold", 2, "Cal|cium falls", "**Cal|cium** falls", "Bold"],
  ["bold words become plain", 2, "**[Calcium]** falls", "[Calcium] falls", "Bold taken away"],
  ["bold words selected with their marks become plain", 2, "[**Calcium**]", "[Calcium]", "Bold taken away"],
  ["bold words become bold and italic", 1, "**[Calcium]**", "***[Calcium]***", "Italic"],
  ["bold and italic words become bold", 1, "***[Calcium]***", "**[Calcium]**", "Italic taken away"],
  ["bold and italic words become italic", 2, "***[Calcium]***", "*[Calcium]*", "Bold taken away"],
  ["italic words become bold and italic", 2, "*[Calcium]*", "***[Calcium]***", "Bold"],
  ["words with accents are words", 2, "Mén|ière", "**Mén|ière**", "Bold"],
  ["each of several paragraphs gets its own marks", 2, "[One\n\nTwo]", "[**One**\n\n**Two**]", "Bold"],
  ["several bold paragraphs become plain", 2, "[**One**\n\n**Two**]", "[One\n\nTwo]", "Bold taken away"],
  ["paragraphs become bold if one is not", 1, "[*One*\n\nTwo]", "[**One**\n\n*Two*]", "Italic"],
];

for (const [said, size, before, after, told] of MARKS) {
  test(said, () => {
    const selected = selectionIn(before);

    const { edit, announcement: words } = emphasise(selected, size, size === 2 ? "Bold" : "Italic");

    assert.equal(shown(edited(selected.value, edit), edit), after);
    assert.equal(words, told);
  });
}
