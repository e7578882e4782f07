"""Two revisions made of the same one: what is put together, and what is left to a person."""

import random
import subprocess
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.domain.document_fields import MERGED_WHOLE
from wiki.text.compare.merge import merge
from wiki.text.document import Code, Document, Row

PAGE = Document(
    title="Hypoparathyroidism",
    kind="condition",
    summary="The glands make too little hormone.",
    aliases=("HypoPT",),
    codes=(Code("ICD-10", "E20"),),
    body="## What it is\n\nToo little hormone.\n\nCalcium falls.\n\n## What helps\n\nCalcium, 10 mg.\n",
    statements=(
        Row("causes", 2, "asserted", "low", "cohort"),
        Row("causes", 3, "asserted", "high", "cohort"),
    ),
)


def body(*paragraphs):
    return Document("T", "condition", body="\n\n".join(paragraphs) + "\n")


def row(**changes):
    return replace(PAGE.statements[0], **changes)


def test_changes_of_different_fields_are_merged():
    ours = replace(PAGE, title="Low parathyroid hormone", body=PAGE.body.replace("falls", "drops"))
    theirs = replace(
        PAGE,
        summary="Too little hormone.",
        aliases=("HypoPT", "HP"),
        codes=(),
        body=PAGE.body.replace("10 mg", "20 mg"),
        statements=PAGE.statements[:1],
    )

    merged = merge(PAGE, ours, theirs)

    assert merged.clean
    assert merged.document == replace(
        theirs, title=ours.title, body=PAGE.body.replace("falls", "drops").replace("10 mg", "20 mg")
    )


def test_two_edits_of_one_paragraph_conflict():
    base, ours, theirs = body("Give 10 mg."), body("Give 20 mg."), body("Give 10 mg daily.")

    merged = merge(base, ours, theirs)

    (clash,) = merged.clashes
    assert (clash.field, clash.key, clash.label) == ("body", "body-1", "Text")
    assert (clash.base, clash.ours, clash.theirs) == ("Give 10 mg.", "Give 20 mg.", "Give 10 mg daily.")
    assert merged.document == ours
    assert not merged.clean


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        ("ours", "A\n\nB ours\n\nC\n"),
        ("theirs", "A\n\nB theirs\n\nC\n"),
        ("both", "A\n\nB ours\n\nB theirs\n\nC\n"),
        ("base", "A\n\nB\n\nC\n"),
    ],
)
def test_a_conflict_in_the_text_is_resolved_as_chosen(choice, chosen):
    merged = merge(body("A", "B", "C"), body("A", "B ours", "C"), body("A", "B theirs", "C"))

    assert merged.resolved({"body-1": choice}).body == chosen


@pytest.mark.parametrize("field", list(MERGED_WHOLE))
def test_a_value_changed_by_both_conflicts(field):
    ours, theirs = (Document.from_json({**PAGE.as_json(), field: side}) for side in ("ours", "theirs"))
    merged = merge(PAGE, ours, theirs)

    assert [(clash.field, clash.key) for clash in merged.clashes] == [(field, field)]
    assert getattr(merged.document, field) == "ours"
    assert getattr(merged.resolved({field: "theirs"}), field) == "theirs"
    assert merged.resolved({field: "base"}) == PAGE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (row(grade="moderate"), row(grade="high")),
        (row(grade="moderate"), row(basis="trial", note="In adults.", sources=("pmid:1",))),
        (None, row(grade="high")),
        (row(grade="high"), None),
    ],
)
def test_a_statement_changed_by_both_conflicts(ours, theirs):
    base, other = PAGE.statements

    def page(changed):
        return replace(PAGE, statements=(changed, other) if changed else (other,))

    merged = merge(PAGE, page(ours), page(theirs))

    (clash,) = merged.clashes
    assert (clash.key, clash.rows) == ("statements-causes-2", (base, ours, theirs))
    assert merged.resolved({clash.key: "ours"}) == merged.document == page(ours)
    assert merged.resolved({clash.key: "theirs"}) == page(theirs)
    assert merged.resolved({clash.key: "base"}) == PAGE


