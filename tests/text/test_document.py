"""What a revision says, as plain data."""

from dataclasses import replace

import pytest

from wiki.text.document import Code, Document, Row

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
    ],
)
def test_any_change_changes_the_digest(change):
    assert replace(PAGE, **change).digest() != PAGE.digest()
