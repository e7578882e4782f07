"""Drafts have limits in number and length, told in a sentence; what was typed is still there."""

import pytest

from tests import cast
from tests.reviewing import signed_in, words
from wiki.acts.writing import drafts
from wiki.models import Revision
from wiki.policy.refusal import Refused
from wiki.text.markdown.parser import refused_structure


def test_a_draft_that_is_far_too_long_is_not_saved(clinician):
    draft = drafts.propose(cast.document("Long"), author=clinician)
    long = cast.document("Long", body="a " * 250_000)

    with pytest.raises(Refused, match="more than can be saved"):
        drafts.save(draft, long, by=clinician)
    with pytest.raises(Refused, match="more than can be saved"):
        drafts.propose(long, author=clinician)
    with pytest.raises(Refused, match="more than can be saved"):
        drafts.save(draft, draft.document, by=clinician, typed={"title": "a" * 500_000})

    assert Revision.objects.get().document.body == draft.document.body


def test_a_draft_longer_than_the_submission_limit_is_kept(clinician):
    long = cast.document("Long", body="a " * 75_000)

    assert drafts.propose(long, author=clinician).document.body == long.body


def test_beginning_more_drafts_than_the_limit_is_refused(clinician, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    browser = signed_in(clinician)
    form = {"title": "Tetany", "kind": "condition", "summary": "My words.", "body": "Text."}
    browser.post("/new/", form)

    answer = browser.post("/new/", {**form, "title": "Seizures"})

    assert answer.status_code == 409
    assert "You have 1 drafts. Submit or discard one first." in words(answer)
    assert "My words." in words(answer)
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        ("![", "square brackets"),
        ("[[", "square brackets"),
        ("* a\n- b\n", "list items"),
        ("> - a\n", "list items"),
        ("1. a\n", "list items"),
        ("# a\n", "headings and lines"),
        ("a\n---\n", "headings and lines"),
        ("|a", "table cells"),
    ],
)
def test_a_text_of_mostly_markup_is_refused_with_the_reason(clinician, mark, what):
    body = (mark * 100_000)[:100_000]
    draft = drafts.propose(cast.document("Marks"), author=clinician)

    assert what in refused_structure(body)
    with pytest.raises(Refused, match=what):
        drafts.save(draft, cast.document("Marks", body=body), by=clinician)
    answer = signed_in(clinician).post("/preview/", {"content": body})
    assert what in answer.content.decode()


def test_the_preview_limit_counts_characters_not_bytes(clinician):
    browser = signed_in(clinician)

    assert browser.post("/preview/", {"content": "血" * 100_000}).status_code == 200
    assert browser.post("/preview/", {"content": "a" * 100_001}).status_code == 413
