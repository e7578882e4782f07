"""Questions that no page answers as they were typed: phrases, abbreviations, other scripts."""

import pytest

from wiki.screens.search_results import answer

pytestmark = pytest.mark.usefixtures("starter_wiki")

OTHERWISE = (
    # What was asked, what was looked for instead, and the page that is found first.
    ('"no calcification"', "no calcification", "brain-calcification"),
    ('"no calcifcation"', "no calcification", "brain-calcification"),
    ('"no calcification" -pineal', "no calcification -pineal", "basal-ganglia-calcification"),
    ("ZNS", "", "antiseizure-medication"),
    # No page has the drug, and one means something alike.
    ("OXC", "", "carbamazepine"),
    ("CO", "", "carbon-monoxide-poisoning"),
    # Initials of a name, with small words between them.
    ("GFD", "", "gluten-free-diet"),
    ("TSC", "", "tuberous-sclerosis-complex"),
    ("CPAPHB", "", "calcium-phosphate-and-parathyroid-hormone-blood-test"),
)


@pytest.mark.parametrize(("asked", "instead", "first"), OTHERWISE)
def test_what_no_page_says_so_is_found_otherwise(asked, instead, first, django_assert_max_num_queries):
    for_readers = answer(asked)
    with django_assert_max_num_queries(2):
        for_programs = answer(asked, in_few_queries=True)
        slugs = [one.page.slug for one in for_programs.hits]

    assert slugs[0] == first
    assert [one.page.slug for one in for_readers.hits] == slugs
    assert for_programs.instead == for_readers.instead == instead


def test_a_phrase_that_is_meant_as_typed_is_not_looked_for_otherwise():
    assert answer('"no calcification"', as_typed=True).hits == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("癫痫", b"The pages are in English."),
        ("эпилепсия", b"The pages are in English."),
        ("εγκέφαλος", b"The pages are in English."),
        ("-epilepsy", b"This search only leaves words out."),
    ],
)
def test_a_question_that_finds_nothing_is_told_what_to_do(client, asked, told):
    answered = client.get("/search/", {"q": asked})

    assert answered.status_code == 200
    assert told in answered.content
