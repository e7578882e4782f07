"""Recalls with what their words are made of: two queries, however many."""

from collections.abc import Collection
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from wiki.models.corrections import Correction, Suppression
from wiki.models.events import EventQuerySet
from wiki.models.publications import Publication
from wiki.models.published_pages import PublishedPage
from wiki.models.queries.changes import recalls
from wiki.models.sources import NoticeNature, Source, SourceId, SourceNotice
from wiki.models.statements import Citation, Statement

# The present titles of the pages that the statements of a version are about, by page.
_TITLES: Final = """(
    SELECT jsonb_object_agg(page_id, title) FROM wiki_publishedpage WHERE page_id IN (
        SELECT (told ->> 'object')::bigint
        FROM jsonb_array_elements(wiki_revision.content -> 'statements') AS told
    )
)"""


def recalls_with_words(*, before: int | None = None) -> EventQuerySet:
    """Return recalls, newest first, with the texts that their words are made of.

    Of one that takes a version back: its text (`told`), the text that readers got instead (`after`), and the
    titles of other pages. Of a correction: the passage and whether it was lifted (`correction`). Of all: the
    texts of the page that nobody may read (`hidden`), and what is withheld on it now (`withheld`).
    """
    number = Cast(KT("data__correction"), models.BigIntegerField())
    passage = JSONObject(passage="passage", lifted_at="lifted_at", lifted_reason="lifted_reason")
    corrections = Correction.objects.filter(pk=models.OuterRef("correction_number")).values(json=passage)
    instead = Publication.objects.filter(
        page=models.OuterRef("page"), in_force__startswith=models.OuterRef("at")
    )
    hidden = Suppression.objects.filter(revision__page=models.OuterRef("page"))
    reverted = models.Q(act="unapprove")
    content = models.JSONField()
    return recalls(before=before).annotate(
        correction_number=number,
        correction=models.Subquery(corrections[:1], output_field=content),
        told=models.Case(models.When(reverted, then="revision__content"), output_field=content),
        after=models.Case(
            models.When(reverted, then=models.Subquery(instead.values("revision__content")[:1])),
            output_field=content,
        ),
        titles=models.Case(
            models.When(reverted, then=RawSQL(_TITLES, [])),  # noqa: S611  ours
            output_field=content,
        ),
        hidden=ArraySubquery(hidden.order_by("pk").values("revision__content")),
        withheld=_withheld("page"),
    )


def _withheld(page: str) -> ArraySubquery:
    """Return the passages of a page that are corrected or withheld now."""
    found = Correction.objects.in_effect().filter(page=models.OuterRef(page))
    return ArraySubquery(found.values("passage"))


def sources_with_uses(sources: Collection[int]) -> dict[int, Source]:
    """Return some sources by id, with their citation keys and what rests on them now.

    That are published pages (`pages`), with their text, and statements between such (`statements`). Each has
    whether a retraction of it stands (`is_retracted`), and whether one was of this work (`was_retracted`).
    """
    citing = Citation.objects.filter(
        page=models.OuterRef("page"), source=models.OuterRef(models.OuterRef("kept"))
    )
    pages = PublishedPage.objects.filter(models.Exists(citing)).order_by("slug")
    page = JSONObject(
        slug="slug",
        title="title",
        content="publication__revision__content",
        withheld=_withheld("page"),
    )
    resting = models.Exists(
        Citation.objects.filter(
            statement=models.OuterRef("pk"), source=models.OuterRef(models.OuterRef("kept"))
        )
    )
    statements = Statement.objects.public().with_both_ends().filter(resting).order_by("pk")
    row = JSONObject(
        slug="subject_slug",
        title="subject_title",
        relation="relation",
        object="object_title",
        works=models.Func("source_ids", function="cardinality", output_field=models.IntegerField()),
    )
    key = Concat("scheme", models.Value(":"), "value", output_field=models.TextField())
    ids = SourceId.objects.filter(
        models.Q(source=models.OuterRef("kept")) | models.Q(source__merged_into=models.OuterRef("kept"))
    )
    of_kept = models.Q(source=models.OuterRef("kept")) | models.Q(source__merged_into=models.OuterRef("kept"))
    retractions = SourceNotice.objects.filter(nature=NoticeNature.RETRACTION)
    found = Source.objects.annotate(
        kept=Coalesce("merged_into", "pk"),
        keys=ArraySubquery(ids.annotate(key=key).values("key")),
        pages=ArraySubquery(pages.values(json=page)),
        statements=ArraySubquery(statements.values(json=row)),
        is_retracted=models.Exists(retractions.standing().filter(kept=models.OuterRef("kept"))),
        was_retracted=models.Exists(retractions.of_the_work().filter(of_kept)),
    )
    return found.in_bulk(sources) if sources else {}
