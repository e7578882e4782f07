"""The starter content comes in as the work of nobody, and goes out again as it came."""

import re
from itertools import pairwise

import pytest

from tests import cast
from wiki.acts.reviewing import diff_views, review
from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.writing import drafts, submission
from wiki.importing import pages, starter
from wiki.importing.front_matter import STARTER, loads
from wiki.models import (
    Event,
    Notice,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Statement,
    User,
    Verdict,
)
from wiki.policy.refusal import NotReady
from wiki.published import rebuild
from wiki.text.document import Row

pytestmark = pytest.mark.usefixtures("starter_wiki")
FILES = sorted(starter.FOLDER.glob("*.md"))


def test_every_file_is_a_published_page(starter_wiki):
    assert starter_wiki == len(FILES) >= 99
    assert PublishedPage.objects.count() == Page.objects.count() == len(FILES)
    assert {path.stem for path in FILES} == set(PublishedPage.objects.values_list("slug", flat=True))


def test_the_starter_content_names_no_person():
    assert {*Revision.objects.values_list("author_name", "origin", "state", "number")} == {
        ("Starter content", "starter", "approved", 1)
    }
    assert not Revision.objects.exclude(author=None).exists()
    assert not Publication.objects.exclude(way="loaded", verdict=None).exists()
    assert not Verdict.objects.exists()
    assert {tuple(one.authors) for one in PublishedPage.objects.all()} == {()}
    sentences = {one.standing.sentence.split(" · ")[0] for one in PublishedPage.objects.for_lists()}
    assert sentences == {"Starter content, not yet reviewed by a clinician"}
    assert {*Event.objects.filter(act="load").values_list("actor_name", flat=True)} == {"Causeway"}
    assert not Event.objects.filter(act="load").exclude(actor=None).exists()


def test_loading_the_starter_content_sends_no_notices():
    assert not Notice.objects.exists()


def test_every_statement_can_be_seen_from_both_ends():
    assert Statement.objects.count() == Statement.objects.public().count() > 80


def test_exporting_gives_the_files_byte_for_byte():
    exported = {one.name: one.text for one in pages.export()}

    assert sorted(exported) == [path.name for path in FILES]
    for path in FILES:
        assert exported[path.name] == path.read_text(encoding="utf-8"), path.name


def test_loading_again_changes_nothing():
    assert starter.load() == 0
    assert Revision.objects.count() == len(FILES)


def test_loading_again_keeps_pages_that_people_changed():
    author, moderator = (User.objects.get(username=name) for name in ("colleague", "second-moderator"))
    published_page = PublishedPage.objects.get(slug="parkinsonism")
    draft = drafts.edit(published_page.page, author=author)
    document = draft.document.__class__(**{**vars(draft.document), "summary": "A person's words."})
    revision = submission.submit(
        drafts.save(draft, document, by=author), by=author, note="Plainer.", impact="wording"
    )
    shown = ShownComparison(revision.digest, revision.parent_id)
    diff_views.open_comparison(revision, by=moderator)
    review.approve(revision.pk, by=moderator, shown=shown)
    cast.approve(revision, moderator)

    starter.load()

    assert PublishedPage.objects.get(slug="parkinsonism").summary == "A person's words."
    standing = PublishedPage.objects.get(slug="parkinsonism").standing
    assert standing.sentence.startswith(
        "Starter content, not yet reviewed by a clinician; 1 change approved, "
        "the last by Dr Lena Fischer (demo account)"
    )


def test_a_statement_without_a_source_is_refused():
    """Physiotherapy treats unsteadiness is what people say; there is nothing to cite for it here."""
    author = User.objects.get(username="clinician")
    page = PublishedPage.objects.get(slug="physiotherapy").page
    object_ = PublishedPage.objects.get(slug="ataxia-and-slurred-speech").page
    draft = drafts.edit(page, author=author)
    row = Row("treats", object_.pk, "asserted", "very_low", "expert_opinion")
    document = draft.document.__class__(**{**vars(draft.document), "statements": (row,)})
    drafts.save(draft, document, by=author)

    with pytest.raises(NotReady, match="a statement cannot be reviewed without one") as refusal:
        submission.submit(draft, by=author, note="From the list.", impact="wording")

    assert [one.field for one in refusal.value.problems] == ["statements-0-sources"]
    assert not Statement.objects.filter(subject=page, relation="treats", object=object_).exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_that_no_clinician_has_reviewed_it(path):
    assert loads(path.read_text(encoding="utf-8")).review == STARTER


