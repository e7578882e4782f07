"""Harmless changes: what is shown to say the same, and what is not."""

import pytest

from wiki.text.changes.harmless import Trifle, shown_harmless
from wiki.text.changes.read_texts import texts_of
from wiki.text.document import Document


def first(body):
    return texts_of(Document(title="T", kind="finding", body=body))[1]


def found(old, new):
    return shown_harmless(first(old), first(new))


HARMLESS = {
    ("Adults recieve 5 mg daily.", "Adults receive 5 mg daily."): Trifle.SPELLING,
    ("A a small dose", "A small dose"): Trifle.SPELLING,
    ("ofthe brain", "of the brain"): Trifle.SPELLING,
    ("on its own", "on it's own"): Trifle.SPELLING,
    ("The deposits is there", "The deposits are there"): Trifle.SPELLING,
    ("treatmnt of it", "treatment of it"): Trifle.SPELLING,
    ("ofthebrain scan", "of the brain scan"): Trifle.SPELLING,
    ("Clock is seen.", "clock is seen."): Trifle.SPELLING,
    ("with fever fever, or a rash", "with fever, or a rash"): Trifle.SPELLING,
    ("part of the definition definition.", "part of the definition."): Trifle.SPELLING,
    ("It sho-ws on a scan", "It shows on a scan"): Trifle.SPELLING,
    ("x-ray pictures of it", "X-ray pictures of it"): Trifle.SPELLING,
    (
        "It is seen in adults The cause is unknown.",
        "It is seen in adults. The cause is unknown.",
    ): Trifle.PUNCTUATION,
    ("It is, often, seen.", "It is often seen"): Trifle.PUNCTUATION,
    ("Usually seizures stop.", "Usually, seizures stop."): Trifle.PUNCTUATION,
    ("non-fatal forms", "non fatal forms"): Trifle.PUNCTUATION,
    ("is **not** safe", "is not *safe*"): Trifle.FORMATTING,
    ("two  blanks", "two blanks"): Trifle.FORMATTING,
    ("seen in X", "seen in [[X]]"): Trifle.LINK,
    ("with [[Gout]] there", "with [[Gout|gout]] there"): Trifle.SPELLING,
    ("so [@pmid:1].", "so [@pmid:1; @pmid:2]."): Trifle.CITATION,
    ("[@pmid:1]", "[@pmid:1; @pmid:2]"): Trifle.CITATION,
    ("It was so.", "It was so [@pmid:2]."): Trifle.CITATION,
}
NOT_SHOWN = [
    ("No, calcium helps.", "No calcium helps."),
    ("Do not stop. Take it.", "Do not. Stop take it."),
    ("a symptomatic person", "asymptomatic person"),
    ("in effective", "ineffective"),
    ("So Treatmnt may help.", "So Treatment may help."),
    ("5 mg", "5 Mg"),
    ("Zqxw is seen.", "zqxw is seen."),
    ("They took Aspirin daily", "They took aspirin daily"),
    ("1.5 mg", "15 mg"),
    ("10 to 20", "1 to 20"),
    ("seen in [[X]]", "seen in X"),
    ("in [[X|a]]", "in [[Y|a]]"),
    ("in NICE", "in [NICE](https://x.org)"),
    ("so [@pmid:1].", "so [@pmid:2]."),
    ("so [@pmid:1].", "so."),
    ("A [@pmid:1]. B.", "A. B [@pmid:1]."),
    ("so[^a]\n\n[^a]: x", "so\n\n[^a]: x"),
    ("so\n\n[^a]: x", "so[^a]\n\n[^a]: x"),
    ("calcium", "cal\u200bcium"),
    ("calcium", "cаlcium"),
    ("The casual link", "The causal link"),
    ("It helps.", "It helps?"),
    ("nto so", "not so"),
    ("MS", "Ms"),
    ("mg/kg", "mg kg"),
    ("![A](image:0123456789abcdef)", "![A](image:0123456789abcdee)"),
    ("some words here", "some new words here"),
    ("It helps. In children it harms.", "It helps in children. It harms."),
    ("the peroneal nerve", "the perineal nerve"),
    ("an avascular area", "an a vascular area"),
    ("in-active", "in active"),
]


@pytest.mark.parametrize(("pair", "trifle"), HARMLESS.items())
def test_a_harmless_change_has_its_kind(pair, trifle):
    assert trifle in found(*pair)


@pytest.mark.parametrize(("old", "new"), NOT_SHOWN)
def test_a_change_of_meaning_is_not_harmless(old, new):
    assert found(old, new) == frozenset()
