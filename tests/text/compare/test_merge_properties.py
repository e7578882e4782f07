"""What must hold of any three documents, and what git makes of the same ones."""

import random
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.compare.merge import Merge, merge
from wiki.text.document import Code, Document, Retirement, Row

LETTERS = st.sampled_from("abcdef")
NAMES = st.lists(LETTERS, max_size=5, unique=True).map(tuple)
ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["causes", "treats"]),
        st.integers(1, 4),
        st.sampled_from(["asserted", "disputed"]),
        st.sampled_from(["low", "high"]),
        st.just("cohort"),
        note=st.sampled_from(["", "In adults."]),
        sources=st.lists(st.sampled_from(["pmid:1", "pmid:2"]), unique=True).map(tuple),
    ),
    max_size=5,
    unique_by=lambda row: row.key,
).map(tuple)
PARAGRAPHS = st.sampled_from(
    [
        "## Dose",
        "Give 10 mg.",
        "Give 20 mg.",
        "Give 10 mg daily.",
        "Alpha.",
        "Beta beta.",
        "- x\n- y",
        "| a |",
    ]
)
DOCUMENTS = st.builds(
    Document,
    title=LETTERS,
    kind=st.sampled_from(["condition", "finding"]),
    summary=LETTERS,
    aliases=NAMES,
    codes=NAMES.map(lambda names: tuple(Code("ICD-10", name) for name in names)),
    body=st.lists(PARAGRAPHS, max_size=7).map("\n\n".join),
    statements=ROWS,
    retirement=st.one_of(st.none(), st.builds(Retirement, LETTERS, st.sampled_from([None, 2]))),
)


def all_as(side: str, merged: Merge) -> Document:
    return merged.resolved({clash.key: side for clash in merged.clashes})


@given(DOCUMENTS, DOCUMENTS)
def test_with_one_side_alone_a_merge_is_that_side(base: Document, changed: Document) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.clean
        assert merged.document == changed


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_a_merge_is_symmetric(base: Document, ours: Document, theirs: Document) -> None:
    there, back = merge(base, ours, theirs), merge(base, theirs, ours)

    assert there.clean == back.clean
    assert Counter(
        (c.key, c.base, c.ours, c.theirs, c.rows, c.retirements) for c in there.clashes
    ) == Counter(
        (c.key, c.base, c.theirs, c.ours, _swapped(c.rows), _swapped(c.retirements)) for c in back.clashes
    )
    for mine, yours in (("ours", "theirs"), ("theirs", "ours"), ("base", "base")):
        assert _as_sets(all_as(mine, there)) == _as_sets(all_as(yours, back))


def _swapped[Item](three: tuple[Item, Item, Item]) -> tuple[Item, Item, Item]:
    return three[0], three[2], three[1]


def _as_sets(document: Document) -> Document:
    """Return the document with its sets in one order, and one blank line between paragraphs."""
    return replace(
        document,
        aliases=tuple(sorted(document.aliases)),
        codes=tuple(sorted(document.codes)),
        statements=tuple(
            replace(row, sources=tuple(sorted(row.sources)))
            for row in sorted(document.statements, key=lambda row: row.key)
        ),
        body="\n\n".join(filter(str.strip, document.body.split("\n\n"))).strip("\n"),
    )


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_nothing_added_is_dropped_and_nothing_removed_returns(
    base: Document, ours: Document, theirs: Document
) -> None:
    merged = merge(base, ours, theirs)
    document = all_as("ours", merged)

    for members in (_names, _codes, _statements if merged.clean else _codes):
        was, found = members(base), members(document)
        for side in (members(ours), members(theirs)):
            # A name that the other side made the title is there as the title.
            assert side - was <= found | {document.title}
            assert not (was - side) & found
        assert found <= members(ours) | members(theirs)


def _names(document: Document) -> set[object]:
    return {*document.aliases}


def _codes(document: Document) -> set[object]:
    return {*document.codes}


