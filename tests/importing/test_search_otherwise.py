"""Questions that no page answers as they were typed: phrases, abbreviations, other scripts."""

import pytest

from wiki.models import PublishedPage
from wiki.models.search.ranking import ranked
from wiki.screens.search_results import answer
from wiki.text.search.question import read

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


def test_a_gene_is_found_by_its_name_in_words():
    """First by the whole name; with a word left out, a gene with nearly the same name may come before it."""
    genes = PublishedPage.objects.filter(kind="gene")
    names = {one: [name for name in one.aliases if " " in name] for one in genes}
    assert [one.title for one, some in names.items() if not some] == []

    missed = []
    for one, (name, *_) in names.items():
        words = name.split()
        shorter = [" ".join([*words[:place], *words[place + 1 :]]) for place in range(1, len(words))]
        for asked, first in [
            (name, 1),
            (name.lower().replace("-", " "), 1),
            *((each, 2) for each in shorter),
        ]:
            if one.page_id not in [page for page, _ in ranked(read(asked)).pages[:first]]:
                missed.append((asked, one.slug))
    assert missed == []