def test_a_statement_conflict_is_described_in_words():
    full = row(grade="high", note="In adults.", sources=("pmid:1", "pmid:2"))
    merged = merge(PAGE, replace(PAGE, statements=(full,)), replace(PAGE, statements=PAGE.statements[1:]))

    assert merged.clashes[0].ours == "asserted; high; cohort; In adults.; pmid:1, pmid:2"
    assert merged.clashes[0].theirs == ""


def test_both_sides_may_change_and_remove_different_statements():
    first, second = PAGE.statements
    base = replace(PAGE, statements=(first, second, row(object=4)))
    ours = replace(PAGE, statements=(row(grade="high"), second, row(object=5)))
    theirs = replace(PAGE, statements=(row(object=6), first, row(object=7), row(object=4)))

    merged = merge(base, ours, theirs)

    assert merged.clean
    assert [r.object for r in merged.document.statements] == [6, 2, 7, 5]
    assert merged.document.statements[1].grade == "high"


def test_the_same_statement_added_by_both_is_kept_once():
    new = row(object=9)
    ours = replace(PAGE, statements=(*PAGE.statements, new))
    theirs = replace(PAGE, statements=(new, *PAGE.statements))

    assert merge(PAGE, ours, theirs).document == ours


def test_a_conflict_is_resolved_only_by_an_offered_choice():
    merged = merge(PAGE, replace(PAGE, title="Ours"), replace(PAGE, title="Theirs"))

    with pytest.raises(KeyError):
        merged.resolved({})
    with pytest.raises(ValueError, match="title cannot be both"):
        merged.resolved({"title": "both"})


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (["A a", "B b"], ["A a1", "B b"], ["A a", "B b1"], ["A a1", "B b1"]),
        (["A a", "B b", "C"], ["A a1", "B b1", "C"], ["A a", "B b", "C", "D"], ["A a1", "B b1", "C", "D"]),
        (["A", "B"], ["B"], ["A", "B"], ["B"]),
        (["A", "B", "C"], ["B", "C"], ["A", "B"], ["B"]),
        (["A", "B", "C"], ["A", "X", "C"], ["A", "X", "C", "D"], ["A", "X", "C", "D"]),
        (["A", "B", "C"], ["X", "A", "B", "C"], ["A", "B", "C", "Y"], ["X", "A", "B", "C", "Y"]),
        (["# H", "A", "B"], ["# H", "A", "B", "C"], ["# I", "A", "B"], ["# I", "A", "B", "C"]),
    ],
)
def test_changes_of_separate_paragraphs_are_merged(base, ours, theirs, expected):
    merged = merge(body(*base), body(*ours), body(*theirs))

    assert merged.clean
    assert merged.document.body == body(*expected).body


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (["A", "B", "C"], ["A", "C"], ["A", "B1", "C"]),
        (["A", "B", "C"], ["A", "X", "B", "C"], ["A", "Y", "B", "C"]),
        (["A", "B", "C"], ["A", "B"], ["A", "B", "C", "D"]),
        (["A a", "B b"], ["A a", "B b1"], ["A a", "X", "B b"]),
        (["A a", "B b", "C c"], ["A a1", "B b1", "C c"], ["A a", "C c"]),
        (["A", "B", "C"], ["X Y"], ["A", "B2", "C"]),
    ],
)
def test_changes_of_adjacent_paragraphs_conflict(base, ours, theirs):
    there = merge(body(*base), body(*ours), body(*theirs))
    back = merge(body(*base), body(*theirs), body(*ours))

    assert not there.clean
    assert [(c.base, c.ours, c.theirs) for c in there.clashes] == [
        (c.base, c.theirs, c.ours) for c in back.clashes
    ]


