"""Names, codes and statements are put together by what they mean: the right value stands beside each pair."""

import unicodedata
from collections import Counter
from dataclasses import replace

import pytest

from wiki.text.compare.conflict_view import combined
from wiki.text.compare.merge import merge
from wiki.text.compare.merging.members import code_key
from wiki.text.compare.union import union
from wiki.text.document import Code, Document, Row
from wiki.text.slugs import name_key

PAGE = Document("Title", "condition")
NFD = unicodedata.normalize("NFD", "Behçet")
LONG = "Autosomal recessive " + "very " * 30 + "long name of type "

# Names at first, of ours, of theirs; and what stands, where ours is the change and theirs is published.
NAMES = [
    ((), ("Fahr",), ("fahr",), ("fahr",)),
    ((), ("FAHR", "Other"), ("Fahr",), ("Other", "Fahr")),
    ((), (NFD,), ("Behçet",), ("Behçet",)),
    ((), ("Behçet",), ("Behcet",), ("Behcet",)),
    ((), ("Fahr-disease",), ("Fahr–disease",), ("Fahr–disease",)),
    ((), ("Fahr disease",), ("Fahr-disease",), ("Fahr-disease",)),
    ((), ("Fahr's disease",), ("Fahr’s disease",), ("Fahr’s disease",)),
    ((), ("Strasse",), ("Straße",), ("Straße",)),
    ((), ("β-thalassaemia",), ("beta-thalassaemia",), ("beta-thalassaemia",)),
    # What medicine keeps apart stays apart.
    ((), ("CD4+",), ("CD4−",), ("CD4+", "CD4−")),
    ((), ("Type I",), ("Type II",), ("Type I", "Type II")),
    ((), ("T2",), ("T2*",), ("T2", "T2*")),
    ((), (LONG + "I",), (LONG + "II",), (LONG + "I", LONG + "II")),
    ((), ("5′ end",), ("5 end",), ("5′ end", "5 end")),
    # One side spells it anew, the other does nothing or something else.
    (("fahr",), ("Fahr",), ("fahr",), ("Fahr",)),
    (("fahr",), ("Fahr",), ("fahr", "Other"), ("Fahr", "Other")),
    (("fahr",), ("Fahr",), ("FAHR",), ("FAHR",)),
    (("Sjögren",), ("Sjögren", "Sjogren"), ("Sjögren",), ("Sjögren", "Sjogren")),
    (("Sjögren",), ("Sjögren", "Sjogren"), ("Sjögren", "Sicca"), ("Sjögren", "Sjogren", "Sicca")),
    (("one", "two"), ("one",), ("two",), ()),
    (("one", "two"), ("one",), ("one", "two", "Three"), ("one", "Three")),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "stands"), NAMES)
def test_a_name_is_one_name_however_it_is_spelled(base, ours, theirs, stands):
    there = merge(*(replace(PAGE, aliases=names) for names in (base, ours, theirs)))
    back = merge(*(replace(PAGE, aliases=names) for names in (base, theirs, ours)))

    assert (there.clean, {*there.document.aliases}) == (True, {*stands})
    assert back.clean
    assert {*map(name_key, back.document.aliases)} == {*map(name_key, stands)}
    for found in (there.document, back.document):
        assert not twice(found)


def twice(document):
    """Return what would stop the page from being submitted: names and codes that stand twice."""
    names = Counter(name.casefold() for name in (document.title, *document.aliases))
    codes = Counter((one.system, one.code) for one in document.codes)
    return [one for one, times in (names + codes).items() if times > 1]


def test_a_name_that_one_side_respelled_and_the_other_removed_is_a_question():
    base, ours, theirs = (replace(PAGE, aliases=names) for names in (("fahr", "x"), ("Fahr", "x"), ("x",)))

    merged = merge(base, ours, theirs)

    (clash,) = merged.clashes
    assert (clash.field, clash.label) == ("aliases", "Also called: fahr")
    assert (clash.base, clash.ours, clash.theirs) == ("fahr", "Fahr", "")
    assert merged.resolved({clash.key: "ours"}).aliases == ("Fahr", "x")
    assert merged.resolved({clash.key: "theirs"}).aliases == ("x",)
    assert merged.resolved({clash.key: "base"}).aliases == ("fahr", "x")
    assert [one.text for one in combined(base, ours, theirs, merged).aliases] == []


TITLES = [
    # Title and names at first, of ours, of theirs, and what stands.
    (("A", ()), ("Fahr disease", ("A",)), ("A", ("fahr disease",)), ("Fahr disease", ("A",))),
    (("A", ()), ("A", ("Behcet", "C")), ("Behçet", ("A",)), ("Behçet", ("A", "C"))),
    (("A", ("B",)), ("B", ("A",)), ("A", ("B", "C")), ("B", ("A", "C"))),
    (("A", ("B",)), ("B", ()), ("A", ("b",)), ("B", ())),
    (("Sjögren", ("Sjogren",)), ("Sjögren", ("Sjogren", "C")), ("Sjögren", ("D",)), ("Sjögren", ("C", "D"))),
    (
        ("Sjögren", ("Sjogren",)),
        ("Sjögren", ("Sjogren", "C")),
        ("Sjögren", ("Sjogren", "D")),
        ("Sjögren", ("Sjogren", "C", "D")),
    ),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "stands"), TITLES)
