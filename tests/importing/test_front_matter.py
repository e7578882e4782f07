"""The file format of a page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.importing.front_matter import (
    NO_PAGE,
    REVIEWED,
    STARTER,
    BadFile,
    FiledRetirement,
    FiledSource,
    FiledStatement,
    PageFile,
    dumps,
    loads,
)
from wiki.text.document import Row

# Whatever a form lets through: no control characters, no halves of characters.
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(str.strip)
name = words.filter(bool)
key = st.sampled_from(["pmid:1", "doi:10.1/a:b", "url:https://example.org/?a=b&c"])

rows = st.builds(
    Row, name, st.just(NO_PAGE), name, name, name, note=words, sources=st.lists(key, max_size=3).map(tuple)
)
statements = st.builds(FiledStatement, name, rows)
csl = st.dictionaries(
    name, st.one_of(words, st.integers(), st.lists(st.dictionaries(name, words), max_size=2))
)
sources = st.builds(
    FiledSource,
    ids=st.dictionaries(name, name, min_size=1, max_size=3).map(lambda ids: tuple(ids.items())),
    csl=csl,
    type=name,
    checked=st.sampled_from(["full", "partial"]),
    checked_how=words,
)
files = st.builds(
    PageFile,
    title=name,
    kind=name,
    review=st.sampled_from([REVIEWED, STARTER]),
    summary=words,
    aliases=st.lists(words, max_size=3).map(tuple),
    codes=st.lists(st.tuples(name, name), max_size=3).map(tuple),
    statements=st.lists(statements, max_size=3).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    body=st.lists(words, max_size=4).map("\n\n".join).map(str.strip),
    retired=st.none() | st.builds(FiledRetirement, name, words),
)


@given(files)
@settings(deadline=None)
def test_a_page_comes_back_as_it_was_written(file):
    text = dumps(file)

    assert loads(text) == file
    assert dumps(loads(text)) == text


def test_the_order_of_a_records_members_is_the_files_own():
    one = FiledSource(
        (("pmid", "1"),), {"title": "T", "type": "book", "author": [{"given": "A", "family": "B"}]}, "cohort"
    )
    other = FiledSource(
        (("pmid", "1"),), {"author": [{"family": "B", "given": "A"}], "type": "book", "title": "T"}, "cohort"
    )
    page = PageFile("T", "condition", REVIEWED, "S", (), (), (), (), "B")

    assert dumps(PageFile(**{**vars(page), "sources": (one,)})) == dumps(
        PageFile(**{**vars(page), "sources": (other,)})
    )


GOOD = dumps(PageFile("T", "condition", REVIEWED, "S", (), (), (), (), "Body."))
SOURCE = "sources:\n  - ids: {pmid: 1}\n    type: cohort\n    csl: {title: T, issued: 2020-01-01}\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "does not start with front matter"),
        ("Only a body.", "does not start with front matter"),
        ("---\ntitle: T\n", "does not start with front matter"),
        ("---\ntitle: [\n---\n\nBody.", "is not YAML"),
        ("---\n---\n\nBody.", "lacks or misuses"),
        ("---\n- a\n---\n\nBody.", "lacks or misuses"),
        (GOOD.replace("kind: condition\n", ""), "lacks or misuses 'kind'"),
        (GOOD.replace("reviewed", "by somebody"), "lacks or misuses review"),
        (GOOD.replace("codes: []", "codes: [E20]"), "lacks or misuses"),
        (GOOD.replace("statements: []", "statements: [{relation: causes, colour: red}]"), "lacks or misuses"),
        (
            GOOD.replace("sources: []", "sources: [{ids: {}, csl: {}, type: cohort}]"),
            "a source without any id",
        ),
        (GOOD.replace("sources: []\n", SOURCE), "lacks or misuses"),
    ],
)
def test_a_file_that_is_no_page_is_refused_with_the_reason(text, sentence):
    with pytest.raises(BadFile, match=sentence):
        loads(text)


def test_a_file_may_leave_out_what_is_empty():
    short = "---\ntitle: T\nkind: condition\nreview: reviewed\nsummary: S\n---\n\nBody.\n"

    assert loads(short) == loads(GOOD)
