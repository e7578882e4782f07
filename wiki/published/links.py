"""Targets of links: the published page at an address, or what replaces it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from wiki.addresses import address_of
from wiki.models import (
    Address,
    Image,
    Source,
    Succession,
)
from wiki.published.figures import figure_of, figures
from wiki.text.days import as_of_value
from wiki.text.markdown.html import Figure, Outline, Rendered, Target, outline, render
from wiki.text.markdown.wikilinks import split_target
from wiki.text.slugs import heading_id, slug_of

# The page at each slug, and its present slug if it is published.
type Targets = dict[str, tuple[int, str | None]]


def link_targets(slugs: set[str], day: dt.date | None = None) -> Targets:
    """Return, for each slug that is an address, the page and its present slug if it is published.

    A retired page leads to the one that replaces it; to itself, where readers are told why, if none does.
    Asked of the publications, not of what is derived from them: a rebuild from nothing links rightly too.
    """
    owners = Address.objects.owners(slugs)
    succession = Succession(owners.values(), day)
    shown = {slug: succession.shown_for(page_id) for slug, page_id in owners.items()}
    return {slug: (one.page_id, one.slug) if one else (owners[slug], None) for slug, one in shown.items()}


def target_id(targets: Targets, slug: str) -> int | None:
    return targets[slug][0] if slug in targets else None


def linker(targets: Targets, day: dt.date | None = None) -> Any:
    """Return the function with which the renderer asks where a link to a title leads, today or on a day."""
    query = f"?as_of={as_of_value(day)}" if day else ""

    def target(named: str) -> Target:
        title, section = split_target(named)
        place = f"#{heading_id(section)}" if section else ""
        if not title and place:
            return Target(place, exists=True)
        _, current = targets.get(slug_of(title), (None, None))
        if current is not None:
            return Target(address_of("page", current) + query + place, exists=True)
        return Target(f"{address_of('new')}?{urlencode({'title': title})}", exists=False)

    return target


def render_now(body: str, *, lines: bool = False, day: dt.date | None = None) -> Rendered:
    """Return `body` rendered as if it were published now: for previews and old versions.

    With a day its links lead to what was published when that ended.
    """
    text = outline(body)
    targets = link_targets({slug_of(title) for title in text.links}, day)
    return render_with_links(body, text, targets, lines=lines, day=day)


@dataclass(frozen=True)
class Surroundings:
    """What some texts name: where their links lead, their sources by key, their pictures by name."""

    targets: Targets
    sources: Mapping[str, int]
    images: Mapping[str, Image]
    figures: Mapping[str, Figure]

    @classmethod
    def load(cls, outlines: Iterable[Outline], *, keys: Iterable[str] = ()) -> Self:
        """Load what texts name, and the sources with some more keys.

        The number of queries does not grow with the texts.
        """
        texts = list(outlines)
        names = {one.name for text in texts for one in text.images}
        images = Image.objects.by_name(names) if names else {}
        return cls(
            link_targets({slug_of(title) for text in texts for title in text.links}),
            Source.objects.by_key([*keys, *(key for text in texts for key in text.citations)]),
            images,
            {name: figure_of(image) for name, image in images.items()},
        )

    def render(self, body: str) -> Rendered:
        """Return one of the texts rendered."""
        return render(body, links=linker(self.targets), sources=self.sources, images=self.figures)


def render_with_links(
    body: str,
    text: Outline,
    targets: Targets,
    *,
    lines: bool = False,
    day: dt.date | None = None,
) -> Rendered:
    sources, links = Source.objects.by_key(text.citations), linker(targets, day)
    return render(body, links=links, sources=sources, images=figures(text.images), lines=lines)