def test_a_conflict_names_its_heading():
    base = body("## One", "a a", "b b", "## Two", "c c")
    ours = body("## One", "a a1", "b b", "## Two", "c c1")
    theirs = body("## One", "a a2", "b b", "## Two", "c c2")

    labels = [clash.label for clash in merge(base, ours, theirs).clashes]

    assert labels == ["Text under “One”", "Text under “Two”"]


def test_the_end_of_the_text_may_have_no_line_end():
    base = replace(PAGE, body="A\n\nB")
    ours = replace(PAGE, body="A\n\nB\n\nC")
    theirs = replace(PAGE, body="A one\n\nB")

    assert merge(base, ours, theirs).document.body == "A one\n\nB\n\nC"


@pytest.mark.parametrize(("ours", "theirs"), [("A\n\nB1", "A\n\nB2"), ("A\n\nB1\n", "A\n\nB2\n")])
def test_paragraphs_kept_from_both_do_not_run_together(ours, theirs):
    merged = merge(replace(PAGE, body="A\n\nB"), replace(PAGE, body=ours), replace(PAGE, body=theirs))

    assert merged.resolved({"body-1": "both"}).body.rstrip("\n") == "A\n\nB1\n\nB2"


def test_blank_lines_added_by_both_do_not_conflict():
    base, ours, theirs = (replace(PAGE, body=text) for text in ("A\n\nB", "A\n\n\nB", "A\n\nB\n"))

    assert merge(base, ours, theirs).document.body == "A\n\n\nB\n"


PARAGRAPHS = st.sampled_from(["Alpha.", "Beta beta.", "## Gamma", "Delta one.", "Delta two.", "- x\n- y", ""])
BODIES = st.one_of(st.lists(PARAGRAPHS, max_size=6).map("\n\n".join), st.text("ab#\n \r", max_size=12))
ROWS = st.lists(
    st.builds(Row, st.just("causes"), st.integers(1, 4), st.just("a"), st.sampled_from("hl"), st.just("c")),
    max_size=4,
    unique_by=lambda row: row.key,
).map(tuple)
NAMES = st.lists(st.sampled_from("abcd"), max_size=4, unique=True).map(tuple)
DOCUMENTS = st.builds(
    Document,
    title=st.sampled_from("XYZ"),
    kind=st.just("condition"),
    aliases=NAMES,
    codes=NAMES.map(lambda names: tuple(Code("ICD-10", name) for name in names)),
    body=BODIES,
    statements=ROWS,
)


@given(DOCUMENTS, DOCUMENTS)
def test_a_change_of_one_side_only_is_taken(base, changed):
    assert merge(base, changed, base).document == changed
    assert merge(base, base, changed).document == changed
    assert merge(base, changed, changed).document == changed
    assert merge(base, changed, base).clean
    assert merge(base, base, changed).clean
    assert merge(base, changed, changed).clean


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_a_merge_is_symmetric(base, ours, theirs):
    there, back = merge(base, ours, theirs), merge(base, theirs, ours)

    assert {(c.key, c.base, c.ours, c.theirs) for c in there.clashes} == {
        (c.key, c.base, c.theirs, c.ours) for c in back.clashes
    }
    assert unordered(there.resolved(dict.fromkeys(keys(there), "ours"))) == unordered(
        back.resolved(dict.fromkeys(keys(back), "theirs"))
    )


def keys(merged):
    return [clash.key for clash in merged.clashes]


