"""All that is derived from the revision in force: one function, called by approve, unapprove and rebuild."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.urls import reverse

from wiki.acts.locking import hold
from wiki.domain.vocabulary import RELATIONS, Grade, Stance
from wiki.models import (
    Address,
    Citation,
    Correction,
    Decision,
    Depiction,
    Family,
    Image,
    Live,
    Mention,
    Name,
    Page,
    Publication,
    Reading,
    Revision,
    Source,
    Statement,
    Succession,
    Verification,
)
from wiki.models.pages import hold_names
from wiki.models.queries.succession import naming
from wiki.published.figures import figures
from wiki.published.redaction import Redacted, in_effect_on, redacted
from wiki.text.document import Document, Retirement, Row
from wiki.text.markdown.html import Outline, Rendered, Target, outline, plain, render
from wiki.text.markdown.wikilinks import slug_of
from wiki.text.sources.retracted import admitted_in

SEARCH_CONFIG = "causeway"


def derive(page: Page) -> None:
    """Make everything that readers see of `page` anew from its open publication.

    The page must be locked, and `hold_names` taken.
    """
    publication = Publication.objects.open().filter(page=page).select_related("revision").first()
    document = publication.revision.document if publication else None
    _write_retirement(page, document.retirement if document else None)
    if publication is None or document is None or document.retirement:
        for model in (Citation, Depiction, Mention, Name):
            model.objects.filter(page=page).delete()
        Statement.objects.filter(subject=page).delete()
        Reading.objects.filter(page=page).delete()
        return
    safe = redacted(document, in_effect_on(page.pk))
    _write_reading(page, publication, safe)
    _write_names(page, document)
    _write_statements(page, publication.revision, safe.framed)


def _write_retirement(page: Page, retirement: Retirement | None) -> None:
    """Say on the page's own row why it is retired and what replaces it, if it is."""
    told = (retirement.reason, retirement.replaced_by) if retirement else ("", None)
    if (page.retired, page.replaced_by_id) != told:
        page.retired, page.replaced_by_id = told
        page.save(update_fields=["retired", "replaced_by"])


def derive_neighbours(page: Page) -> None:
    """Let every page that links to `page`, or says something of it, follow where it leads now.

    The same goes for the pages whose readers are led to `page` because they are retired.
    """
    concerned = Succession.into(page.pk)
    _relink(page, concerned)
    _restate(concerned)


def _relink(page: Page, concerned: set[int]) -> None:
    """Show anew, in every page that links to one of the pages concerned, where the link leads."""
    slugs = set(Address.objects.filter(page__in=concerned).values_list("slug", flat=True))
    mentions = Mention.objects.filter(slug__in=slugs).exclude(page=page)
    for slug, (target, _) in _targets(slugs).items():
        mentions.filter(slug=slug).exclude(target=target).update(target=target)
        mentions.filter(slug=slug, target=None).update(target=target)
    readings = list(
        Reading.objects.filter(page__in=mentions.values("page")).select_related("publication__revision")
    )
    safe = _redacted([reading.publication for reading in readings])
    outlines = [outline(one.framed.body) for one in safe]
    links = linker(_targets({slug_of(title) for one in outlines for title in one.links}))
    sources = Source.objects.by_key(key for one in outlines for key in one.citations)
    images = figures(picture for one in outlines for picture in one.images)
    for reading, one in zip(readings, safe, strict=True):
        html = str(render(one.framed.body, links=links, sources=sources, images=images).html)
        reading.html, reading.corrected = one.taken_out(html)
    Reading.objects.bulk_update(readings, ["html", "corrected"], batch_size=50)


def _redacted(publications: Sequence[Publication]) -> list[Redacted]:
    """Return what each publication says without what was corrected for safety. One query for all."""
    corrections = Correction.objects.in_effect_by_page({one.page_id for one in publications})
    return [redacted(one.revision.document, corrections.get(one.page_id, ())) for one in publications]


def _restate(concerned: set[int]) -> None:
    """Make anew the statements of other pages about the pages concerned, where they lead elsewhere now."""
    publications = list(naming(concerned).select_related("page", "revision"))
    told = Statement.objects.told_by(one.page_id for one in publications)
    for one, document in zip(publications, (safe.framed for safe in _redacted(publications)), strict=True):
        wanted = {(row.relation, object_id) for row, object_id in told_of(one.page_id, document)}
        if document.retirement is None and wanted != told.get(one.page_id, set()):
            _write_statements(one.page, one.revision, document)


def rebuild(pages: Iterable[Page] | None = None) -> Iterator[Page]:
    """Derive every page anew, yielding each when it is done. Must change nothing."""
    for page in pages if pages is not None else Page.objects.order_by("pk"):
        with transaction.atomic():
            held = hold(page.pk)
            hold_names(changing=False)
            derive(held)
        yield page


