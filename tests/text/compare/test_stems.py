"""Words that stem from another text: which new sentences are somebody else's, and which are nobody's."""

import pytest

from wiki.text.compare.stems import RUN, Wording, stemming, words_of
from wiki.text.document import Document, Retirement, Row

OTHER = "Calcium in the basal ganglia is often found by chance on a scan of the head."
THEIRS = "Never give bisphosphonates to a person whose kidneys do not work well."
MINE = "A scan is repeated only when new symptoms come."
KEPT = "Most people with it have no symptoms at all."


def said(body, **fields):
    return Wording(Document(**{"title": "Page", "kind": "condition", "body": body, **fields}))


def stems(body, *, live=KEPT, typed=f"{KEPT}\n\n{THEIRS}", on=KEPT, **fields):
    """Return what of `body` stems from a version that put THEIRS under KEPT."""
    return stemming(said(body, **fields), [said(live)], said(typed), [said(on)])


COPIES = {
    "copied": f"{KEPT}\n\n{THEIRS}",
    "moved above": f"{THEIRS}\n\n{KEPT}",
    "joined to another paragraph": f"{KEPT} {THEIRS}",
    "in a list": f"{KEPT}\n\n- {THEIRS}\n- {MINE}",
    "in a quotation": f"{KEPT}\n\n> {THEIRS}",
    "in a box": f"{KEPT}\n\n::: urgent Warning\n{THEIRS}\n:::",
    "in a table": f"{KEPT}\n\n| Who | What |\n| --- | --- |\n| All | {THEIRS} |",
    "in a footnote": f"{KEPT}[^1]\n\n[^1]: {THEIRS}",
    "as a heading": f"{KEPT}\n\n## {THEIRS}",
    "wrapped": KEPT + "\n\n" + THEIRS.replace(" a person", "\na person"),
    "shouted": f"{KEPT}\n\n{THEIRS.upper()}",
    "one word changed": KEPT + "\n\n" + THEIRS.replace("well", "properly"),
    "two words changed": KEPT + "\n\n" + THEIRS.replace("Never", "Do not").replace("person", "patient"),
    "first words cut off": f"{KEPT}\n\n{THEIRS[len('Never give ') :]}",
    "words added at its end": f"{KEPT}\n\n{THEIRS[:-1]}, which a blood test shows.",
    "every fourth word changed": KEPT
    + "\n\nNever give bisphosphonates into a person whose liver do not work.",
    "emphasis within words": KEPT + "\n\n" + THEIRS.replace("bisphosphonates", "bis**phos**phonates"),
    "zero-width characters": KEPT + "\n\n" + THEIRS.replace("e", "e\u200b"),
    "soft hyphens": KEPT + "\n\n" + THEIRS.replace("pho", "pho\u00ad"),
    "Cyrillic letters": KEPT + "\n\n" + THEIRS.replace("e", "е").replace("o", "о"),
    "fullwidth letters": KEPT + "\n\n" + THEIRS.replace("e", "ｅ"),
    "no-break spaces": KEPT + "\n\n" + THEIRS.replace(" ", "\u00a0"),
    "entities": KEPT + "\n\n" + THEIRS.replace("N", "&#78;"),
    "a link in it": KEPT + "\n\n" + THEIRS.replace("bisphosphonates", "[[Bisphosphonate|bisphosphonates]]"),
    "citations in it": KEPT + "\n\n" + THEIRS.replace("person", "person [@pmid:1; @pmid:2]"),
    "a comment in it": KEPT + "\n\n" + THEIRS.replace("person", "per<!-- -->son"),
}


@pytest.mark.parametrize("body", COPIES.values(), ids=COPIES)
def test_a_sentence_is_attributed_to_its_author_in_any_form(body):
    assert stems(body)


NOT_THEIRS = {
    "other words": f"{KEPT}\n\n{MINE}",
    "what readers have": KEPT,
    "a common word": f"{KEPT}\n\nBisphosphonates are not well studied here.",
    "a heading that many pages have": f"{KEPT}\n\n## Treatment\n\n{MINE}",
    "the same citation": f"{KEPT}\n\n{MINE} [@doi:10.4261/1305-3825.dir.2626-09.1]",
    "the same link": f"{KEPT}\n\n[[Basal ganglia calcification|It]] may be left alone.",
}


@pytest.mark.parametrize("body", NOT_THEIRS.values(), ids=NOT_THEIRS)
def test_common_and_published_words_are_attributed_to_nobody(body):
    theirs = (
        f"{KEPT}\n\n## Treatment\n\n{THEIRS} [@doi:10.4261/1305-3825.dir.2626-09.1]\n\n"
        "[[Basal ganglia calcification|Calcium]] is seen."
    )
    assert stems(body, typed=theirs) == []


def test_another_change_of_the_same_sentence_is_not_attributed():
    theirs = f"{KEPT}\n\n{OTHER.replace('by chance', 'late')}"
    mine = f"{KEPT}\n\n{OTHER.replace('found', 'seen')}"
    both = f"{KEPT}\n\n{OTHER}"

    assert stems(mine, live=both, typed=theirs, on=both) == []
    assert stems(f"{mine} {MINE}", live=both, typed=theirs, on=both) == []


def test_the_same_change_of_a_sentence_is_attributed():
    both = f"{KEPT}\n\nTake 5 mg of it twice a day with food."
    changed = f"{KEPT}\n\nTake 50 mg of it twice a day with food."

    assert stems(changed, live=both, typed=changed, on=both) == ["Take 50 mg of it twice a day with food."]


def test_text_that_an_author_only_built_on_is_not_attributed():
    passed_on = f"{KEPT}\n\n{THEIRS}\n\n{MINE}"

    assert stems(f"{KEPT}\n\n{THEIRS}", typed=passed_on, on=f"{KEPT}\n\n{THEIRS}") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"summary": THEIRS},
        {"title": "Another Title"},
        {"aliases": ("Its other name",)},
        {"statements": (Row("causes", 7, "refuted", "low", "cohort"),)},
        {"statements": (Row("causes", 7, "asserted", "low", "cohort", note=THEIRS),)},
        {"retirement": Retirement(THEIRS)},
    ],
)
def test_own_words_are_found_in_every_field(fields):
    after = said(KEPT, **fields)

    assert stemming(after, [said(KEPT)], after, [said(KEPT)])
    assert stemming(after, [after], after, [said(KEPT)]) == []


def test_short_sentences_are_attributed_whole_and_two_words_never():
    assert stems(f"{KEPT} Stop it now.", typed=f"{KEPT}\n\nStop it now.") == ["Stop it now."]
    assert stems(f"{KEPT} Stop it.", typed=f"{KEPT}\n\nStop it.") == []


def test_word_runs_do_not_cross_sentence_ends():
    """Who began a sentence with the same common word after the same old one wrote nothing of this."""
    assert stems(f"{KEPT} The scan is enough.", typed=f"{KEPT} The cause is unknown.") == []


def test_words_are_compared_without_case_accents_and_markup():
    assert words_of("**Größe** of [[Brain|the brain]] [@pmid:1]") == words_of("grosse of the brain")
    assert RUN == 5
