"""What readers get is made of the published revision, and of nothing else."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import Citation, Mention, Name, Page, PublishedPage, Revision, Statement
from wiki.published import links, rebuild, statements
from wiki.text import slugs
from wiki.text.document import Code


def reading_of(page):
    return PublishedPage.objects.get(page=page)


@remembered
def seizures(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, "Seizures", kind="symptom")


def test_a_published_page_has_every_derived_row(clinician, moderator, seizures):
    cast.make_source(clinician, "doi:10.1038/ng.1077", "Genes")
    body = (
        "## What\n\nIt can cause [[Seizures|fits]] [@doi:10.1038/ng.1077]."
        "\n\n### Why\n\nMore [@pmid:22327515]."
    )

    page = make(clinician, moderator, body, seizures)

    published_page = reading_of(page)
    assert (published_page.slug, published_page.title, published_page.kind) == (
        "hypoparathyroidism",
        "Hypoparathyroidism",
        "condition",
    )
    assert 'href="/wiki/seizures/"' in published_page.html
    assert published_page.contents == [[2, "s-what", "What"], [3, "s-why", "Why"]]
    assert [anchor for _, anchor in published_page.places] == ["c1", "c2"]
    assert published_page.cited == [source for source, _ in published_page.places]
    assert published_page.plain == "What\nIt can cause fits.\nWhy\nMore."
    assert (published_page.words, published_page.disputed) == (7, 1)
    assert published_page.authors == [{"name": "Dr Ines Albrecht", "username": "clinician"}]
    assert [name.text for name in Name.objects.filter(page=page).order_by("rank")] == [
        "Hypoparathyroidism",
        "HP",
        "HP:0000829",
    ]
    assert Mention.objects.get(page=page).target == seizures
    assert Citation.objects.filter(page=page, statement=None).count() == 2
    statement = Statement.objects.get(subject=page)
    assert (statement.object, statement.rank, len(statement.source_ids)) == (seizures, 2, 1)
    assert Citation.objects.get(statement=statement).source_id == statement.source_ids[0]


def make(author, moderator, body, other):
    return cast.make_page(
        author,
        moderator,
        "Hypoparathyroidism",
        body=body,
        aliases=("HP",),
        codes=(Code("HPO", "HP:0000829"),),
        statements=(cast.statement(other, stance="disputed"),),
    )


def test_a_link_to_nowhere_leads_to_proposing_it_until_the_page_is_there(clinician, moderator):
    page = cast.make_page(clinician, moderator, body="See [[Calcium & more]].")
    assert 'class="missing" href="/new/?title=Calcium+%26+more"' in reading_of(page).html
    assert Mention.objects.get(page=page).target is None

    other = cast.make_page(clinician, moderator, "Calcium & more")

    assert '<a href="/wiki/calcium-more/">' in reading_of(page).html
    assert Mention.objects.get(page=page).target == other


def test_a_link_to_an_old_address_leads_to_the_new_one(clinician, moderator, seizures):
    page = cast.make_page(clinician, moderator, body="See [[Seizures]].")

    cast.approve(cast.submit(cast.make_edit(seizures, clinician, title="Epileptic seizures")), moderator)

    assert '<a href="/wiki/epileptic-seizures/">Seizures</a>' in reading_of(page).html


def test_a_link_to_a_reverted_page_leads_to_proposing_it(clinician, moderator, seizures):
    page = cast.make_page(clinician, moderator, body="See [[Seizures]].")

    review.unapprove(reading_of(seizures).publication.revision_id, by=moderator, reason="Wrong.")

    assert 'href="/new/?title=Seizures"' in reading_of(page).html
    assert not Statement.objects.filter(subject=seizures).exists()
    assert not Name.objects.filter(page=seizures).exists()


def test_a_page_without_anything_published_has_nothing_derived(clinician, moderator, seizures):
    page = make(clinician, moderator, "See [[Seizures]] [@pmid:22327515].", seizures)

    review.unapprove(reading_of(page).publication.revision_id, by=moderator, reason="Wrong.")

    for model in (PublishedPage, Citation, Mention, Name):
        assert not model.objects.filter(page=page).exists()
    assert not Statement.objects.filter(subject=page).exists()


def test_all_authors_of_the_text_are_named(published, clinician, colleague, moderator):
    beneath = cast.submit(cast.make_edit(published, colleague, summary="Beneath."))
    above = drafts.build_on(beneath, author=clinician)
    drafts.save(above, cast.document("Hypoparathyroidism", summary="Above."), by=clinician)
    cast.approve(cast.submit(above), moderator)

    assert [author["name"] for author in reading_of(published).authors] == [
        "Dr Ines Albrecht",
        "Dr Tomás Rey",
    ]


def test_the_authors_of_a_text_that_was_reverted_are_named_when_it_returns(
    published, colleague, moderator, second_moderator
):
    second = cast.approve(cast.submit(cast.make_edit(published, colleague)), moderator).revision
    first = second.parent
    assert first is not None
    for revision in (second, first):
        review.unapprove(revision.pk, by=moderator, reason="Wrong.")

    cast.approve(cast.submit(drafts.edit(published, author=moderator)), second_moderator)

    assert [author["username"] for author in reading_of(published).authors] == [
        "clinician",
        "colleague",
        "moderator",
    ]


def test_a_rebuild_from_nothing_restores_derived_rows(clinician, moderator, seizures):
    page = make(clinician, moderator, "See [[Seizures]] and [[Nothing yet]] [@pmid:22327515].", seizures)
    before = reading_of(page)
    for model in (Citation, Mention, Name, Statement, PublishedPage):
        model.objects.all().delete()

    rebuilt = list(rebuild.rebuild())

    assert [page for page, _ in rebuilt] == list(Page.objects.order_by("pk"))
    after = reading_of(page)
    assert (after.html, after.vector, after.authors) == (before.html, before.vector, before.authors)
    assert Statement.objects.get().object == seizures
    assert Mention.objects.filter(page=page).count() == 2


def test_a_rebuild_can_be_limited_to_some_pages(published, seizures):
    PublishedPage.objects.all().delete()

    assert [page for page, _ in rebuild.rebuild([published])] == [published]
    assert [published_page.page for published_page in PublishedPage.objects.all()] == [published]


def test_deriving_again_keeps_unchanged_rows(clinician, moderator, seizures):
    page = make(clinician, moderator, "See [[Seizures]].", seizures)
    before = Mention.objects.get(page=page).pk

    list(rebuild.rebuild([page]))

    assert Mention.objects.get(page=page).pk == before


def test_a_preview_is_rendered_as_it_would_go_live(seizures):
    rendered = links.render_now("See [[Seizures]], [[Nothing]] and [@pmid:22327515; @pmid:1].")

    assert '<a href="/wiki/seizures/">' in rendered.html
    assert 'href="/new/?title=Nothing"' in rendered.html
    assert "[no source known as pmid:1]" in rendered.html


@pytest.mark.parametrize(
    ("text", "key"),
    [("Fahr’s disease", "fahrs disease"), ("HP:0002135", "hp 0002135"), ("Ménière", "meniere")],
)
def test_names_are_compared_without_accents_case_and_signs(text, key):
    assert slugs.fold(text) == key


def test_a_statement_about_a_removed_page_is_omitted(published, clinician, moderator, seizures):
    revision = reading_of(published).publication.revision
    document = cast.document("Gone", statements=(cast.statement(Page(pk=10**9)),))

    statements.write_statements([statements.Stating(published, revision, document)])

    assert not Statement.objects.filter(subject=published).exists()
    assert Revision.objects.that_name(seizures).count() == 0