def _statements(document: Document) -> set[object]:
    return {row.key for row in document.statements}


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_values_changed_by_one_side_are_taken_and_by_both_conflict(
    base: Document, ours: Document, theirs: Document
) -> None:
    merged = merge(base, ours, theirs)
    asked = {clash.key for clash in merged.clashes}

    for name in ("title", "kind", "summary", "retirement"):
        was, our, their = (getattr(one, name) for one in (base, ours, theirs))
        assert (name in asked) == (our != was and their != was and our != their)
        assert getattr(merged.document, name) == (their if our == was else our)
    was_rows, our_rows, their_rows = ({r.key: r for r in one.statements} for one in (base, ours, theirs))
    for key in was_rows | our_rows | their_rows:
        one, two, three = (rows.get(key) for rows in (was_rows, our_rows, their_rows))
        disputed = f"statements-{key[0]}-{key[1]}" in asked
        assert disputed == (two != one and three != one and two != three and not _combine(one, two, three))


def _combine(base: Row | None, ours: Row | None, theirs: Row | None) -> bool:
    """Return whether two changes of a statement, in the fields that these tests change, fit together."""
    if ours is None or theirs is None:
        return False
    was = base or replace(ours, note="", sources=())
    mine, others = (
        {name for name in ("stance", "grade", "note") if getattr(side, name) != getattr(was, name)}
        for side in (ours, theirs)
    )
    same = {name for name in mine & others if getattr(ours, name) == getattr(theirs, name)}
    mine, others = mine - same, others - same
    gone_of_ours, gone_of_theirs = ({*was.sources} - {*side.sources} for side in (ours, theirs))
    other_sources = {*ours.sources} != {*theirs.sources}
    changed = [
        mine | ({"sources"} if other_sources and {*ours.sources} != {*was.sources} else set()),
        others | ({"sources"} if other_sources and {*theirs.sources} != {*was.sources} else set()),
    ]
    stand = ({*ours.sources} & {*theirs.sources}) | ({*ours.sources} | {*theirs.sources}) - {*was.sources}
    return not (
        (mine & others)
        or (not base and (ours.stance, ours.grade) != (theirs.stance, theirs.grade))
        or (all(changed) and "stance" in changed[0] | changed[1])
        or (mine & {"stance", "grade"} and (others & {"stance", "grade"} or gone_of_theirs))
        or (others & {"stance", "grade"} and gone_of_ours)
        or (ours.sources and theirs.sources and not stand)
    )


@given(st.lists(st.integers(0, 99), min_size=1, max_size=5), st.data())
def test_different_doses_in_one_paragraph_are_never_combined(doses: list[int], data: st.DataObject) -> None:
    base = [f"Give {dose} mg of drug {n}, then {dose} mg." for n, dose in enumerate(doses)]
    place = data.draw(st.integers(0, len(base) - 1))
    first, second = f"Give {doses[place]}00 mg", f"then {doses[place]}00 mg"
    ours, theirs = list(base), list(base)
    ours[place] = base[place].replace(f"Give {doses[place]} mg", first)
    theirs[place] = base[place].replace(f"then {doses[place]} mg", second)

    merged = merge(*(_page(texts) for texts in (base, ours, theirs)))

    assert [(clash.ours, clash.theirs) for clash in merged.clashes] == [(ours[place], theirs[place])]
    for choice in ("ours", "theirs", "base"):
        assert not (first in (body := all_as(choice, merged).body) and second in body)


# --- Git, asked about the same documents -------------------------------------------------------------------

# What stands between two documents, so that one call of git merges many: the same on all sides, unique, and
# so long that no change reaches across it.
FENCE = 6
CASES = 2_500


@dataclass(frozen=True)
class Case:
    """Three versions of a text as lists of paragraphs, none of which is there twice."""

    base: Sequence[str]
    ours: Sequence[str]
    theirs: Sequence[str]