def _write_reading(page: Page, publication: Publication, safe: Redacted) -> None:
    document = safe.framed
    text = outline(document.body)
    titles = {slug_of(title): title for title in text.links}
    targets = _targets(set(titles))
    rendered = _rendered(document.body, text, targets)
    html, corrected = safe.taken_out(str(rendered.html))
    Reading.objects.update_or_create(
        page=page,
        defaults={
            "publication": publication,
            "slug": slug_of(document.title),
            "title": document.title,
            "kind": document.kind,
            "summary": document.summary,
            "aliases": list(document.aliases),
            "codes": document.as_json()["codes"],
            "html": html,
            "corrected": corrected,
            "contents": [[one.level, one.id, one.text] for one in rendered.contents],
            "places": [[one.source, one.anchor] for one in rendered.places],
            "cited": list(rendered.sources),
            "admits": admitted_by(document.body),
            "verification": Verification.objects.of_whole(publication.revision),
            "authors": authors_of(publication.revision),
            "cosigners": cosigners_of(publication),
            **_searchable(safe.bare),
        },
    )
    _write_mentions(page, titles, targets)
    _write_citations(page, rendered)
    _write_depictions(page, text)


def admitted_by(body: str) -> list[int]:
    """Return the sources of which the text says at each place that cites them that they were retracted."""
    keys = admitted_in(body)
    if not keys:
        return []
    cited = Source.objects.by_key(outline(body).citations)
    relied_on = {pk for key, pk in cited.items() if key not in keys}
    return sorted({pk for key, pk in cited.items() if key in keys} - relied_on)


def _write_mentions(page: Page, titles: dict[str, str], targets: dict[str, tuple[int, str | None]]) -> None:
    _replace(
        Mention.objects.filter(page=page),
        [
            Mention(page=page, slug=slug, title=title, target_id=_target_id(targets, slug))
            for slug, title in sorted(titles.items())
        ],
        key=lambda one: (one.slug, one.title, one.target_id),
    )


def _searchable(document: Document) -> dict[str, Any]:
    text = plain(document.body)
    names = " ".join([document.title, *document.aliases])
    codes = " ".join(code.code for code in document.codes)
    return {
        "plain": text,
        "words": len(text.split()),
        "disputed": sum(row.stance == Stance.DISPUTED for row in document.statements),
        "vector": SearchVector(Value(names), config=SEARCH_CONFIG, weight="A")
        + SearchVector(Value(f"{document.summary} {codes}"), config=SEARCH_CONFIG, weight="B")
        + SearchVector(Value(text), config=SEARCH_CONFIG, weight="C"),
    }


def _targets(slugs: set[str], day: dt.date | None = None) -> dict[str, tuple[int, str | None]]:
    """Return, for each slug that is somebody's address, the page and its present slug if it is in force.

    A retired page leads to the one that replaces it; to itself, where readers are told why, if none does.
    Asked of the publications, not of what is derived from them: a rebuild from nothing links rightly too.
    """
    owners = dict(Address.objects.filter(slug__in=slugs).values_list("slug", "page_id"))
    succession = Succession(owners.values(), day)
    shown = {slug: succession.shown_for(page_id) for slug, page_id in owners.items()}
    return {slug: (one.page_id, one.slug) if one else (owners[slug], None) for slug, one in shown.items()}


def _target_id(targets: dict[str, tuple[int, str | None]], slug: str) -> int | None:
    return targets[slug][0] if slug in targets else None


def linker(targets: dict[str, tuple[int, str | None]], day: dt.date | None = None) -> Any:
    """Return the function that tells the renderer where a link of this title leads, or led on a day."""
    query = f"?as_of={day}" if day else ""

    def target(title: str) -> Target:
        _, current = targets.get(slug_of(title), (None, None))
        if current is not None:
            return Target(reverse("page", args=[current]) + query, exists=True)
        return Target(f"{reverse('new')}?{urlencode({'title': title})}", exists=False)

    return target


def render_now(body: str, *, lines: bool = False, day: dt.date | None = None) -> Rendered:
    """Return `body` rendered as it would be if it went live this moment: for previews and old versions.

    With a day its links lead to what was in force when that ended.
    """
    text = outline(body)
    targets = _targets({slug_of(title) for title in text.links}, day)
    return _rendered(body, text, targets, lines=lines, day=day)


def _rendered(
    body: str,
    text: Outline,
    targets: dict[str, tuple[int, str | None]],
    *,
    lines: bool = False,
    day: dt.date | None = None,
) -> Rendered:
    sources, links = Source.objects.by_key(text.citations), linker(targets, day)
    return render(body, links=links, sources=sources, images=figures(text.images), lines=lines)


