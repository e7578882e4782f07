"""Atom feeds of publications: all of them, of a page, of a kind, by a contributor. Public."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.cache import cache_control

from wiki.domain.kinds import KINDS, Kind, label_of
from wiki.models import Page, Publication, User, WholePageReview
from wiki.models.publications import PublicationQuerySet
from wiki.models.queries.changes import ReaderChange, newest, recalls_and_their_ends
from wiki.screens.feed_entries import feed_entry
from wiki.text import characters
from wiki.text.days import today_begins
from wiki.views import access
from wiki.views.program_doors import for_programs

LENGTH = 50


class WellFormedFeed(Atom1Feed):
    """An Atom feed without characters that XML cannot hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Clean what the feed is about."""
        super().__init__(*_for_xml(args), **_for_xml(kwargs))

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry changed; of a feed without entries the day that it is empty on, so
        that it stays the same where nothing happens.
        """
        return super().latest_post_date() if self.items else today_begins()

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        """Add an entry."""
        super().add_item(*_for_xml(args), **_for_xml(kwargs))


def _for_xml(value: Any) -> Any:
    """Return a value of a feed, or many of them, as XML can hold them."""
    if isinstance(value, str):
        return characters.for_xml(value)
    if isinstance(value, dict):
        return {name: _for_xml(one) for name, one in value.items()}
    return type(value)(map(_for_xml, value)) if isinstance(value, list | tuple) else value


class Approvals(Feed):  # type: ignore[type-arg]  # it takes none at run time
    """All publications, newest first."""

    feed_type = WellFormedFeed
    author_name = "Causeway"
    feed_copyright = "CC BY-SA 4.0"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return None: this feed is about the whole wiki."""
        return None

    def title(self, obj: Any) -> str:
        """Return what the feed is called."""
        return f"Causeway: {self.named(obj)}"

    def named(self, obj: Any) -> str:
        """Return the subject of the feed."""
        return "approved changes"

    def subtitle(self, obj: Any) -> str:
        """Return the description of the feed."""
        return "What was approved or loaded, who signed, and what it means for a patient."

    def link(self, obj: Any) -> str:
        """Return the page that it goes with."""
        return reverse("latest")

    def feed_guid(self, obj: Any) -> str:
        """Return the feed's permanent id."""
        return _tag(self.link(obj))

    def publications(self, obj: Any) -> PublicationQuerySet:
        """Return the publications of the feed."""
        return Publication.objects.all()

    def items(self, obj: Any) -> list[Publication]:
        """Return the newest publications, with the people named in them."""
        found = list(self.publications(obj).for_feeds()[:LENGTH])
        WholePageReview.objects.load_signers(filter(None, (one.whole_page_review for one in found)))
        return found

    def item_title(self, item: Publication) -> str:
        """Return what happened, in a line."""
        return feed_entry(item).title

    def item_description(self, item: Publication) -> str:
        """Return the meaning of the change, its authors and its reviewers."""
        return escape(feed_entry(item).summary)  # feed readers treat it as HTML

    def item_link(self, item: Publication) -> str:
        """Return the address of the version; of a page that is away, by the title that it had then."""
        slug = item.slug or item.revision.slug  # type: ignore[attr-defined]  # annotated
        return reverse("revision", args=[slug, item.revision.number])

    def item_guid(self, item: Publication) -> str:
        """Return the entry's permanent id, which does not depend on addresses."""
        return _tag(f"publication/{item.pk}")

    def item_pubdate(self, item: Publication) -> dt.datetime:
        """Return when it was published."""
        return item.since

    def item_updateddate(self, item: Publication) -> dt.datetime:
        """Return when it last changed; a withdrawn approval counts as a change."""
        return feed_entry(item).updated

    def item_author_name(self, item: Publication) -> str:
        """Return who wrote it."""
        return item.revision.author_name

    def item_categories(self, item: Publication) -> list[str]:
        """Return the kind of its page."""
        return [label_of(item.revision.kind)]


def _tag(specific: str) -> str:
    """Return a globally unique id (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{specific.strip('/')}"


class OfPage(Approvals):
    """The versions of one page."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> tuple[Page, str]:
        """Return the page, and its present address if it has one."""
        page = access.page_at(kwargs["slug"])
        published_page = getattr(page, "published_page", None)
        return page, published_page.slug if published_page else kwargs["slug"]

    def named(self, obj: tuple[Page, str]) -> str:
        """Return the page's title, while it is published or retired."""
        page = obj[0]
        if page.retired and (last := Publication.objects.title_of(page)):
            return f"{last.revision.title}, a retired page"
        published_page = getattr(page, "published_page", None)
        return published_page.title if published_page else "a page under review"

    def link(self, obj: tuple[Page, str]) -> str:
        """Return the page's address."""
        return reverse("page", args=[obj[1]])

    def feed_guid(self, obj: tuple[Page, str]) -> str:
        """Return the feed's name for ever."""
        return _tag(f"page/{obj[0].pk}")

    def publications(self, obj: tuple[Page, str]) -> PublicationQuerySet:
        """Return its publications."""
        return Publication.objects.on_page(obj[0])