def unordered(document):
    """Return the document with what is a set as a set, and gaps between paragraphs as blank lines."""
    lists = (set(document.aliases), set(document.codes), set(document.statements))
    return document.title, [line for line in document.body.splitlines() if line.strip()], lists


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_nothing_added_is_dropped_and_nothing_removed_returns(base, ours, theirs):
    merged = merge(base, ours, theirs)

    document = merged.resolved(dict.fromkeys(keys(merged), "ours"))

    for side in (ours, theirs):
        assert {*side.aliases} - {*base.aliases} <= {*document.aliases}
        assert not ({*base.aliases} - {*side.aliases}) & {*document.aliases}
        assert not ({*base.codes} - {*side.codes}) & {*document.codes}
        if merged.clean:
            added = {r.key for r in side.statements} - {r.key for r in base.statements}
            removed = {r.key for r in base.statements} - {r.key for r in side.statements}
            assert added <= {r.key for r in document.statements}
            assert not removed & {r.key for r in document.statements}


@given(
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.data(),
)
def test_paragraphs_added_stay_and_those_removed_do_not_return(kept_by_us, kept_by_them, data):
    base = [f"base {n}" for n in range(6)]
    ours = _edited(base, kept_by_us, "our", data)
    theirs = _edited(base, kept_by_them, "their", data)

    merged = merge(body(*base), body(*ours), body(*theirs))

    if merged.clean:
        lines = merged.document.body.splitlines()
        for side in (ours, theirs):
            assert {text for text in side if text not in base} <= set(lines)
            assert not {text for text in base if text not in side} & set(lines)


def _edited(base, kept, name, data):
    texts = [text for text, keep in zip(base, kept, strict=True) if keep] or [f"{name} only"]
    for number in range(data.draw(st.integers(0, 2))):
        texts.insert(data.draw(st.integers(0, len(texts))), f"{name} new {number}")
    return texts


@pytest.mark.parametrize("seed", range(4))
def test_every_clean_merge_equals_that_of_git(seed, tmp_path):
    """Git compares lines; with blank lines between paragraphs it can part edits of neighbours, as we do,
    but now and then it takes one blank line for another. So it is asked both ways."""
    chance = random.Random(seed)  # noqa: S311 - a test wants the same documents every time
    verdicts: Counter[tuple[bool, bool]] = Counter()
    for _ in range(100):
        base = [f"{name} {name} one." for name in chance.sample("abcdefghijkl", chance.randint(2, 10))]
        texts = [base, _changed(base, "our", chance), _changed(base, "their", chance)]

        merged = merge(*(body(*paragraphs) for paragraphs in texts))
        results = [_git(tmp_path, [f"{gap.join(t)}\n" for t in texts]) for gap in ("\n\n", "\n")]

        verdicts[merged.clean, any(results)] += 1
        if merged.clean:
            assert any(results), texts
            assert {merged.document.body.replace("\n\n", "\n")} == set(filter(None, results)), texts
    assert verdicts[True, True] > 15
    assert verdicts[False, False] > 15
    assert verdicts[False, True] < 20


def _changed(base, name, chance):
    texts = list(base)
    for number in range(chance.randint(1, 3)):
        place = chance.randrange(len(texts)) if texts else 0
        act = chance.choice(["edit", "edit", "add", "remove"])
        if act == "add" or not texts:
            texts.insert(place, f"{name} new {number}.")
        elif act == "edit":
            texts[place] = texts[place].replace("one", f"{name} {number}")
        else:
            del texts[place]
    return texts or ["left"]


def _git(folder, texts):
    """Return the merged lines without blank ones, or "" for a conflict."""
    files = [folder / name for name in ("base", "ours", "theirs")]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    command = ["git", "merge-file", "-p", files[1], files[0], files[2]]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if run.returncode else run.stdout.replace("\n\n", "\n")


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 3))
def test_long_texts_are_merged_in_time(seed):
    chance = random.Random(seed)  # noqa: S311
    base = [f"{chance.random()} paragraph {n}" for n in range(3_000)]
    ours = [text + "." if n % 50 == 0 else text for n, text in enumerate(base)]
    theirs = [text + "!" if n % 50 == 25 else text for n, text in enumerate(base)]

    assert merge(body(*base), body(*ours), body(*theirs)).clean
