"""What a page shows beside its text: statements from both ends and references with their numbers."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.writing import drafts
from wiki.models import PublishedPage
from wiki.screens.published_page import PublishedPageContent


@remembered
def studies(clinician):
    """Return five sources, pmid:1 to pmid:4 and the one that statements cite unasked."""
    numbers = (1, 2, 3, 4, 22327515)
    return [cast.make_source(clinician, f"pmid:{one}", f"Study {one}") for one in numbers]


@remembered
def finding(studies, clinician, moderator):
    """Return a page that others have statements about."""
    body = "## What it is\n\nOne.[@pmid:2] Two.[@pmid:1; @pmid:2]"
    return cast.make_page(clinician, moderator, "Calcification", kind="finding", body=body)


def sheet_of(page):
    """Return what stands beside the text of a page as it is now."""
    return PublishedPageContent(PublishedPage.objects.for_page().get(page=page))


def told(page):
    """Return each group of a page with the titles in it."""
    return {group.label: [line.title for line in group.lines] for group in sheet_of(page).groups}


def test_a_page_without_statements_or_sources_has_an_empty_sheet(published):
    sheet = sheet_of(published)

    assert (sheet.groups, sheet.references, sheet.linked_from.rows, sheet.sites) == ([], [], [], ())


def test_a_sheet_takes_three_queries_however_much_is_on_it(
    finding, clinician, moderator, django_assert_num_queries
):
    for number in range(5):
        row = cast.statement(finding, sources=("pmid:3", "pmid:4"))
        cast.make_page(clinician, moderator, f"Cause {number}", body="[[Calcification]]", statements=(row,))
    published_page = PublishedPage.objects.for_page().get(page=finding)

    with django_assert_num_queries(3):
        sheet = PublishedPageContent(published_page)
        lines = [(line.title, line.statement.note) for group in sheet.groups for line in group.lines]
        texts = [(one.source.text, one.identifiers) for one in sheet.references]
        linked = sheet.linked_from

    assert (len(lines), len(texts), len(linked)) == (5, 4, 5)


def test_each_direction_of_a_relation_is_its_own_group(finding, clinician, moderator):
    middle = cast.make_page(clinician, moderator, "Middle", statements=(cast.statement(finding),))
    cast.make_page(clinician, moderator, "First", statements=(cast.statement(middle),))

    assert told(middle) == {"causes": ["Calcification"], "is caused by": ["First"]}
    assert told(finding) == {"is caused by": ["Middle"]}


@pytest.fixture
def told_twice(finding, clinician, moderator):
    """Return what makes two pages tell a relation that reads the same both ways, the second one changed."""

    def tell(**changes):
        row = cast.statement(finding, "differential_of", sources=("pmid:3",))
        other = cast.make_page(clinician, moderator, "Bleeding", kind="finding", statements=(row,))
        back = cast.statement(other, "differential_of", sources=("pmid:4",), **changes)
        cast.approve(cast.submit(cast.make_edit(finding, clinician, statements=(back,))), moderator)
        return finding, other

    return tell


def test_equal_statements_of_two_pages_are_one_line_with_the_better_grade(told_twice):
    for page in told_twice(grade="high"):
        (group,) = sheet_of(page).groups

        assert (group.id, group.label) == ("differential-of", "is a differential diagnosis of")
        assert [line.statement.grade for line in group.lines] == ["high"]
        assert [number for _, number in group.lines[0].citations] in ([1, 2], [3, 4])


def test_different_statements_of_two_pages_are_two_lines(told_twice):
    for page in told_twice(stance="disputed"):
        (group,) = sheet_of(page).groups

        assert {line.statement.stance for line in group.lines} == {"asserted", "disputed"}


def test_statements_for_two_populations_are_two_lines(studies, finding, clinician, moderator):
    rows = [
        cast.statement(finding, relation="associated_with", population=whom)
        for whom in ("adults", "children")
    ]
    cast.make_page(clinician, moderator, "Cause", statements=tuple(rows))

    (group,) = sheet_of(finding).groups

    assert {line.statement.population for line in group.lines} == {"adults", "children"}


def test_a_statement_about_an_unpublished_page_is_not_shown(studies, clinician, moderator):
    hidden = drafts.propose(cast.document("Hidden"), author=clinician).page
    page = cast.make_page(
        clinician, moderator, "Cause", statements=(cast.statement(hidden, sources=("pmid:3",)),)
    )

    assert told(page) == {}
    assert sheet_of(page).references == []


def test_references_are_numbered_as_the_text_numbers_them(finding):
    references = sheet_of(finding).references

    assert [(one.number, one.source.title) for one in references] == [(1, "Study 2"), (2, "Study 1")]
    assert [place.anchor for place in references[0].places] == ["c1", "c3"]
    assert [place.letter for place in references[0].places] == ["a", "b"]
    html = PublishedPage.objects.get(page=finding).html
    assert html.index('id="c1" href="#ref-1"') < html.index('id="c2" href="#ref-2"')


def test_sources_of_statements_on_other_pages_are_references(finding, clinician, moderator):
    cast.make_page(
        clinician, moderator, "Cause", statements=(cast.statement(finding, sources=("pmid:4", "pmid:1")),)
    )

    sheet = sheet_of(finding)

    assert [one.source.title for one in sheet.references] == ["Study 2", "Study 1", "Study 4"]
    assert sheet.groups[0].lines[0].citations == (("s1", 3), ("s2", 2))
    assert [place.anchor for place in sheet.references[1].places] == ["c2", "s2"]


def test_places_are_lettered_on_past_z(finding, clinician, moderator):
    body = "## What it is\n\n" + "Again.[@pmid:1] " * 30
    cast.approve(cast.submit(cast.make_edit(finding, clinician, body=body)), moderator)

    letters = [place.letter for place in sheet_of(finding).references[0].places]

    assert letters[:2] + letters[25:28] == ["a", "b", "z", "aa", "ab"]


def test_identifiers_without_an_address_are_left_out(finding, studies):
    studies[1].ids.create(scheme="isbn", value="9780306406157", position=1)
    studies[1].ids.create(scheme="odd", value="x", position=2)

    identifiers = sheet_of(finding).references[0].identifiers

    assert [one.key for one in identifiers if one.scheme in {"pmid", "odd"}] == ["pmid:2"]
    assert all(one.address for one in identifiers)


def test_only_supported_sites_are_facts(finding, clinician, moderator):
    near, far = (cast.make_page(clinician, moderator, one, kind="anatomy") for one in ("Near", "Far"))
    rows = (cast.statement(near, "affects_site"), cast.statement(far, "affects_site", stance="disputed"))
    cast.approve(cast.submit(cast.make_edit(finding, clinician, statements=rows)), moderator)

    assert [line.title for line in sheet_of(finding).sites] == ["Near"]


def test_a_page_does_not_link_to_itself(finding, clinician, moderator):
    body = "## What it is\n\n[[Calcification]] again."
    cast.approve(cast.submit(cast.make_edit(finding, clinician, body=body)), moderator)

    assert not sheet_of(finding).linked_from


@pytest.mark.parametrize("is_read", [False, True])
def test_structured_data_names_a_reviewer_only_after_a_whole_page_review(published, moderator, is_read):
    if is_read:
        cast.review_whole(published, moderator)

    data = sheet_of(published).structured

    assert ("reviewedBy" in data) is is_read
    assert ("lastReviewed" in data) is is_read
    assert data["creditText"] == PublishedPage.objects.for_page().get(page=published).standing.sentence


def test_structured_data_of_a_loaded_page_names_no_person(db):
    data = sheet_of(cast.load_page("Gait")).structured

    assert data.keys().isdisjoint({"author", "reviewedBy", "lastReviewed"})
