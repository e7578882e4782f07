"""Rows of the answers: pages, reviews, statements, sources and people, in the words of `schemas`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from wiki.domain.codes import CODE_SYSTEMS
from wiki.domain.evidence import Basis
from wiki.domain.named_people import NamedPerson
from wiki.domain.statement_fields import STATEMENT_FIELDS, StatementField, ValueType
from wiki.models import Ending, Publication, PublishedPage, Source, Statement, User
from wiki.models.lists.keyset import ListPart
from wiki.text.standing import Approved, Standing

LICENCE: Final = "https://creativecommons.org/licenses/by-sa/4.0/"


def at(name: str, *args: object) -> str:
    """Return the whole address of a page of the wiki."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def listed(request: HttpRequest, part: ListPart, row: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Return one part of a list, and where the next one is."""
    return {"items": [row(one) for one in part.rows], "next": next_part(request, "after", part.next)}


def next_part(request: HttpRequest, name: str, value: object) -> str | None:
    """Return the address of the same question with another value of one parameter; None without a value."""
    if value is None:
        return None
    query = request.GET.copy()
    query[name] = str(value)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def link(pk: int, title: str, kind: str, slug: str) -> dict[str, Any]:
    """Return a page as others name it."""
    return {"id": pk, "title": title, "kind": kind, "slug": slug, "url": at("page", slug)}


def page(one: PublishedPage) -> dict[str, Any]:
    """Return a published page as a row of a list. Needs `for_lists` or `for_page`."""
    return link(one.page_id, one.title, one.kind, one.slug) | {
        "summary": one.lead,
        "aliases": one.aliases,
        "codes": codes(one.codes),
        "version": one.number,
        "digest": one.publication.revision.digest,
        "published_at": one.publication.since,
        "review": _review(one.standing),
    }


def codes(kept: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return codes, each with the address where it can be looked up."""
    return [
        {
            "system": one["system"],
            "code": one["code"],
            "match": one["match"],
            "url": CODE_SYSTEMS[one["system"]].address_of(one["code"])
            if one["system"] in CODE_SYSTEMS
            else "",
        }
        for one in kept
    ]


def _review(standing: Standing) -> dict[str, Any]:
    """Return the review status: of the whole page and of the last change apart, as the page says it."""
    whole = standing.whole
    return {
        "status": standing.code,
        "sentence": standing.sentence,
        "origin": standing.origin,
        "whole_page_review": whole
        and {"by": _signers(whole.by), "on": whole.on, "version": whole.number, "due_on": whole.due},
        "last_change": standing.change and _approval(standing.change),
        "changes_since": standing.changes,
        "check_on": standing.check,
    }


def _approval(one: Approved) -> dict[str, Any]:
    return {"by": _signers(one.by), "on": one.on, "version": one.number}


def _signers(people: Iterable[NamedPerson]) -> list[dict[str, str]]:
    return [
        {
            "name": one.name,
            "profession": one.profession,
            "url": f"{settings.SITE_URL}{one.address}" if one.address else "",
        }
        for one in people
    ]


def published(one: Publication, slug: str) -> dict[str, Any]:
    """Return a stretch of time in which a version was published. Needs its verdicts."""
    revision = one.revision
    return {
        "version": revision.number,
        "title": revision.title,
        "digest": revision.digest,
        "since": one.since,
        "until": one.until,
        "ending": "reverted" if one.ending == Ending.UNAPPROVED else one.ending,
        "way": one.way,
        "approved_by": [verdict.reviewer_name for verdict in one.approvals],
        "impact": one.impact,
        "meaning": one.meaning,
        "url": at("revision", slug, revision.number),
    }


def statement(one: Statement, sources: Mapping[int, Source]) -> dict[str, Any]:
    """Return a statement with all fields that there are. Needs `with_both_ends`."""
    ends: Any = one
    told: dict[str, Any] = {
        "id": one.pk,
        "subject": link(one.subject_id, ends.subject_title, ends.subject_kind, ends.subject_slug),
        "frequency_low": one.share_low,
        "frequency_high": one.share_high,
        "premise_changed_at": one.premise_changed_at,
    }
    return told | {field.name: _value(field, one, sources) for field in STATEMENT_FIELDS}


def _value(field: StatementField, one: Statement, sources: Mapping[int, Source]) -> Any:
    ends: Any = one
    match field.value_type:
        case ValueType.PAGE:
            return link(one.object_id, ends.object_title, ends.object_kind, ends.object_slug)
        case ValueType.RELATION:
            return {"id": one.relation, "label": one.type.label, "inverse_label": one.type.inverse_label}
        case ValueType.SOURCES:
            return [source(sources[pk]) for pk in one.source_ids if pk in sources]
        case ValueType.CHOICE:
            value = getattr(one, field.name)
            is_shown = field.is_shown(value, is_graded=one.type.graded)
            return {"id": value, "label": field.in_words(value)} if is_shown else None
    return getattr(one, field.name)


def source(one: Source) -> dict[str, Any]:
    """Return a source as a row of a list. Needs `with_keys`."""
    return {
        "id": one.pk,
        "reference": one.text,
        "title": one.title,
        "year": one.year,
        "type": {"id": one.type, "label": Basis(one.type).label},
        "identifiers": one.keys,  # type: ignore[attr-defined]  # annotated
        "verified": one.checked == "full",
        "notices": one.natures,
        "url": at("source", one.pk),
    }


def person(one: User) -> dict[str, Any]:
    """Return a contributor. Needs the credentials."""
    return {
        "name": str(one),
        "username": one.username,
        "profession": one.calling,
        "orcid": one.orcid,
        "about": one.about,
        "url": at("person", one.username),
    }