def authors_of(revision: Revision) -> list[dict[str, str]]:
    """Return everybody whose words are in the text, first author first."""
    people: dict[object, dict[str, str]] = {}
    for one in Family(revision.page_id).lineage(revision):
        username = one.author.username if one.author else ""
        people.setdefault(one.author_id or one.author_name, {"name": one.author_name, "username": username})
    return list(people.values())


def cosigners_of(publication: Publication) -> list[dict[str, str]]:
    """Return who else signed what was published, the first signature first."""
    signed = publication.revision.verdicts.filter(decision=Decision.APPROVE)
    others = signed.exclude(pk=publication.verdict_id).select_related("reviewer").order_by("decided_at", "pk")
    return [
        {
            "name": one.reviewer_name,
            "profession": one.reviewer_profession,
            "username": one.reviewer.username if one.reviewer else "",
        }
        for one in others
    ]


def _write_citations(page: Page, rendered: Rendered) -> None:
    _replace(
        Citation.objects.filter(page=page, statement=None),
        [Citation(page=page, source_id=source) for source in sorted(rendered.sources)],
        key=lambda one: one.source_id,
    )


def _write_depictions(page: Page, text: Outline) -> None:
    shown = Image.objects.by_name({one.name for one in text.images}).values() if text.images else ()
    _replace(
        Depiction.objects.filter(page=page),
        [Depiction(page=page, image=one) for one in sorted(shown, key=lambda one: one.pk)],
        key=lambda one: one.image_id,
    )


def _write_names(page: Page, document: Document) -> None:
    names = [(document.title, 0), *((alias, 1) for alias in document.aliases)]
    names += [(code.code, 2) for code in document.codes]
    _replace(
        Name.objects.filter(page=page),
        [Name(page=page, text=text, key=fold(text), rank=rank) for text, rank in names],
        key=lambda one: (one.rank, one.key, one.text),
    )


def fold(text: str) -> str:
    """Return `text` as names are compared: no accents, no case, single spaces, codes without blanks."""
    return slug_of(text).replace("-", " ")


def _write_statements(page: Page, revision: Revision, document: Document) -> None:
    known = Source.objects.by_key(key for row in document.statements for key in row.sources)
    Citation.objects.filter(page=page).exclude(statement=None).delete()
    Statement.objects.filter(subject=page).delete()
    statements = Statement.objects.bulk_create(
        Statement(
            revision=revision,
            subject=page,
            relation=row.relation,
            object_id=object_id,
            stance=row.stance,
            grade=row.grade,
            basis=row.basis,
            rank=Grade(row.grade).rank,
            note=row.note,
            source_ids=list(dict.fromkeys(known[key] for key in row.sources if key in known)),
        )
        for row, object_id in told_of(page.pk, document)
    )
    Citation.objects.bulk_create(
        Citation(page=page, source_id=source, statement=statement)
        for statement in statements
        for source in statement.source_ids
    )


def told_of(page_id: int, document: Document, succession: Succession | None = None) -> list[tuple[Row, int]]:
    """Return each statement with the page that it is told of: the one it names, or what replaces that.

    It follows where the relation fits the page that replaces, which may not be the statement's own; and
    where the page does not say the same of that one itself. Else it stays where readers cannot see it.
    `succession` has the pages of the statements, if the caller has loaded it.
    """
    there = Page.objects.filter(pk__in={row.object for row in document.statements})
    known = set(there.values_list("pk", flat=True)) if succession is None else succession.pages
    succession = succession or Succession(known)
    rows = [row for row in document.statements if row.object in known]
    taken = {row.key for row in rows if succession.successor_of(row.object) is None}
    told = []
    for row in rows:
        successor = succession.successor_of(row.object)
        if successor and may_follow(row, successor, page_id, document.kind):
            key = row.relation, successor.page_id
            told.append((row, row.object if key in taken else successor.page_id))
            taken.add(key)
        else:
            told.append((row, row.object))
    return told


def may_follow(row: Row, successor: Live, page_id: int, kind: str) -> bool:
    """Return whether a statement of a page of `kind` can be told of the page that replaces its other end."""
    return successor.page_id != page_id and RELATIONS[row.relation].fits(kind, successor.kind)


def _replace(old: Any, new: list[Any], *, key: Any) -> None:
    """Make the rows of the queryset `old` be `new`, touching nothing when they already are."""
    if sorted(map(repr, map(key, old))) == sorted(map(repr, map(key, new))):
        return
    old.delete()
    if new:
        old.model.objects.bulk_create(new)
