"""Two windows of one writer, put together: nothing that either typed is left out."""

from dataclasses import replace

import pytest

from wiki.forms.editing.put_together import DONE, put_together
from wiki.forms.editing.typed import HEAD, Typed

BODY = "One.\n\nTwo.\n\nThree."
CODE = {"system": "icd10", "code": "E20"}
OTHER_CODE = {"system": "omim", "code": "146200"}


def form(**head):
    return Typed({**dict.fromkeys(HEAD, ""), "title": "Gout", "kind": "condition", "body": BODY, **head})


def stated(typed, *rows):
    fields = tuple({"relation": relation, "object": page} for relation, page, _ in rows)
    return replace(typed, statements=fields, cited=tuple(keys for _, _, keys in rows))


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ("One, ours.\n\nTwo.\n\nThree.", BODY, "One, ours.\n\nTwo.\n\nThree."),
        (BODY, "One.\n\nTwo.\n\nThree, theirs.", "One.\n\nTwo.\n\nThree, theirs."),
        (
            "One, ours.\n\nTwo.\n\nThree.",
            "One.\n\nTwo.\n\nThree, theirs.",
            "One, ours.\n\nTwo.\n\nThree, theirs.",
        ),
        (
            "One.\n\nTwo, ours.\n\nThree.",
            "One.\n\nTwo, theirs.\n\nThree.",
            "One.\n\nTwo, ours.\n\nTwo, theirs.\n\nThree.",
        ),
    ],
)
def test_the_body_keeps_each_change_and_both_where_they_clash(ours, theirs, together):
    typed, told = put_together(form(), form(body=ours), form(body=theirs))

    assert typed.head["body"] == together
    assert told == DONE


@pytest.mark.parametrize("name", ["title", "kind", "impact"])
def test_a_choice_that_one_window_left_empty_is_that_of_the_other(name):
    # Else what the other window chose would be lost, and nobody would be told.
    typed, told = put_together(form(**{name: "was"}), form(**{name: ""}), form(**{name: "action"}))

    assert typed.head[name] == "action"
    assert told == DONE


def test_without_a_common_base_every_paragraph_is_kept_once():
    typed, _ = put_together(form(body=""), form(body="One.\n\nOurs."), form(body="One.\n\nTheirs."))

    assert [typed.head["body"].count(words) for words in ("One.", "Ours.", "Theirs.")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "together"),
    [
        ("summary", "Ours.", "Theirs.", "Ours. Theirs."),
        ("summary", "Ours.", "", "Ours."),
        ("note", "A word", "A word more", "A word more"),
        ("aliases", "Podagra, uric", "Podagra, acid", "Podagra, uric, acid"),
        ("aliases", "Fahr, uric", "fahr, acid, Uric", "Fahr, uric, acid"),
        ("aliases", "Fahr, uric", "Gout, tophaceous; acid", "Fahr; uric; Gout, tophaceous; acid;"),
        ("meaning", "", "Theirs.", "Theirs."),
    ],
)
def test_other_text_fields_keep_both_values(name, ours, theirs, together):
    typed, told = put_together(form(**{name: "Podagra"}), form(**{name: ours}), form(**{name: theirs}))

    assert typed.head[name] == together
    assert told == DONE


def test_our_title_is_kept_and_theirs_is_reported():
    typed, told = put_together(form(), form(title="Ours"), form(title="Theirs"))

    assert typed.head["title"] == "Ours"
    assert "The title of the other window was “Theirs”." in told


def test_codes_and_statements_are_merged_without_removed_rows():
    base = stated(replace(form(), codes=(CODE,)), ("causes", "Pain", ()), ("causes", "Fever", ()))
    ours = stated(
        replace(form(), codes=(CODE, OTHER_CODE)), ("causes", "Pain", ("pmid:1",)), ("causes", "Fever", ())
    )
    theirs = stated(form(), ("causes", "Pain", ()), ("causes", "Rash", ("pmid:2",)))

    typed, _ = put_together(base, ours, theirs)

    assert typed.codes == (OTHER_CODE,)
    rows = [(row["object"], keys) for row, keys in zip(typed.statements, typed.cited, strict=True)]
    assert rows == [("Pain", ("pmid:1",)), ("Rash", ("pmid:2",))]
