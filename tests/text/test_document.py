"""What a revision says, as plain data."""

import hashlib
import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text.document import Code, Document, Retirement, Row

PAGE = Document(
    "Title",
    "condition",
    "A summary.",
    ("alias",),
    (Code("ICD-10", "E20"),),
    "Body — ü.\n",
    (Row("causes", 2, "asserted", "low", "cohort", "A note.", ("pmid:1",)),),
)


def test_a_document_survives_a_round_trip_through_json():
    assert Document.from_json(PAGE.as_json()) == PAGE
    assert Document.from_json({"title": "T", "kind": "drug"}) == Document("T", "drug")


def test_json_with_unknown_keys_is_refused():
    with pytest.raises(TypeError, match="unknown keys: author, state"):
        Document.from_json({**PAGE.as_json(), "state": "approved", "author": 1})


def test_the_key_of_a_statement_is_relation_object_and_population():
    assert PAGE.statements[0].key == ("causes", 2, "")
    assert replace(PAGE.statements[0], population="Children").key == ("causes", 2, "children")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "title"},
        {"kind": "drug"},
        {"summary": ""},
        {"aliases": ()},
        {"codes": ()},
        {"body": "Body — ü."},
        {"statements": ()},
        {"retirement": Retirement("Why.")},
    ],
)
def test_any_change_changes_the_digest(change):
    assert replace(PAGE, **change).digest() != PAGE.digest()


def test_a_retirement_survives_json_and_changes_the_digest():
    retired = replace(PAGE, retirement=Retirement("Why.", 7))

    assert retired.as_json()["retirement"] == {"reason": "Why.", "replaced_by": 7}
    assert Document.from_json(json.loads(json.dumps(retired.as_json()))) == retired
    assert (
        len({replace(PAGE, retirement=Retirement(why, into)).digest() for why in "ab" for into in (None, 7)})
        == 4
    )


OPTIONAL = ("summary", "aliases", "codes", "body", "statements")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
rows = st.builds(
    Row, words, st.integers(1, 2**53 - 1), words, words, words, words, st.lists(words, max_size=2).map(tuple)
)
documents = st.builds(
    Document,
    title=words,
    kind=words,
    summary=words,
    aliases=st.lists(words, max_size=2).map(tuple),
    codes=st.lists(st.builds(Code, words, words), max_size=2).map(tuple),
    body=words,
    statements=st.lists(rows, max_size=2).map(tuple),
)


@given(documents)
@settings(deadline=None)
def test_the_digest_is_that_of_the_stored_json_in_canonical_form(document):
    stored = json.loads(json.dumps(document.as_json()))

    signed = rfc8785.dumps({"format": 1, **stored})
    assert document.digest() == hashlib.sha256(signed).hexdigest()
    assert Document.from_json(stored) == document


@given(documents)
@settings(deadline=None)
def test_default_values_are_not_stored(document):
    stored = document.as_json()

    assert stored.keys() == {"title", "kind"} | {name for name in OPTIONAL if getattr(document, name)}
    for row in stored.get("statements", ()):
        assert row.get("note") != ""
        assert row.get("sources") != []
