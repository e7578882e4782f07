"""Derivation of everything that readers get of a page, from its open publication."""

from dataclasses import asdict
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from wiki.domain.evidence import Stance
from wiki.models import (
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
)
from wiki.published.credits import credits_of
from wiki.published.links import link_targets, render_with_links, target_id
from wiki.published.redaction import Redacted, in_effect_on, redacted
from wiki.published.rows import replace_rows
from wiki.published.statements import write_statements
from wiki.text.check_days import first_check_day
from wiki.text.confusables import name_skeleton
from wiki.text.document import Document, Retirement
from wiki.text.markdown.html import Outline, Rendered, outline, plain
from wiki.text.markdown.retraction_mentions import admitted_in
from wiki.text.search.vector import vector_of
from wiki.text.search.word_vectors import page_vectors
from wiki.text.slugs import fold, slug_of


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
