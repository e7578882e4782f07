"""Loading of what the checks need to know about the pages, sources and pictures that a document names."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from wiki.domain.kinds import KINDS, Trait
from wiki.models import (
    ANYBODY,
    Address,
    Correction,
    Image,
    Name,
    Page,
    PublishedPage,
    Report,
    Revision,
    Source,
    Visitor,
)
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import prepared
from wiki.models.names import NameQuerySet
from wiki.models.sources import Checked
from wiki.policy.checks.subject import LIMITS, Cited, Depicted, Findings, Linked, Namesake, keys_of
from wiki.policy.duplicate_statements import duplicates_in
from wiki.text.confusables import name_skeleton
from wiki.text.document import Document
from wiki.text.markdown.html import Outline, outline
from wiki.text.redaction.passages import holds_passage
from wiki.text.slugs import slug_of

# Values in place of a name's rank: the title of a page that waits for review, and an address.
WAITS: Final = -1
ADDRESS: Final = -2


def load_findings(
    document: Document,
    page_id: int | None,
    *,
    before: Document | None = None,
    reader: Visitor = ANYBODY,
    with_reports: bool = True,
    retires: int | None = None,
    **more: Any,
) -> Findings:
    """Return the input of the rules. The number of queries does not grow with the document.

    Other pages are named as far as `reader` may know of them. `retires` is the page that goes with it: its
    names are free then.
    """
    both = [one for one in (document, before) if one]
    named = {row.object for one in both for row in one.statements}
    looks = _looks_of(both)
    slug = slug_of(document.title) if document.title.strip() else ""
    others = _names_of_others(looks, slug, page_id, retires)
    is_taken = any(rank == ADDRESS for _, rank, _ in others)
    owner = next((title or "" for _, rank, title in others if rank == ADDRESS), "")
    outlines = [outline(one.body[: LIMITS["body"]]) for one in both]
    return Findings(
        document=document,
        before=before,
        page_id=page_id,
        title_taken=is_taken,
        title_owner=owner,
        title_owner_is_retired=is_taken and not owner and Page.objects.is_retired_at(slug),
        namesakes=_namesakes(others, looks),
        sources=cited_by_key({key for one in both for key in keys_of(one)}),
        links=_links({slug_of(title) for one in outlines for title in one.links}),
        kinds=kinds_of(named),
        titles=titles_of(named, reader=reader),
        retired=_retired(named),
        lost_sections=_lost_sections(page_id, outlines),
        pictures=depicted(Image.objects.by_name({one.name for shown in outlines for one in shown.images})),
        made_twice=tuple(duplicates_in(document, page_id)),
        can_replace=_can_replace(document),
        reports=Report.objects.number_open_on(page_id) if page_id and with_reports else 0,
        corrected=_corrected(document, page_id),
        today=timezone.localdate(),
        **more,
    )


def _looks_of(documents: Iterable[Document]) -> set[str]:
    return {name_skeleton(name) for one in documents for name in (one.title, *one.aliases)} - {""}


def _names_of_others(
    skeletons: Collection[str], slug: str, page_id: int | None, retires: int | None
) -> list[tuple[str, int, str | None]]:
    """Return (text, rank, title of the page) of names of other pages. One query.

    They are those that look like one of `skeletons`, and, as of no rank, the titles of all new pages that
    wait for review and the address `slug`, whosever it is, with the title of that page today.
    """
    # No page has the id 0.
    return _others(Name.objects.get_queryset(), [*skeletons], slug, page_id or 0, retires or 0)


@prepared
def _others(
    names: NameQuerySet, skeletons: list[str], slug: str, page_id: int, retires: int
) -> "QuerySet[Name, tuple[str, int, str | None]]":
    alike = names.filter(is_any_of("skeleton", skeletons), page__published_page__isnull=False)
    waiting = Revision.objects.waiting().of_new_pages().exclude(page=page_id)
    titles = waiting.order_by().annotate(rank=Value(WAITS), called=F("title"))
    taken = Address.objects.filter(slug=slug).exclude(page=page_id)
    addresses = taken.annotate(rank=Value(ADDRESS), called=F("page__published_page__title"))
    return (
        alike.exclude(page=page_id)
        .exclude(page=retires)
        .order_by()
        .values_list("text", "rank", "page__published_page__title")
        .union(
            titles.values_list("title", "rank", "called"),
            addresses.values_list("slug", "rank", "called"),
            all=True,
        )
        .order_by("rank", "text")
    )


def _namesakes(others: Iterable[tuple[str, int, str | None]], wanted: set[str]) -> dict[str, list[Namesake]]:
    """Return the names of other pages that look like a given name, those that wait for review first."""
    found: dict[str, list[Namesake]] = {}
    for text, rank, title in others:
        if rank != ADDRESS and (look := name_skeleton(text)) in wanted:
            found.setdefault(look, []).append(
                Namesake(text, title or "", rank != 1, is_waiting=rank == WAITS)
            )
    return found


def kinds_of(page_ids: set[int]) -> dict[int, str]:
    """Return the kind of each page: of what is published, else of its newest revision."""
    if not page_ids:
        return {}
    live = {pk: kind for pk, kind, _ in PublishedPage.objects.named([*page_ids])}
    if not (others := page_ids - live.keys()):
        return live
    newest = Revision.objects.filter(page__in=others).order_by("page_id", "-pk").distinct("page_id")
    kinds = newest.values_list("page_id", "kind")
    return {page.pk: "" for page in Page.objects.filter(pk__in=others)} | dict(kinds) | live


def remedy_names() -> frozenset[str]:
    """Return the titles and names of all published pages on a drug or treatment."""
    remedies = [kind.value for kind in KINDS.values() if Trait.REMEDY in kind.traits]
    return frozenset(Name.objects.of_kinds(remedies))


def names_of_linked(before: Document | None, after: Document) -> dict[str, frozenset[str]]:
    """Return what the pages are called that `after` links to, by the title there, if it has more links."""
    if before is None or before.body.count("[[") >= after.body.count("[["):
        return {}
    titles = {slug_of(one): one for one in outline(after.body[: LIMITS["body"]]).links}
    linked = Name.objects.filter(page__addresses__slug__in=titles, rank__lt=Name.CODE)
    found: dict[str, frozenset[str]] = {}
    for slug, text in linked.values_list("page__addresses__slug", "text"):
        found[titles[slug]] = found.get(titles[slug], frozenset()) | {text}
    return found


def patient_pictures(documents: Iterable[Document]) -> frozenset[str]:
    """Return which pictures of some documents show a patient."""
    names = {one.name for document in documents for one in outline(document.body[: LIMITS["body"]]).images}
    return frozenset(Image.objects.of_patients([*names]) if names else ())


def titles_of(page_ids: set[int], *, reader: Visitor) -> dict[int, str]:
    """Return the title of each page: of what is published, else of the newest version `reader` may see."""
    named = PublishedPage.objects.named([*page_ids]) if page_ids else ()
    current = {pk: title for pk, _, title in named}
    others = page_ids - current.keys()
    return current | (Revision.objects.visible_to(reader).titles_of(others) if others else {})


def cited_by_key(keys: Collection[str]) -> dict[str, Cited]:
    """Return what the rules need to know about each source that the wiki has, by its key."""
    known = Source.objects.by_key(keys)
    found = {one.pk: one for one in Source.objects.with_keys_of([*set(known.values())])} if known else {}
    return {key: _cited(found[pk], key) for key, pk in known.items()}


def _cited(source: Source, key: str) -> Cited:
    verified = source.checked == Checked.FULL
    keys: list[str] = source.keys  # type: ignore[attr-defined]  # loaded by `with_keys`
    instead = "" if key in keys else keys[0]
    return Cited(source.type, source.year, verified, source.title, tuple(source.natures), instead)


def _links(slugs: Collection[str]) -> dict[str, Linked]:
    """Return the page that readers see at each address, retired pages included."""
    rows = Address.objects.linked([*slugs]) if slugs else ()
    return {
        slug: Linked(title or "", bool(retired), instead or "", tuple(one[1] for one in contents or ()))
        for slug, title, retired, instead, contents in rows
        if title or retired
    }


_SECTION: Final = re.compile(r'href="[^"#]*/wiki/([a-z0-9-]+)/#(s-[^"]+)"')


def _lost_sections(page_id: int | None, outlines: list[Outline]) -> dict[str, list[str]]:
    """Return the sections that are gone or doubled, and the titles of the pages that link to each."""
    now, shared = {one.id for one in outlines[0].headings}, _shared(outlines[0])
    gone = {
        one.id: one.text
        for before in outlines[1:]
        for one in before.headings
        if one.id not in now or one.id in shared - _shared(before)
    }
    if not gone or page_id is None:
        return {}
    slugs = set(Address.objects.filter(page=page_id).values_list("slug", flat=True))
    found: dict[str, list[str]] = {}
    # However many link to the page, only those are loaded that link to such a section of some page.
    naming = reduce(or_, (Q(html__contains=f'/#{section}"') for section in gone))
    linking = PublishedPage.objects.linking_to_addresses_of([page_id]).filter(naming)
    for title, html in linking.values_list("title", "html"):
        for section in {section for slug, section in _SECTION.findall(html) if slug in slugs}:
            if section in gone:
                found.setdefault(gone[section], []).append(title)
    return found


def _shared(outline: Outline) -> set[str]:
    """Return the ids of the headings that have the words of another one: a link may lead to either."""
    words = [" ".join(one.text.casefold().split()) for one in outline.headings]
    times = Counter(words)
    return {one.id for one, text in zip(outline.headings, words, strict=True) if times[text] > 1}


def _retired(page_ids: Collection[int]) -> dict[int, Linked]:
    pages = Page.objects.retired_among([*page_ids]) if page_ids else []
    titles = Revision.objects.visible_to(ANYBODY).titles_of([pk for pk, _ in pages]) if pages else {}
    return {pk: Linked(titles.get(pk, "a page"), True, instead or "") for pk, instead in pages}


def depicted(images: Mapping[str, Image]) -> dict[str, Depicted]:
    """Return what the rules need to know about each picture, by its name."""
    return {name: Depicted(one.alt, one.withdrawn_at is not None) for name, one in images.items()}


def _corrected(document: Document, page_id: int | None) -> list[tuple[str, dt.date]]:
    """Return the passages that a safety correction replaced and `document` brings back, with the
    day of each.
    """
    found = Correction.objects.in_effect_by_page([page_id]).get(page_id, ()) if page_id else ()
    return [
        (one.passage, timezone.localdate(one.seconded_at))
        for one in found
        if holds_passage(document, one.passage)
    ]


def _can_replace(document: Document) -> bool:
    wanted = document.retirement.replaced_by if document.retirement else None
    return wanted is None or Page.objects.published().filter(pk=wanted).exists()
