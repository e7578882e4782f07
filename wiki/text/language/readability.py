"""Readability of a text."""

import re
from typing import Final

from wiki.text.sentences import sentences

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def reading_grade(text: str) -> float:
    """Return the Flesch–Kincaid grade: the years of American school that reading the text takes.

    Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy
    enlisted personnel. Research Branch Report 8-75. Millington, TN: Naval Technical Training; 1975.
    Syllables are counted by rule, so the grade is good to about one year; a text without words has 0.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    count = sum(1 for sentence in sentences(text) if _WORD.search(sentence))
    syllables = sum(map(syllables_of, words))
    return round(0.39 * len(words) / count + 11.8 * syllables / len(words) - 15.59, 1)


def hardest_sentences(text: str, *, above: float, most: int = 2) -> list[str]:
    """Return the sentences whose grade is above `above`, hardest first."""
    graded = sorted(((reading_grade(one), one) for one in sentences(text)), reverse=True)
    return [sentence for grade, sentence in graded if grade > above][:most]


def syllables_of(word: str) -> int:
    """Return how many syllables an English word has, by rule: groups of vowels, less a silent e."""
    word = word.lower()
    groups = len(re.findall("[aeiouyàâäéèêëíïóôöúùûü]+", word))
    if re.search("[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouycsxzgh]es$", word):
        groups -= 1
    return max(groups, 1)
