"""Search over what was published on some day. It reads all pages of that day."""

import datetime as dt

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models.functions import Coalesce, Concat

from wiki.models.corrections import Correction
from wiki.models.publications import Publication, PublicationQuerySet
from wiki.text.search.excerpts import MARKERS
from wiki.text.search.typed import websearch

CONFIG = "causeway"
# What Markdown has beside the words, and what stands there instead, one after the other. Lines end where they
# do ("n"), so that the rules of tables and the heads of boxes are whole lines.
_MARKS = (
    (r"!\[([^\]]*)\]\([^)]*\)", r"\1"),  # a picture: its alternative text
    (r" *\[@[^\]]*\]|\[\^[^\]]*\]:?", ""),  # citations and footnotes
    (r"\[\[[^]|]*\|([^]]*)\]\]", r"\1"),  # a link to a page under another name
    (r"\]\([^)]*\)", ""),  # where a link leads
    (r"^[ |:-]*--[ |:-]*$|^:::( *urgent )?", ""),  # the rule below the head of a table; boxes
    (r"^ *(- |\d+[.)] )", ""),  # items
    (r"[][*_#>`]", ""),
    (r"\|", " "),
    (r" *\n[\n ]*", "\n"),
)


def published_on_day(day: dt.date, words: str) -> PublicationQuerySet:
    """Return what readers saw when `day` ended and held `words`, best first, with an excerpt.

    Of a page on which a passage was corrected for safety since only the names are searched, not the text.
    """
    query = SearchQuery(websearch(words), config=CONFIG, search_type="websearch")
    corrected = Correction.objects.in_effect().filter(page=models.OuterRef("page")).order_by()
    text = models.Case(
        models.When(models.Exists(corrected), then=models.Value("")),
        default=Concat(
            _member("summary"), models.Value("\n"), _bare(_member("body")), output_field=models.TextField()
        ),
        output_field=models.TextField(),
    )
    parts = (_member(part) for part in ("title", "aliases", "codes"))
    names = Concat(
        *(one for part in parts for one in (part, models.Value(" "))), output_field=models.TextField()
    )
    vector = SearchVector(names, config=CONFIG, weight="A") + SearchVector(text, config=CONFIG, weight="C")
    return (
        Publication.objects.open_or_on(day)
        .filter(revision__content__retirement__isnull=True)
        .annotate(vector=vector)
        .filter(vector=query)
        .annotate(rank=SearchRank(models.F("vector"), query), excerpt=_excerpt(text, query))
        .select_related("revision")
        .defer("revision__content")
        .order_by("-rank", "revision__title", "pk")
    )


def _member(name: str) -> Coalesce:
    """Return one member of a revision's content, as text; "" where it was left out as empty."""
    path = models.Value(name)
    said = models.Func(
        models.F("revision__content"),
        path,
        function="jsonb_extract_path_text",
        output_field=models.TextField(),
    )
    return Coalesce(said, models.Value("", output_field=models.TextField()))


def _bare(text: models.Func) -> models.Func:
    """Return Markdown without its signs, as far as an excerpt needs it."""
    for pattern, instead in _MARKS:
        text = models.Func(
            text,
            models.Value(pattern),
            models.Value(instead),
            models.Value("gn"),
            function="regexp_replace",
            output_field=models.TextField(),
        )
    return text


def _excerpt(text: models.Case, query: SearchQuery) -> SearchHeadline:
    return SearchHeadline(
        text,
        query,
        config=CONFIG,
        start_sel=MARKERS[0],
        stop_sel=MARKERS[1],
        max_words=32,
        min_words=16,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