class OfKind(Approvals):
    """The versions of pages of one kind."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Kind:
        """Return the kind, if it is one of ours."""
        if kwargs["kind"] not in KINDS:
            raise Http404("There is no such kind.")
        return KINDS[kwargs["kind"]]

    def named(self, obj: Kind) -> str:
        """Return the kind in words."""
        return f"approved changes, {obj.label.lower()}"

    def link(self, obj: Kind) -> str:
        """Return the index of the kind."""
        return reverse("index-kind", args=[obj.value])

    def publications(self, obj: Kind) -> PublicationQuerySet:
        """Return those of the kind."""
        return Publication.objects.of_kind(obj.value)


class OfPerson(Approvals):
    """What one contributor wrote or approved."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> User:
        """Return a person whose name readers have seen."""
        return get_object_or_404(User.objects.in_public(), username=kwargs["username"])

    def named(self, obj: User) -> str:
        """Return the person's name."""
        return f"written or approved by {obj}"

    def link(self, obj: User) -> str:
        """Return the person's page."""
        return obj.get_absolute_url()

    def publications(self, obj: User) -> PublicationQuerySet:
        """Return those with their name."""
        return Publication.objects.by(obj)


class ChangesForPrograms(Approvals):
    """What changed for readers, as programs follow it: the same changes under the same positions."""

    def named(self, obj: Any) -> str:
        """Return the subject of the feed."""
        return "everything that changed for readers"

    def subtitle(self, obj: Any) -> str:
        """Return the description of the feed."""
        return "Each change once, in the order of commits; the id of an entry ends with its position."

    def feed_guid(self, obj: Any) -> str:
        """Return the feed's name for ever."""
        return _tag("changes")

    def items(self, obj: Any) -> Any:
        """Return the newest changes."""
        return newest(LENGTH)

    def item_title(self, item: Any) -> str:
        """Return what happened, in a line."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Return why."""
        return escape(item.reason)

    def item_link(self, item: Any) -> str:
        """Return the address of the page or the source, else of the recalls."""
        if item.source:
            return reverse("source", args=[item.source])
        return reverse("page", args=[item.line.slug]) if item.line.slug else reverse("recalls")

    def item_guid(self, item: Any) -> str:
        """Return the entry's name for ever."""
        return _tag(f"change/{item.position}")

    def item_pubdate(self, item: Any) -> dt.datetime:
        """Return when it happened."""
        happened: dt.datetime = item.event.at
        return happened

    item_updateddate = item_pubdate

    def item_author_name(self, item: Any) -> str:
        """Return who did it."""
        return str(item.event.actor_name)

    def item_categories(self, item: Any) -> list[str]:
        """Return the act."""
        return [str(item.event.act)]


class Recalls(ChangesForPrograms):
    """What readers were told and must not rely on any more."""

    def named(self, obj: Any) -> str:
        """Return the subject of the feed."""
        return "recalls"

    def subtitle(self, obj: Any) -> str:
        """Return the description of the feed."""
        return "Corrected for safety, reverted, or resting on a retracted source; and what of it was lifted."

    def link(self, obj: Any) -> str:
        """Return the list of recalls."""
        return reverse("recalls")

    def feed_guid(self, obj: Any) -> str:
        """Return the feed's name for ever."""
        return _tag("recalls")

    def items(self, obj: Any) -> Any:
        """Return the newest recalls, and what was lifted of them."""
        return [ReaderChange(one) for one in recalls_and_their_ends()[:LENGTH]]


def _not_indexed(feed: Feed) -> Callable[..., HttpResponse]:  # type: ignore[type-arg]  # it takes none
    """Return a feed as a view: programs read it, search engines find the pages that it names."""

    @wraps(feed, assigned=(), updated=())
    def answered(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = feed(request, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answered


# The same for everybody, so shared caches may keep it for a while.
_kept = cache_control(public=True, max_age=300)
approvals, of_page, of_kind, of_person, of_changes, of_recalls = (
    for_programs(_kept(_not_indexed(feed)))
    for feed in (Approvals(), OfPage(), OfKind(), OfPerson(), ChangesForPrograms(), Recalls())
)
