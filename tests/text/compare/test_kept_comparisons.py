"""What was compared last is kept: by all that the two documents hold, and no more than a bounded amount."""

from dataclasses import replace
from threading import Thread

import pytest

from tests.text.compare.edits import faults
from wiki.text.compare import block_changes, diff
from wiki.text.compare.diff import compare
from wiki.text.document import Code, Document, Retirement, Row
from wiki.text.markdown.blocks import blocks_of

OLD = Document(title="Tetany", kind="symptom", body="Low calcium.\n\nGive 5 mg a day.")
NEW = replace(OLD, body="Low calcium in the blood.\n\nGive 5 mg a day.")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(diff, "_kept", type(diff._kept)())


def again(document):
    """Return the same document, loaded once more."""
    return Document.from_json(document.as_json())


def test_the_same_two_documents_are_compared_once(monkeypatch):
    first = compare(OLD, NEW)
    monkeypatch.setattr(diff, "_compared", None)

    assert compare(again(OLD), again(NEW)) is first


def test_a_paragraph_is_rendered_once(monkeypatch):
    seen = [block.steps for block in compare(OLD, NEW).blocks]
    monkeypatch.setattr(block_changes, "as_rendered", None)

    assert [block.steps for block in compare(again(OLD), again(NEW)).blocks] == seen
    assert any(seen)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Tetany!"},
        {"kind": "condition"},
        {"summary": "Cramps."},
        {"aliases": ("cramps",)},
        {"codes": (Code("omim", "1", "exact"),)},
        {"body": NEW.body.replace("5 mg", "50 mg")},
        {"body": "Low calcium in the blood.\n\nA passage is withheld."},
        {"statements": (Row("causes", 1, "asserted", "low", "cohort"),)},
        {"retirement": Retirement("Twice here.", 7)},
    ],
)
def test_whatever_differs_in_a_document_makes_another_comparison(change):
    found = compare(OLD, NEW)
    other = replace(NEW, **change)

    assert compare(OLD, other) == diff._compared(OLD, other)
    assert compare(OLD, other) is not found
    assert compare(other, NEW) == diff._compared(other, NEW)
    assert compare(None, other) == diff._compared(None, other)
    assert compare(OLD, NEW) is found


def test_what_was_looked_at_last_stays(monkeypatch):
    monkeypatch.setattr(diff, "MOST_KEPT", 2 * len(OLD.body + NEW.body))
    found = compare(OLD, NEW)
    compare(NEW, OLD)
    compare(OLD, NEW)
    compare(OLD, OLD)

    assert compare(OLD, NEW) is found
    assert (NEW, OLD) not in diff._kept


def test_of_the_longest_texts_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(diff, "MOST_KEPT", 10)

    assert not compare(OLD, NEW).is_empty
    assert not diff._kept


def test_documents_without_a_text_are_bounded_by_their_number(monkeypatch):
    monkeypatch.setattr(diff, "MOST_PAIRS", 3)
    for number in range(10):
        compare(None, Document(title=f"Tetany {number}", kind="symptom"))

    assert [new.title for _, new in diff._kept] == ["Tetany 7", "Tetany 8", "Tetany 9"]


def test_many_threads_compare_at_once():
    found = []
    threads = [Thread(target=lambda: found.append(compare(OLD, again(NEW)))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert found == [diff._compared(OLD, NEW)] * 8


def test_a_kept_comparison_has_no_fault_once_one_of_its_texts_is_read_anew():
    old, new = "One.\n\nTwo.", "One.\n\nTwo and more."
    assert faults(old, new) == []

    for number in range(20):
        blocks_of(f"Text {number}.")
        blocks_of(new)

    assert faults(old, new) == []
