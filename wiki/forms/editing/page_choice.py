"""The choice of another page by a typed name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from wiki.domain.kinds import KINDS
from wiki.domain.lifecycle import State
from wiki.domain.relations import RELATIONS, kinds_fitting
from wiki.models import Name, Page, PublishedPage, Revision, User
from wiki.text.confusables import name_skeleton
from wiki.text.slugs import fold


def titles_of(page_ids: Iterable[int], *, reader: User) -> dict[int, str]:
    """Return each page's published title, else the title of the newest revision that `reader` may see."""
    wanted = set(page_ids)
    if not wanted:
        return {}
    newest = (
        Revision.objects.visible_to(reader).filter(page=OuterRef("pk")).order_by("-pk").values("title")[:1]
    )
    shown = Coalesce("published_page__title", Subquery(newest))
    return dict(
        Page.objects.filter(pk__in=wanted)
        .annotate(shown=shown)
        .exclude(shown=None)
        .values_list("pk", "shown")
    )


def pages_named(texts: Iterable[str], *, reader: User) -> dict[str, set[int]]:
    """Return the pages that each text names: by title, alias or code, else by an unpublished title."""
    keys = {text: fold(text)[:160] for text in texts if text.strip()}
    found: dict[str, set[int]] = {text: set() for text in keys}
    if not keys:
        return found
    names = list(Name.objects.leading_from(set(keys.values())))
    for text, key in keys.items():
        fitting = [one for one in names if one.key == key]
        best = min((one.rank for one in fitting), default=0)
        found[text] = {one.page_id for one in fitting if one.rank == best}
    unknown = [text for text, pages in found.items() if not pages]
    hidden = Revision.objects.visible_to(reader).filter(page__published_page=None, title__in=unknown)
    for page_id, title in hidden.values_list("page_id", "title"):
        found[title].add(page_id)
    return found


def published_page_named(title: str) -> PublishedPage | None:
    """Return the published page that `title` leads to, by title, alias or code."""
    name = Name.objects.leading_from({fold(title)[:160]}).select_related("page__published_page").first()
    return name.page.published_page if name else None


def pages_named_like(title: str) -> list[PublishedPage]:
    """Return the published pages that `title` leads to, then those with a name that reads much like it."""
    known = published_page_named(title)
    names = Name.objects.looking_like({name_skeleton(title)} - {""}, but=known.page_id if known else None)
    found = {one.page_id: one.page.published_page for one in names.select_related("page__published_page")}
    return [*([known] if known else []), *found.values()]


@dataclass(frozen=True)
class NamedPage:
    """Title and kind of a page that somebody names."""

    title: str
    kind: str
    address: str


def known(page_ids: Iterable[int], *, reader: User) -> dict[int, NamedPage]:
    """Return title and kind of each page: published, else of the newest revision that `reader` may see."""
    if not (wanted := set(page_ids)):
        return {}
    found = {
        one.page_id: NamedPage(one.title, one.kind, one.get_absolute_url())
        for one in PublishedPage.objects.of_pages(wanted)
    }
    if hidden := wanted - found.keys():
        for one in Revision.objects.visible_to(reader).without_content(hidden).order_by("pk"):
            found[one.page_id] = NamedPage(one.title, one.kind, one.get_absolute_url())
    return found


@dataclass(frozen=True)
class PageFilter:
    """The restrictions on the other page of a statement: relation, kind and title."""

    relation: str = ""
    kind: str = ""
    title: str = ""

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of the pages that fit."""
        return kinds_fitting(self.relation, self.kind)

    @property
    def offer(self) -> dict[str, str]:
        """Return the kind of a page that would have to be proposed, if only one fits."""
        return {"kind": self.kinds[0]} if len(self.kinds) == 1 else {}

    def line(self, title: str, kind: str, summary: str, by: str, *marks: str) -> dict[str, str]:
        """Return a page of the list, with the reason if it does not fit."""
        misfit = "" if kind in self.kinds else f"Does not fit {self._named}"
        shown = KINDS[kind].label if kind in KINDS else ""
        mark = " · ".join(filter(None, (*marks, misfit)))
        ends = {"value": title, "label": title, "kind": shown, "kind_id": kind}
        return {**ends, "summary": summary, "by": by, "mark": mark}

    @property
    def _named(self) -> str:
        relation = RELATIONS.get(self.relation)
        return f"“{relation.label}”" if relation else "a page of this kind"


def suggestions(typed: str, *, reader: User, wanted: PageFilter, most: int = 10) -> list[dict[str, str]]:
    """Return the pages with a word in a name that begins like the typed text, those that fit first.

    A writer is also shown the new pages that wait for review, and those in their own drafts.
    """
    typed = " ".join(typed.split())[:160]
    if not typed:
        return []
    new = _new_pages(typed, reader, wanted)
    found = _published(typed, wanted, most - len(new))
    return sorted([*found, *new], key=lambda line: line["kind_id"] not in wanted.kinds)


def _published(typed: str, wanted: PageFilter, most: int) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name in Name.objects.beginning(fold(typed)[:160], kinds=wanted.kinds)[: most * 4]:
        page = name.page.published_page
        if fold(page.title) != fold(wanted.title):
            mark = "Retired" if name.page.retired else ""
            found.setdefault(name.page_id, wanted.line(page.title, page.kind, page.summary, name.text, mark))
    return list(found.values())[:most]


def _new_pages(typed: str, reader: User, wanted: PageFilter, most: int = 3) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    hidden = Revision.objects.not_yet_published().of_new_pages().visible_to(reader)
    for one in hidden.with_a_title_like(typed)[: most * 2]:
        if one.title != wanted.title:
            mark = "In your draft" if one.state == State.DRAFT else "Waiting for review"
            summary = one.document.summary
            found.setdefault(one.page_id, wanted.line(one.title, one.kind, summary, one.title, mark))
    return list(found.values())[:most]
