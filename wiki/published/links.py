"""Targets of links: the published page at an address, or what replaces it."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wiki.models import (
    Address,
    Source,
    Succession,
)
from wiki.published.figures import figures
from wiki.text.days import as_of_value
from wiki.text.markdown.html import Outline, Rendered, Target, outline, render
from wiki.text.markdown.wikilinks import split_target
from wiki.text.slugs import heading_id, slug_of


def link_targets(slugs: set[str], day: dt.date | None = None) -> dict[str, tuple[int, str | None]]:
    """Return, for each slug that is an address, the page and its present slug if it is published.

    A retired page leads to the one that replaces it; to itself, where readers are told why, if none does.
    Asked of the publications, not of what is derived from them: a rebuild from nothing links rightly too.
    """
    owners = dict(Address.objects.filter(slug__in=slugs).values_list("slug", "page_id"))
    succession = Succession(owners.values(), day)
    shown = {slug: succession.shown_for(page_id) for slug, page_id in owners.items()}
    return {slug: (one.page_id, one.slug) if one else (owners[slug], None) for slug, one in shown.items()}


def target_id(targets: dict[str, tuple[int, str | None]], slug: str) -> int | None:
    return targets[slug][0] if slug in targets else None


def linker(targets: dict[str, tuple[int, str | None]], day: dt.date | None = None) -> Any:
    """Return the function with which the renderer asks where a link to a title leads, today or on a day."""
    query = f"?as_of={as_of_value(day)}" if day else ""

    def target(named: str) -> Target:
        title, section = split_target(named)
        place = f"#{heading_id(section)}" if section else ""
        if not title and place:
            return Target(place, exists=True)
        _, current = targets.get(slug_of(title), (None, None))
        if current is not None:
            return Target(reverse("page", args=[current]) + query + place, exists=True)
        return Target(f"{reverse('new')}?{urlencode({'title': title})}", exists=False)

    return target


def render_now(body: str, *, lines: bool = False, day: dt.date | None = None) -> Rendered:
    """Return `body` rendered as if it were published now: for previews and old versions.

    With a day its links lead to what was published when that ended.
    """
    text = outline(body)
    targets = link_targets({slug_of(title) for title in text.links}, day)
    return render_with_links(body, text, targets, lines=lines, day=day)


def render_with_links(
    body: str,
    text: Outline,
    targets: dict[str, tuple[int, str | None]],
    *,
    lines: bool = False,
    day: dt.date | None = None,
) -> Rendered:
    sources, links = Source.objects.by_key(text.citations), linker(targets, day)
    return render(body, links=links, sources=sources, images=figures(text.images), lines=lines)