def test_what_one_side_made_the_title_is_no_other_name_too(base, ours, theirs, stands):
    pages = [Document(title, "condition", aliases=names) for title, names in (base, ours, theirs)]

    for merged in (merge(*pages), merge(pages[0], pages[2], pages[1])):
        assert merged.clean
        assert (merged.document.title, {*merged.document.aliases}) == (stands[0], {*stands[1]})
        assert not twice(merged.document)


def test_a_title_chosen_at_a_conflict_is_no_other_name_too():
    base, ours, theirs = (
        Document(title, "condition", aliases=names)
        for title, names in (("A", ()), ("B", ("A", "C")), ("C", ("A", "B")))
    )

    merged = merge(base, ours, theirs)

    assert merged.resolved({"title": "ours"}).aliases == ("A", "C")
    assert merged.resolved({"title": "theirs"}).aliases == ("A", "B")
    assert {*merged.resolved({"title": "anew"}, {"title": "a"}).aliases} == {"B", "C"}
    assert not any(one.is_gone for one in combined(base, ours, theirs, merged).aliases)


def code(number="E20", match="exact", system="ICD-10"):
    return Code(system, number, match)


# Codes at first, of ours, of theirs; and what stands, None where a person is asked.
CODES = [
    ((), (code(),), (code(),), (code(),)),
    ((), (code(),), (code("E21"),), (code(), code("E21"))),
    ((), (code(),), (code(match="broader"),), None),
    ((), (code("e20"),), (code(),), (code(),)),
    ((), (code("ICD-10 E20"),), (code(),), (code(),)),
    ((), (code(),), (code(system="ICD-10-CM"),), (code(), code(system="ICD-10-CM"))),
    ((code(),), (code(match="broader"),), (code(),), (code(match="broader"),)),
    ((code(),), (code(match="broader"),), (code(), code("E21")), (code(match="broader"), code("E21"))),
    ((code(),), (code(match="broader"),), (code(match="narrower"),), None),
    ((code(),), (code(match="broader"),), (), None),
    ((code(),), (code(match="broader"),), (code(match="broader"),), (code(match="broader"),)),
    ((code(), code("E21")), (code(),), (code("E21"),), ()),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "stands"), CODES)
def test_a_code_stands_once_and_its_match_is_never_guessed(base, ours, theirs, stands):
    pages = [replace(PAGE, codes=codes) for codes in (base, ours, theirs)]

    for merged in (merge(*pages), merge(pages[0], pages[2], pages[1])):
        assert merged.clean == (stands is not None)
        for choice in ("ours", "theirs", "base"):
            found = merged.resolved({clash.key: choice for clash in merged.clashes})
            assert not twice(found)
            assert stands is None or {(code_key(one), one.match) for one in found.codes} == {
                (code_key(one), one.match) for one in stands
            }


def test_a_code_matched_differently_is_asked_in_words():
    pages = [replace(PAGE, codes=codes) for codes in ((code("E21"),), (code(), code("E21")), ())]
    pages[2] = replace(PAGE, codes=(code(match="broader"),))

    merged = merge(*pages)

    (clash,) = merged.clashes
    assert (clash.field, clash.label) == ("codes", "Code: ICD-10 E20")
    assert (clash.base, clash.ours, clash.theirs) == ("", "ICD-10 E20", code(match="broader").in_words)
    assert merged.resolved({clash.key: "theirs"}).codes == (code(match="broader"),)
    assert [(one.text, one.is_gone) for one in combined(pages[0], pages[1], pages[2], merged).codes] == [
        ("ICD-10 E21", True)
    ]


OLD = Row("causes", 2, "asserted", "low", "cohort", sources=("pmid:1",))
TWO = replace(OLD, sources=("pmid:1", "pmid:2"))


def old(**changes):
    return replace(OLD, **changes)


