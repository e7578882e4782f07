"""Derivation of everything that readers get of a page, from its open publication."""

from collections.abc import Collection
from dataclasses import asdict
from itertools import batched
from typing import Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from wiki.domain.evidence import Stance
from wiki.models import (
    Address,
    Citation,
    Depiction,
    Image,
    Mention,
    Name,
    Page,
    PageVector,
    Publication,
    PublishedPage,
    Source,
    Statement,
    Succession,
)
from wiki.published.credits import credits_of
from wiki.published.figures import figures
from wiki.published.links import link_targets, linker, render_with_links, target_id
from wiki.published.redaction import Redacted, in_effect_on, redacted, redacted_in
from wiki.published.rows import replace_rows
from wiki.published.statements import restate, write_statements
from wiki.text.check_days import first_check_day
from wiki.text.confusables import name_skeleton
from wiki.text.document import Document, Retirement
from wiki.text.markdown.html import Outline, Rendered, outline, plain, render
from wiki.text.markdown.retraction_mentions import admitted_in
from wiki.text.search.vector import vector_of
from wiki.text.search.word_vectors import page_vectors
from wiki.text.slugs import fold, slug_of

# Of so many pages at once is asked which others state something about them.
NEIGHBOURS_AT_ONCE: Final = 50


def derive_live(page: Page) -> None:
    """Derive `page` from its open publication. The names and the page must be locked.

    The names must be held, and the page.
    """
    derive(page, Publication.objects.live_of(page))


def derive(page: Page, publication: Publication | None, *, is_first: bool = False) -> None:
    """Derive `page` from `publication`, the open one. The names and the page must be locked.

    The names must be held, and the page. Nothing is derived yet of a page that `is_first` in
    force now.
    """
    document = publication.revision.document if publication else None
    _write_retirement(page, document.retirement if document else None)
    if publication is None or document is None or document.retirement:
        for model in (Citation, Depiction, Mention, Name):
            model.objects.filter(page=page).delete()
        Statement.objects.filter(subject=page).delete()
        PublishedPage.objects.filter(page=page).delete()
        return
    safe = redacted(document, () if is_first else in_effect_on(page.pk))
    _write_reading(page, publication, safe, is_first=is_first)
    _write_names(page, document, is_first=is_first)
    write_statements(page, publication.revision, safe.framed, is_first=is_first)


def _write_retirement(page: Page, retirement: Retirement | None) -> None:
    """Store on the page's own row why it is retired and what replaces it, if it is."""
    told = (retirement.reason, retirement.replaced_by) if retirement else ("", None)
    if (page.retired, page.replaced_by_id) != told:
        page.retired, page.replaced_by_id = told
        page.save(update_fields=["retired", "replaced_by"])


def derive_neighbours(pages: Collection[Page], *, are_first: bool = False) -> None:
    """Update all other pages that link to one of `pages` or state something about it.

    The same goes for the pages whose readers are led to one of them because they are retired; there are none
    where they `are_first` published now.
    """
    here = {page.pk for page in pages}
    concerned = here if are_first else here.union(*map(Succession.pages_redirecting_to, here))
    _relink(here, concerned)
    for some in batched(sorted(concerned), NEIGHBOURS_AT_ONCE):
        restate({*some}, but=here)


def _relink(here: set[int], concerned: set[int]) -> None:
    """Update the links in every page, but those that are `here`, that links to one of the pages concerned."""
    addresses = Address.objects.filter(page__in=concerned).values("slug")
    mentions = Mention.objects.filter(slug__in=addresses).exclude(page__in=here)
    slugs = set(mentions.values_list("slug", flat=True))
    if not slugs:
        return
    for slug, (target, _) in link_targets(slugs).items():
        mentions.filter(slug=slug).exclude(target=target).update(target=target)
        mentions.filter(slug=slug, target=None).update(target=target)
    published_pages = list(
        PublishedPage.objects.filter(page__in=mentions.values("page")).select_related("publication__revision")
    )
    safe = redacted_in([published_page.publication for published_page in published_pages])
    outlines = [outline(one.framed.body) for one in safe]
    links = linker(link_targets({slug_of(title) for one in outlines for title in one.links}))
    sources = Source.objects.by_key(key for one in outlines for key in one.citations)
    images = figures(picture for one in outlines for picture in one.images)
    for published_page, one in zip(published_pages, safe, strict=True):
        html = str(render(one.framed.body, links=links, sources=sources, images=images).html)
        published_page.html, published_page.corrected = one.taken_out(html)
    PublishedPage.objects.bulk_update(published_pages, ["html", "corrected"], batch_size=50)


