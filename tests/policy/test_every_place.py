"""A dangerous edit is signed by who treats at every place where a page has words."""

from dataclasses import replace

import pytest

from wiki.domain.professions import Risk
from wiki.policy.needs import TREATING
from wiki.policy.quorum import quorum_of
from wiki.text.document import Document, Retirement, Row

BASE = Document("Headache", "symptom", "Pain in the head.", ("Cephalgia",), body="Words.\n")
BODIES = {
    "paragraph": "It is so: {}.",
    "heading": "## {}\n\nWords here.",
    "footnote": "So.[^a]\n\n[^a]: It is so: {}.",
    "item": "- {}\n- two",
    "cell": "| A | B |\n|---|---|\n| x | {} |",
    "head of a row": "| A | B |\n|---|---|\n| {} | x |",
    "head of a column": "| A | {} |\n|---|---|\n| y | x |",
    "explanation": "Term\n: {}",
    "term": "{}\n: yes",
    "quotation": "> {}",
    "box": "::: urgent Now\n{}\n:::",
    "title of a box": "::: urgent {}\nGo.\n:::",
    "alternative text": '![{}](image:0123456789abcdef "Below")',
    "caption": '![Scan](image:0123456789abcdef "{}")',
    "title of a link": 'See [it](https://a.org "{}").',
    "words of a link": "See [{}](https://a.org).",
    "link to a page": "See [[Seizures|{}]].",
    "code": "    {}",
    "bold line": "**{}**\n\nWords.",
}
EDITS = """Levodopa helps|Levodopa harms
Do not take it with trimethoprim|Take it with trimethoprim
must not be taken in pregnancy|can be taken in pregnancy
Give 1.5 mg of it|Give 15 mg of it
Give 5 mg to adults|Give 5 mg to children
a tablet a day|a tablet an hour
Sertraline is used|Sertraline is no use
the left side is operated on|the right side is operated on
before surgery|after surgery
most need no medicine|most need medicine
at least 2 h before the drug|at most 2 h before the drug"""


def _page(place, words):
    match place:
        case "summary":
            return replace(BASE, summary=f"It is so: {words}.")
        case "title":
            return replace(BASE, title=words)
        case "name":
            return replace(BASE, aliases=(words,))
        case "reason of retirement":
            return replace(BASE, retirement=Retirement(reason=words))
        case "note of a statement":
            return replace(
                BASE, statements=(Row("causes", 7, "asserted", "low", "cohort", words, ("pmid:1",)),)
            )
    return replace(BASE, body=f"{BASE.body}\n{BODIES[place].format(words)}\n")


FIELDS = ("summary", "title", "name", "reason of retirement", "note of a statement")


@pytest.mark.parametrize("place", [*BODIES, *FIELDS])
def test_a_dangerous_edit_needs_a_treating_signature(place):
    for edit in EDITS.splitlines():
        old, new = edit.split("|")

        found = quorum_of(_page(place, old), _page(place, new), {7: "condition"})

        assert TREATING.label in {one.label for one in found.needs}, (edit, found.rules)
        assert found.risk == Risk.HIGH


@pytest.mark.parametrize(
    "new", ["Stop it at once.", "Stop it, sometimes.", "Stop it daily.", "Never stop it."]
)
def test_a_change_in_the_degree_of_advice_is_a_change_of_advice(new):
    before, after = (replace(BASE, body=f"{one}\n") for one in ("Stop it.", new))

    assert "advice" in quorum_of(before, after).rules
