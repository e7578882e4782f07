"""What a revision says, as plain data."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
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


def test_a_document_comes_back_from_json_as_it_was():
    assert Document.from_json(PAGE.as_json()) == PAGE
    assert Document.from_json({"title": "T", "kind": "drug"}) == Document("T", "drug")


def test_json_with_anything_else_in_it_is_refused():
    with pytest.raises(TypeError, match="unknown keys: author, state"):
        Document.from_json({**PAGE.as_json(), "state": "approved", "author": 1})


def test_a_statement_is_the_same_by_its_relation_and_object():
    assert PAGE.statements[0].key == ("causes", 2)


def test_the_digest_stays_as_it_was_when_revisions_were_signed():
    assert Document("T", "drug").digest() == (
        "5b43351a22e7720a832d27e78e42d167f2c7c970328f876a2f63a9dcb1c29e76"
    )


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


def test_how_a_page_is_retired_comes_back_from_json_and_is_signed():
    retired = replace(PAGE, retirement=Retirement("Why.", 7))

    assert retired.as_json()["retirement"] == {"reason": "Why.", "replaced_by": 7}
    assert Document.from_json(json.loads(json.dumps(retired.as_json()))) == retired
    assert (
        len({replace(PAGE, retirement=Retirement(why, into)).digest() for why in "ab" for into in (None, 7)})
        == 4
    )


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
rows = st.builds(
    Row, words, st.integers(1), words, words, words, words, st.lists(words, max_size=2).map(tuple)
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
BEFORE_THERE_WERE_RETIREMENTS = {"title", "kind", "summary", "aliases", "codes", "body", "statements"}


@given(documents)
def test_a_page_that_is_not_retired_keeps_the_digest_that_was_signed_before_there_were_retirements(document):
    data = document.as_json()

    assert data.keys() == BEFORE_THERE_WERE_RETIREMENTS
    signed = json.dumps({"format": 1, **data}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert document.digest() == hashlib.sha256(signed.encode()).hexdigest()
    assert Document.from_json(data).digest() == document.digest()