def _write_reading(page: Page, publication: Publication, safe: Redacted, *, is_first: bool) -> None:
    document = safe.framed
    text = outline(document.body)
    titles = {slug_of(title): title for title in text.links}
    targets = link_targets(set(titles))
    rendered = render_with_links(document.body, text, targets)
    html, corrected = safe.taken_out(str(rendered.html))
    words = plain(safe.bare.body)
    PublishedPage.objects.put(
        page,
        {
            "publication": publication,
            "slug": slug_of(document.title),
            "title": document.title,
            "kind": document.kind,
            "summary": document.summary,
            "aliases": list(document.aliases),
            "codes": [asdict(code) for code in document.codes],
            "html": html,
            "corrected": corrected,
            "contents": [[one.level, one.id, one.text] for one in rendered.contents],
            "places": [[one.source, one.anchor] for one in rendered.places],
            "cited": list(rendered.sources),
            "acknowledged_retractions": admitted_by(document.body),
            **credits_of(publication, is_first=is_first),
            "check_on": first_check_day(safe.bare),
            **_searchable(safe.bare, words),
        },
    )
    PageVector.objects.put(page.pk, page_vectors(safe.bare.title, f"{safe.bare.summary} {words}"))
    _write_mentions(page, titles, targets, is_first=is_first)
    _write_citations(page, rendered, is_first=is_first)
    _write_depictions(page, text, is_first=is_first)


def admitted_by(body: str) -> list[int]:
    """Return the sources that the text calls retracted at every place that cites them."""
    keys = admitted_in(body)
    if not keys:
        return []
    cited = Source.objects.by_key(outline(body).citations)
    relied_on = {pk for key, pk in cited.items() if key not in keys}
    return sorted({pk for key, pk in cited.items() if key in keys} - relied_on)


def _write_mentions(
    page: Page, titles: dict[str, str], targets: dict[str, tuple[int, str | None]], *, is_first: bool
) -> None:
    replace_rows(
        Mention.objects.filter(page=page),
        [
            Mention(page=page, slug=slug, title=title, target_id=target_id(targets, slug))
            for slug, title in sorted(titles.items())
        ],
        key=lambda one: (one.slug, one.title, one.target_id),
        is_first=is_first,
    )


def _searchable(document: Document, text: str) -> dict[str, Any]:
    vector, forms = vector_of(_fields(document, text))
    return {
        "plain": text,
        "words": len(text.split()),
        "disputed": sum(row.stance == Stance.DISPUTED for row in document.statements),
        "vector": Cast(Value(vector), SearchVectorField()),
        "forms": forms,
    }


def _fields(document: Document, text: str) -> tuple[tuple[str, str], ...]:
    """Return the texts of a page for search, each with the weight letter of its field."""
    headings = [one.text for one in outline(document.body).headings]
    return (
        ("A", document.title),
        *(("B", alias) for alias in document.aliases),
        *(("B", code.code) for code in document.codes),
        ("C", document.summary),
        *(("C", heading) for heading in headings),
        ("D", text),
        *(("D", said) for row in document.statements for said in row.words),
    )


def _write_citations(page: Page, rendered: Rendered, *, is_first: bool) -> None:
    replace_rows(
        Citation.objects.filter(page=page, statement=None),
        [Citation(page=page, source_id=source) for source in sorted(rendered.sources)],
        key=lambda one: one.source_id,
        is_first=is_first,
    )


def _write_depictions(page: Page, text: Outline, *, is_first: bool) -> None:
    shown = Image.objects.by_name({one.name for one in text.images}).values() if text.images else ()
    replace_rows(
        Depiction.objects.filter(page=page),
        [Depiction(page=page, image=one) for one in sorted(shown, key=lambda one: one.pk)],
        key=lambda one: one.image_id,
        is_first=is_first,
    )


def _write_names(page: Page, document: Document, *, is_first: bool) -> None:
    names = [(document.title, 0), *((alias, 1) for alias in document.aliases)]
    names += [(code.code, 2) for code in document.codes]
    replace_rows(
        Name.objects.filter(page=page),
        [
            Name(
                page=page,
                text=text,
                key=fold(text),
                rank=rank,
                skeleton=name_skeleton(text) if rank < 2 else "",
            )
            for text, rank in names
        ],
        key=lambda one: (one.rank, one.key, one.text, one.skeleton),
        is_first=is_first,
    )
