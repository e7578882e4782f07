"""Derivation of everything that readers get of a page, from its open publication."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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
from wiki.published.credits import credits_in
from wiki.published.links import Surroundings, Targets, target_id
from wiki.published.redaction import Redacted, redacted_in
from wiki.published.rows import Columns, RowModel, replace_rows
from wiki.published.statements import Stating, write_statements
from wiki.text.check_days import first_check_day
from wiki.text.confusables import name_skeleton
from wiki.text.document import Document, Retirement
from wiki.text.markdown.html import Outline, outline, plain
from wiki.text.markdown.retraction_mentions import admitted_in
from wiki.text.search.vector import vector_of
from wiki.text.search.word_vectors import page_vectors
from wiki.text.slugs import fold, slug_of


def derive_live(page: Page) -> None:
    """Derive `page` from its open publication. The names and the page must be locked."""
    derive(page, Publication.objects.live_of(page))


def derive(page: Page, publication: Publication | None, *, is_first: bool = False) -> None:
    """Derive `page` from `publication`, the open one. The names and the page must be locked.

    Nothing is derived yet of a page that `is_first` published now.
    """
    derive_many([(page, publication)], are_first=is_first)


def derive_many(pages: Sequence[tuple[Page, Publication | None]], *, are_first: bool = False) -> None:
    """Derive each page from its open publication, with as many queries as a single one takes."""
    shown, gone = [], []
    for page, publication in pages:
        retirement = publication.revision.document.retirement if publication else None
        _write_retirement(page, retirement)
        if publication is None or retirement:
            gone.append(page)
        else:
            shown.append((page, publication))
    if gone:
        for model in (Citation, Depiction, Mention, Name):
            model.objects.filter(page__in=gone).delete()
        Statement.objects.filter(subject__in=gone).delete()
        PublishedPage.objects.filter(page__in=gone).delete()
    if shown:
        _show(shown, are_first=are_first)


def _write_retirement(page: Page, retirement: Retirement | None) -> None:
    """Store on the page's own row why it is retired and what replaces it, if it is."""
    told = (retirement.reason, retirement.replaced_by) if retirement else ("", None)
    if (page.retired, page.replaced_by_id) != told:
        page.retired, page.replaced_by_id = told
        page.save(update_fields=["retired", "replaced_by"])


def _show(pages: Sequence[tuple[Page, Publication]], *, are_first: bool) -> None:
    """Write what readers get of some published pages."""
    publications = [publication for _, publication in pages]
    safe = redacted_in(publications, are_first=are_first)
    stated = [key for one in safe for row in one.framed.statements for key in row.sources]
    around = Surroundings.load((outline(one.framed.body) for one in safe), keys=stated)
    credited = credits_in(publications, are_first=are_first)
    derived = [_derived(*one, around) for one in zip(pages, safe, credited, strict=True)]
    PublishedPage.objects.put({one.page.pk: one.columns for one in derived})
    PageVector.objects.put({one.page.pk: one.vectors for one in derived})
    for model in (Mention, Citation, Depiction, Name):
        replace_rows(model, {one.page.pk: one.rows[model] for one in derived}, are_first=are_first)
    stating = [
        Stating(page, publication.revision, one.framed)
        for (page, publication), one in zip(pages, safe, strict=True)
    ]
    write_statements(stating, around.sources, are_first=are_first)


@dataclass(frozen=True)
class _Derived:
    """What is derived of one page: the columns of its row, its vectors, and its other rows."""

    page: Page
    columns: dict[str, Any]
    vectors: tuple[bytes, bytes] | None
    rows: dict[RowModel, list[Columns]]


def _derived(
    live: tuple[Page, Publication], safe: Redacted, credited: dict[str, Any], around: Surroundings
) -> _Derived:
    (page, publication), document = live, safe.framed
    text = outline(document.body)
    rendered = around.render(document.body)
    html, corrected = safe.taken_out(str(rendered.html))
    words = plain(safe.bare.body)
    columns = {
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
        "acknowledged_retractions": admitted_by(document.body, around.sources),
        **credited,
        "check_on": first_check_day(safe.bare),
        **_searchable(safe.bare, words),
    }
    return _Derived(
        page,
        columns,
        page_vectors(safe.bare.title, f"{safe.bare.summary} {words}"),
        {
            Mention: _mentions(text, around.targets),
            Citation: [(source,) for source in sorted(rendered.sources)],
            Depiction: _depictions(text, around.images),
            Name: _names(document),
        },
    )


def admitted_by(body: str, known: Mapping[str, int] | None = None) -> list[int]:
    """Return the sources that the text calls retracted at every place that cites them.

    `known` has the sources by their keys, if the caller has loaded them.
    """
    keys = admitted_in(body)
    if not keys:
        return []
    cited = outline(body).citations
    found = (
        Source.objects.by_key(cited) if known is None else {key: known[key] for key in cited if key in known}
    )
    relied_on = {pk for key, pk in found.items() if key not in keys}
    return sorted({pk for key, pk in found.items() if key in keys} - relied_on)


def _mentions(text: Outline, targets: Targets) -> list[Columns]:
    titles = {slug_of(title): title for title in text.links}
    return [(slug, title, target_id(targets, slug)) for slug, title in sorted(titles.items())]


def _depictions(text: Outline, images: Mapping[str, Image]) -> list[Columns]:
    return [(pk,) for pk in sorted({images[one.name].pk for one in text.images if one.name in images})]


def _names(document: Document) -> list[Columns]:
    names = [(document.title, 0), *((alias, 1) for alias in document.aliases)]
    names += [(code.code, 2) for code in document.codes]
    return [(text, fold(text), rank, name_skeleton(text) if rank < 2 else "") for text, rank in names]


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
