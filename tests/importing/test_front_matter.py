"""The file format of a page."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.domain.codes import CodeMatch
from wiki.importing.front_matter import (
    IMPORTED,
    NO_PAGE,
    STARTER,
    FiledRetirement,
    FiledSource,
    FiledStatement,
    PageFile,
    dumps,
    loads,
)
from wiki.importing.yaml_words import BadFile
from wiki.text.document import Code, Row

# Whatever a form lets through: no control characters, no halves of characters.
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(str.strip)
name = words.filter(bool)
key = st.sampled_from(["pmid:1", "doi:10.1/a:b", "url:https://example.org/?a=b&c"])

rows = st.builds(
    Row, name, st.just(NO_PAGE), name, name, name, note=words, sources=st.lists(key, max_size=3).map(tuple)
)
statements = st.builds(FiledStatement, name, rows)
csl = st.dictionaries(
    name.filter(lambda member: member not in ("issued", "accessed")),  # dates have a form of their own
    st.one_of(words, st.integers(), st.lists(st.dictionaries(name, words), max_size=2)),
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
    review=st.sampled_from([STARTER, IMPORTED, "whole page reviewed on 2026-05-03, version 7"]),
    summary=words,
    aliases=st.lists(name, max_size=3).map(tuple),
    codes=st.lists(st.builds(Code, name, name, st.sampled_from(CodeMatch.values)), max_size=3).map(tuple),
    statements=st.lists(statements, max_size=3).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    body=st.lists(words, max_size=4).map("\n\n".join).map(str.strip),
    retired=st.none() | st.builds(FiledRetirement, name, words),
)
BARE = PageFile("A thing", "condition", STARTER, "In short.", (), (), (), (), "Text.")


@given(files)
@settings(deadline=None)
def test_a_page_survives_a_round_trip_through_its_file(file):
    text = dumps(file)

    assert loads(text) == file
    assert dumps(loads(text)) == text


def test_members_of_a_record_are_written_in_a_fixed_order():
    one = FiledSource(
        (("pmid", "1"),), {"title": "T", "type": "book", "author": [{"given": "A", "family": "B"}]}, "cohort"
    )
    other = FiledSource(
        (("pmid", "1"),), {"author": [{"family": "B", "given": "A"}], "type": "book", "title": "T"}, "cohort"
    )
    page = PageFile("T", "condition", IMPORTED, "S", (), (), (), (), "B")

    assert dumps(PageFile(**{**vars(page), "sources": (one,)})) == dumps(
        PageFile(**{**vars(page), "sources": (other,)})
    )


GOOD = dumps(PageFile("T", "condition", IMPORTED, "S", (), (), (), (), "Body."))
SOURCE = "sources:\n  - ids: {pmid: 1}\n    type: cohort\n    csl: {title: T, issued: %s}\n"


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
        (GOOD.replace("review: ", "review: by somebody, "), "lacks or misuses review"),
        (GOOD.replace("codes: []", "codes: [E20]"), "lacks or misuses"),
        (GOOD.replace("statements: []", "statements: [{relation: causes, colour: red}]"), "lacks or misuses"),
        (
            GOOD.replace("sources: []", "sources: [{ids: {}, csl: {}, type: cohort}]"),
            "a source without any id",
        ),
        (GOOD.replace("sources: []\n", SOURCE % "in spring"), "a date looks like 2020-03-01"),
        (GOOD.replace("aliases: []", "aliases: NO"), "aliases: a list, with - before each item"),
        (GOOD.replace("aliases: []", "aliases: [Fahr: disease]"), "aliases: put the text between quotation"),
        (GOOD.replace("aliases: []", "alias: [NO]"), "the file: unknown keys alias"),
        (GOOD.replace("title: T", "title: T\ntitle: U"), "title: it is given twice"),
        (GOOD.replace("title: T", "title: #5 mg"), "would lose “#5 mg” in line 2"),
        (GOOD.replace("summary: S", "summary: Give 5 # not 10"), "would lose “# not 10” in line 5"),
        (GOOD.replace("aliases: []", "aliases:\n  - OMIM #213600"), "would lose “#213600” in line 7"),
        (GOOD.replace("aliases: []", "aliases: [é, x #y\n]"), "would lose “#y”"),
        (GOOD.replace("aliases: []", "aliases:\n  - &x"), "would lose “&x” in line 7"),
        (GOOD.replace("aliases: []", "aliases:\n  - >5"), "would lose “>5” in line 7"),
        (GOOD.replace("aliases: []", "aliases:\n  - NO\n  - ~"), "would lose “~” in line 8"),
        (GOOD.replace("aliases: []", "aliases: [~, NO]"), "would lose “~, NO]” in line 6"),
        (GOOD.replace("title: T", "title: {{T}}"), "lacks or misuses"),
        (GOOD.replace("codes: []", "codes: [{system: A, code: B, note: C}]"), "codes: unknown keys note"),
    ],
)
def test_a_file_that_is_no_page_is_refused_with_the_reason(text, sentence):
    with pytest.raises(BadFile, match=sentence):
        loads(text)


@pytest.mark.parametrize(
    ("replaced", "by", "sentence"),
    [
        ("title: T", "title: ~", r"title: it is empty \(line 2\)"),
        ("title: T", "title: !Kung", r"title: put the text between quotation marks, .*\(line 2\)"),
        ("title: T", "title: Gout: a disease", r"is not YAML in line 2: .*between quotation marks"),
        ("title: T", "title: @x", r"is not YAML in line 2: .*between quotation marks"),
        ("title: T", "title: 'x", r"is not YAML in line 2: "),
        ("title: T", "title: a\x07b", r"line 2 has the sign U\+0007. Delete it"),
        ("aliases: []", "aliases:\n\t- a", r"is not YAML in line 7: .*Indent with spaces"),
        ("title: T", 'title: "a\\nb"', r"title: write it on one line, without tabs \(line 2\)"),
        ("title: T", "title: a\tb", r"title: write it on one line, without tabs \(line 2\)"),
        ("aliases: []", "aliases: ['', a]", r"aliases: it is empty \(line 6\)"),
        (
            "aliases: []",
            "aliases:\n  - |\n    a\n    b",
            r"aliases: write it on one line, without tabs \(line 7\)",
        ),
        ("aliases: []", "aliases: [[a, b], c]", r"aliases: put the text between .*\(line 6\)"),
        ("aliases: []", f"aliases: {'[' * 2000}{']' * 2000}", r"aliases: put the text between .*\(line 6\)"),
        (
            "sources: []",
            f"sources: [{{ids: {{pmid: 1}}, type: x, csl: {{x: {'[' * 2000}{']' * 2000}}}}}]",
            "lists within lists",
        ),
        ("sources: []", "sources: []\ntitel: T", r"unknown keys titel \(line 10\); there are title, kind"),
        ("sources: []", "sources: []\ntitle: T", r"title: it is given twice, again in line 10"),
        ("sources: []", "sources: []\n[a]: T", r"unknown keys that are no words \(line 10\)"),
        (
            "sources: []",
            "sources: []\nretired: yes",
            r"retired: keys with values, such as “reason: …” \(line 10",
        ),
        ("sources: []", "sources: []\nretired:", r"retired: keys with values"),
        ("sources: []", "sources: []\nretired: {}", r"'reason' of retired \(line 10\)"),
        ("sources: []", "sources: []\nretired: {why: x}", r"retired: unknown keys why \(line 10\)"),
        ("codes: []", "codes:\n  - system: OMIM", r"'code' of codes \(line 8\)"),
        ("codes: []", "codes: [{system: OMIM, code: }]", r"code: it is empty \(line 7\)"),
        ("statements: []", "statements: [{page: X}]", r"'relation' of statements \(line 8\)"),
        ("statements: []", "statements: [{relation: x, page: X}]", r"'stance' of statements \(line 8\)"),
        ("statements: []", "statements: [[a]]", r"statements: keys with values.*\(line 8\)"),
        ("statements: []", "statements: [{frequency: 14/3}]", r"frequency “14/3”: .*\(line 8\)"),
        ("sources: []", "sources: ['pmid:1']", r"sources: keys with values.*\(line 9\)"),
        ("sources: []", "sources: [{ids: x}]", r"ids: keys with values, such as “pmid: …” \(line 9\)"),
        ("sources: []", "sources: [{ids: {pmid: [1]}}]", r"pmid: put the text between .*\(line 9\)"),
        ("sources: []", "sources: [{type: [x]}]", r"type: put the text between .*\(line 9\)"),
        ("sources: []", "sources: [{checked: yes}]", r"checked “yes”: full or partial \(line 9\)"),
        ("sources: []", "sources: [{csl: T}]", r"csl: keys with values.*\(line 9\)"),
        ("sources: []", "sources: [{csl: {title: [a]}}]", r"title: put the text between .*\(line 9\)"),
        ("sources: []", "sources: [{csl: {issued: soon}}]", r"looks like 2020-03-01, not “soon” \(line 9\)"),
    ],
)
def test_what_is_not_in_the_format_is_named_with_its_line_and_the_mend(replaced, by, sentence):
    with pytest.raises(BadFile, match=sentence) as refusal:
        loads(GOOD.replace(replaced, by))
    assert not any(word in str(refusal.value) for word in ("object", "__init__", "unicode string", "Node"))


def test_texts_over_several_lines_end_without_a_line_break():
    folded = GOOD.replace("title: T", "title: >\n  T").replace("summary: S", "summary: |\n  In\n  short.")

    assert loads(folded) == replace(loads(GOOD), summary="In\nshort.")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (GOOD.replace("---\n", "--- \n", 1), "Body."),
        (GOOD.replace("\n---\n", "\n---\t\n"), "Body."),
        (GOOD.partition("\n\n")[0], ""),
        (f"{GOOD}\n---\n\nMore.", "Body.\n\n---\n\nMore."),
    ],
)
def test_the_lines_around_the_front_matter_may_end_in_blanks_or_the_file(text, body):
    assert loads(text) == replace(loads(GOOD), body=body)


def test_a_file_may_leave_out_what_is_empty():
    short = f"---\ntitle: T\nkind: condition\nreview: {IMPORTED}\nsummary: S\n---\n\nBody.\n"

    assert loads(short) == loads(GOOD)


@pytest.mark.parametrize(
    "word",
    ["NO", "yes", "on", "null", "1.10", "2012-03-04", "1e3", "0x1F", "007", "12:30", "True", "=", "<<"],
)
def test_an_alias_is_read_as_text_even_if_it_looks_like_a_value(word):
    page = dumps(PageFile("Title", "drug", STARTER, "", (), (), (), (), ""))

    assert loads(page.replace("aliases: []", f"aliases:\n  - {word}")).aliases == (word,)


@pytest.mark.parametrize(
    "title", ["T  # in two words", "T\n# A line of its own", "'T # U'", "T#U", ">\n  T # U", '"#5"']
)
def test_a_comment_that_is_meant_and_a_quoted_sign_lose_nothing(title):
    page = loads(GOOD.replace("title: T", f"title: {title}"))

    assert page.title.strip() in ("T", "T # U", "T#U", "#5")


def test_the_example_of_the_documentation_is_read():
    words = Path(__file__).parents[2].joinpath(".github", "PAGE_FILES.md").read_text()

    assert loads(words.partition("```yaml\n")[2].partition("```")[0]).title == "Hypoparathyroidism"


def test_empty_members_and_zeros_of_dates_are_read():
    page = loads(GOOD.replace("sources: []\n", SOURCE % "{date-parts: [[2020, 03, 08]]}, page: ~"))

    assert page.sources[0].csl == {"title": "T", "issued": {"date-parts": [[2020, 3, 8]]}}
    assert loads(dumps(page)) == page


def test_empty_values_are_not_read_as_text():
    text = GOOD.replace("summary: S", "summary:").replace("aliases: []", "aliases:\n  -\n  - NO\n  - '~'")

    page = loads(text)

    assert (page.summary, page.aliases) == ("", ("NO", "~"))


def test_a_code_is_read_in_its_usual_form():
    page = dumps(
        PageFile(
            "Title", "drug", STARTER, "", (), (Code("HPO", "hp_0002135"), Code("Other", "x y")), (), (), ""
        )
    )

    assert loads(page).codes == (Code("HPO", "HP:0002135"), Code("Other", "x y"))


def test_a_date_of_a_record_may_be_unquoted():
    page = loads(GOOD.replace("sources: []\n", SOURCE % "2020-03-01"))

    assert page.sources[0].csl["issued"] == {"date-parts": [[2020, 3, 1]]}


def test_details_of_a_statement_are_normalised_or_refused():
    file = replace(
        BARE,
        statements=(FiledStatement("Seizures", Row("causes", NO_PAGE, "a", "b", "c", frequency="3/14")),),
    )

    (statement,) = loads(dumps(file)).statements

    assert statement.row.frequency == "3 of 14"
    with pytest.raises(BadFile, match="frequency “14/3”: 14 is more than all 3"):
        loads(dumps(file).replace("3/14", "14/3"))


def test_every_form_of_an_identifier_in_a_file_names_the_same_work():
    address = "https://www.isrctn.com/ISRCTN10492452"
    row = Row("causes", NO_PAGE, "a", "b", "c", sources=(f"url:{address}",))
    source = FiledSource((("url", address), ("doi", "10.1186/ISRCTN10492452")), {}, "cohort", "full", "")
    file = replace(BARE, statements=(FiledStatement("Seizures", row),), sources=(source,))

    read = loads(dumps(file))

    assert read.sources[0].ids == (("doi", "10.1186/isrctn10492452"),)
    assert read.statements[0].row.sources == ("doi:10.1186/isrctn10492452",)


def test_two_rows_of_a_file_differ_by_their_population():
    rows = [Row("causes", NO_PAGE, "a", "b", "c", population=whom) for whom in ("", "children")]
    file = replace(BARE, statements=tuple(FiledStatement("Seizures", row) for row in rows))

    assert loads(dumps(file)) == file


def test_a_code_has_its_match_to_the_subject():
    file = replace(BARE, codes=(Code("MeSH", "D003551", "broader"), Code("ICD-10", "B69.0")))
    text = dumps(file)

    assert loads(text) == file
    assert text.count("match: ") == 1
    with pytest.raises(BadFile, match="match “wider”: one of exact, broader, narrower"):
        loads(text.replace("match: broader", "match: wider"))