def _cases(seed: int, number: int) -> Iterator[Case]:
    chance = random.Random(seed)  # noqa: S311 - a test wants the same documents every time
    for case in range(number):
        base = [f"{case} {n} {n} one." for n in range(chance.randint(1, 12))]
        ours = _changed(base, f"{case} our", chance)
        # Now and then both do the same, or one does nothing.
        theirs = (
            chance.choice([ours, base]) if chance.random() < 0.1 else _changed(base, f"{case} their", chance)
        )
        yield Case(base, ours, theirs)


def _changed(base: Sequence[str], name: str, chance: random.Random) -> list[str]:
    texts = list(base)
    for number in range(chance.randint(1, 3)):
        place = chance.randrange(len(texts) + 1)
        act = chance.choice(["edit", "edit", "edit", "add", "remove"])
        if act == "add" or place == len(texts):
            texts.insert(place, f"{name} new {number}.")
        elif act == "edit":
            texts[place] = texts[place].replace("one", f"{name} {number}")
        else:
            del texts[place]
    return texts


def _page(paragraphs: Sequence[str]) -> Document:
    return Document("T", "condition", body="".join(f"{text}\n\n" for text in paragraphs))


def _asked_of_git(cases: Sequence[Case], folder, gap: str) -> list[str | None]:
    """Return what git makes of each case, None for a conflict. A paragraph is a line, `gap` follows it."""
    names = ("base", "ours", "theirs")
    for name in names:
        lines = []
        for number, case in enumerate(cases):
            lines += [f"{text}\n{gap}" for text in getattr(case, name)]
            lines += [f"=== {number} {n} ===\n" for n in range(FENCE)]
        (folder / name).write_text("".join(lines))
    command = ["git", "merge-file", "-p", "--diff3", "ours", "base", "theirs"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode in range(128), run.stderr
    found: list[str | None] = []
    rest = run.stdout
    for number in range(len(cases)):
        fence = "".join(f"=== {number} {n} ===\n" for n in range(FENCE))
        text, between, rest = rest.partition(fence)
        assert between, f"git did not keep the fence of case {number}"
        found.append(None if "<<<<<<<" in text else text)
    assert not rest
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_merges_of_thousands_of_documents_agree_with_git(seed, tmp_path):
    """Where we put two texts together git does so too, with the same bytes.

    Git compares lines, so it is asked twice. With a line between paragraphs it parts two edits of neighbours,
    as we do. Without one it takes neighbours for one place. We ask a person more often in one case, and mean
    to: where something was added or removed right beside what the other side changed.
    """
    cases = list(_cases(seed, CASES))
    apart, close = (_asked_of_git(cases, tmp_path, gap) for gap in ("\n", ""))

    verdicts: Counter[str] = Counter()
    for case, *answers in zip(cases, apart, close, strict=True):
        merged = merge(_page(case.base), _page(case.ours), _page(case.theirs))
        if merged.clean:
            expected = [merged.document.body, merged.document.body.replace("\n\n", "\n")]
            agrees = [text == answer for text, answer in zip(expected, answers, strict=True)]
            assert any(agrees), (case, answers)
            assert all(yes or answer is None for yes, answer in zip(agrees, answers, strict=True)), case
            verdicts["both merge"] += 1
        elif answers == [None, None]:
            verdicts["both ask"] += 1
        else:
            assert _touch(case), case
            verdicts["we ask, git merges"] += 1
    assert verdicts["both merge"] > CASES / 4
    assert verdicts["both ask"] > CASES / 10
    assert verdicts["we ask, git merges"] < CASES / 5


def _touch(case: Case) -> bool:
    """Return whether something was added or removed right beside what the other side changed."""
    return any(
        abs(one - two) <= 1
        for one in _places_changed(case.base, case.ours)
        for two in _places_changed(case.base, case.theirs)
    )


def _places_changed(base: Sequence[str], side: Sequence[str]) -> set[int]:
    """Return where a side differs from its base: what is gone, what stands beside news."""
    kept = {text: place for place, text in enumerate(base) if text in {*side}}
    gone = {place for place, text in enumerate(base) if text not in kept}
    last, news = -1, set()
    for text in side:
        if text in kept:
            last = kept[text]
        else:
            news |= {last, last + 1}
    return gone | news