# A statement at first, ours, theirs; and what stands, None where a person is asked.
ROWS = [
    (OLD, old(note="In adults."), old(grade="high"), old(note="In adults.", grade="high")),
    (OLD, old(frequency="3 of 14"), old(note="N."), old(frequency="3 of 14", note="N.")),
    (OLD, old(frequency="3 of 14"), old(onset="childhood"), old(frequency="3 of 14", onset="childhood")),
    (OLD, old(check_by="1 March 2027"), old(grade="high"), old(check_by="1 March 2027", grade="high")),
    (OLD, old(effect="odds ratio 2"), old(note="N."), old(effect="odds ratio 2", note="N.")),
    (OLD, old(sources=("pmid:1", "pmid:2")), old(note="N."), replace(TWO, note="N.")),
    (OLD, old(sources=("pmid:1", "pmid:2")), old(grade="moderate"), replace(TWO, grade="moderate")),
    (OLD, TWO, old(sources=("pmid:1", "pmid:3")), old(sources=("pmid:1", "pmid:2", "pmid:3"))),
    (TWO, OLD, replace(TWO, sources=("pmid:1", "pmid:2", "pmid:3")), old(sources=("pmid:1", "pmid:3"))),
    (TWO, OLD, replace(TWO, note="N."), old(note="N.")),
    (
        OLD,
        old(note="N.", grade="high"),
        old(note="N.", frequency="5%"),
        old(note="N.", grade="high", frequency="5%"),
    ),
    (OLD, old(penetrance="over 85%"), old(note="N."), old(penetrance="over 85%", note="N.")),
    (OLD, old(inheritance="dominant"), old(grade="high"), old(inheritance="dominant", grade="high")),
    (
        old(population="children"),
        old(population="Children"),
        old(population="children", note="N."),
        old(population="Children", note="N."),
    ),
    # Both added it.
    (None, OLD, old(note="N."), old(note="N.")),
    (
        None,
        old(frequency="5%"),
        old(note="N.", sources=("pmid:2",)),
        old(frequency="5%", note="N.", sources=("pmid:1", "pmid:2")),
    ),
    (None, OLD, TWO, TWO),
    # What only one person can judge.
    (OLD, old(note="A."), old(note="B."), None),
    (OLD, old(grade="moderate"), old(grade="high"), None),
    (OLD, old(grade="high"), old(basis="trial"), None),
    (OLD, old(grade="high"), old(strength="strong_for"), None),
    (OLD, old(grade="high"), old(effect="odds ratio 2"), None),
    (OLD, old(stance="refuted"), old(grade="high"), None),
    (OLD, old(stance="refuted"), old(note="In adults."), None),
    (OLD, old(stance="refuted"), old(frequency="5%"), None),
    (OLD, old(stance="refuted"), TWO, None),
    (OLD, old(frequency="5%"), old(frequency="6%"), None),
    (OLD, old(inheritance="dominant"), old(penetrance="5%"), None),
    (TWO, OLD, replace(TWO, grade="high"), None),
    (TWO, OLD, replace(TWO, sources=("pmid:2",)), None),
    (None, OLD, old(grade="high"), None),
    (None, OLD, old(stance="refuted"), None),
    (None, old(note="A."), old(note="B."), None),
    (OLD, None, old(note="N."), None),
    (OLD, None, old(grade="high"), None),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "stands"), ROWS)
def test_a_statement_is_put_together_by_field_where_its_meaning_allows(base, ours, theirs, stands):
    pages = [replace(PAGE, statements=(row,) if row else ()) for row in (base, ours, theirs)]

    for merged in (merge(*pages), merge(pages[0], pages[2], pages[1])):
        assert merged.clean == (stands is not None)
        if stands is not None:
            (found,) = merged.document.statements
            assert replace(found, sources=tuple(sorted(found.sources))) == stands


@pytest.mark.parametrize("changed", [{"relation": "treats"}, {"object": 9}, {"population": "children"}])
def test_a_statement_made_another_one_is_never_put_together_with_a_change(changed):
    pages = [replace(PAGE, statements=(row,)) for row in (OLD, old(**changed), old(note="N."))]

    for merged in (merge(*pages), merge(pages[0], pages[2], pages[1])):
        (clash,) = merged.clashes
        assert {*clash.rows} == {OLD, None, old(note="N.")}


def test_what_both_changed_is_told_as_of_both():
    base, ours, theirs = (
        replace(PAGE, statements=(row,), aliases=names)
        for row, names in ((OLD, ()), (old(note="N."), ("Fahr",)), (old(grade="high"), ("fahr",)))
    )

    told = combined(base, ours, theirs, merge(base, ours, theirs))

    assert [(one.by, one.change.fields) for one in told.statements] == [("each", ("grade", "note"))]
    assert [(one.by, one.text, one.is_gone, one.same_as) for one in told.aliases] == [
        ("ours", "Fahr", True, "fahr"),
        ("theirs", "fahr", False, ""),
    ]


def test_a_name_that_became_the_title_is_told():
    base, ours, theirs = (
        Document(title, "condition", aliases=names)
        for title, names in (("A", ()), ("B", ("A",)), ("A", ("b",)))
    )

    told = combined(base, ours, theirs, merge(base, ours, theirs)).aliases

    assert [(one.by, one.text, one.is_gone, one.same_as) for one in told] == [
        ("ours", "A", False, ""),
        ("theirs", "b", True, "B"),
    ]


def test_a_union_of_pages_has_each_name_and_code_once():
    stays = Document("Fahr disease", "condition", aliases=("Behçet", "Sjögren", "Sjogren"), codes=(code(),))
    goes = Document(
        "fahr-disease", "condition", aliases=("Behcet", "C", "c"), codes=(code("e20"), code("E21"))
    )

    whole = union(stays, goes, stays_id=1, goes_id=2)

    assert whole.aliases == ("Behçet", "Sjögren", "Sjogren", "C")
    assert whole.codes == (code(), code("E21"))