def test_a_rebuild_changes_nothing():
    before = list(PublishedPage.objects.order_by("pk").values())

    list(rebuild.rebuild())

    assert list(PublishedPage.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_factual_paragraph_cites(path):
    body = loads(path.read_text(encoding="utf-8")).body
    told = re.sub(r"(?ms)^::: urgent.*?^:::$", "", body)
    # A picture's mark has no place for a citation. test_starter_drawings.py holds its numbers to the text.
    told = re.sub(r"(?m)^!\[.*\]\(image:.*\)$", "", told)

    paragraphs = [line for line in told.splitlines() if line.strip() and not line.startswith("#")]
    heads = {line for pair in pairwise(paragraphs) if pair[1].startswith("| ---") for line in pair}

    unsupported = [line for line in paragraphs if "[@" not in line and not line.endswith(":")]
    assert [line for line in unsupported if line not in heads] == []


def test_the_main_page_is_long_and_the_others_are_short():
    words = dict(PublishedPage.objects.values_list("slug", "words"))

    assert words.pop("brain-calcification") >= 900
    assert 120 <= min(words.values()) <= max(words.values()) <= 900


@pytest.mark.parametrize(
    ("subject", "relation", "other"),
    [
        ("Medication for movement disorders", "treats", "Parkinsonism"),
        ("Antiseizure medication", "treats", "Seizures"),
        ("Epilepsy surgery", "treats", "Seizures"),
        ("Everolimus", "treats", "Seizures"),
        ("Levodopa", "treats", "Parkinsonism"),
        ("Corticosteroids", "treats", "Tuberculosis of the central nervous system"),
        ("Valganciclovir", "treats", "Congenital cytomegalovirus infection"),
        ("Calcitriol", "treats", "Pseudohypoparathyroidism"),
        ("Vigabatrin", "treats", "Tuberous sclerosis complex"),
        ("Palopegteriparatide", "treats", "Hypoparathyroidism"),
        ("Basal ganglia calcification", "has_manifestation", "Seizures"),
    ],
)
def test_statements_on_some_people_name_the_population(subject, relation, other):
    populations = Statement.objects.filter(
        subject__published_page__title=subject, relation=relation, object__published_page__title=other
    ).values_list("population", flat=True)

    assert populations
    assert all(populations)


def test_pages_with_awaited_results_have_a_check_day():
    awaiting = PublishedPage.objects.filter(plain__icontains="expected in 2026")

    assert {page.title for page in awaiting if page.check_on is None} == set()
    assert awaiting.exists()


def test_codes_of_broader_or_narrower_subjects_are_marked():
    codes = PublishedPage.objects.get(title="Neurocysticercosis").codes
    matches = {(one["system"], one["code"]): one["match"] for one in codes}

    assert matches["Mondo", "MONDO:0015484"] == matches["ICD-10", "B69"] == "broader"
    assert matches["MeSH", "D020019"] == matches["ICD-10-CM", "B69.0"] == "exact"


REQUIRED_SYSTEMS = {"drug": {"ATC"}, "gene": {"HGNC", "NCBI Gene"}}


@pytest.mark.parametrize(("kind", "required"), REQUIRED_SYSTEMS.items())
def test_each_page_of_a_kind_has_a_code_of_its_code_systems(kind, required):
    pages_of_kind = PublishedPage.objects.filter(kind=kind)
    systems = {one.title: {code["system"] for code in one.codes} for one in pages_of_kind}

    assert systems
    assert {title: required - has for title, has in systems.items() if required - has} == {}
