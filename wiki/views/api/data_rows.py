"""Rows of the answers on data sets and on links, in the words of `data_schemas`."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings

from wiki.domain.codes import CODE_SYSTEMS
from wiki.models import DataRelease, DataRow, Entry
from wiki.models.queries.graph import GraphNode
from wiki.screens.exploring.questions import Asked
from wiki.screens.exploring.steps import Evidence, GraphStep, StepEnd
from wiki.views.api.rows import at

REVIEW: Final = "From a data set, not reviewed by a clinician"


def data_set(release: DataRelease) -> dict[str, Any]:
    """Return a data set in one release, with what its licence asks for."""
    about = release.about
    return {
        "id": about.id,
        "label": about.label,
        "release": release.version,
        "licence": about.licence,
        "licence_url": about.licence_address,
        "notice": release.notice,
        "citation": about.citation,
        "url": about.address,
    }


def entry_link(one: Entry, release: DataRelease, pages: Iterable[str]) -> dict[str, Any]:
    """Return an entry as others name it."""
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "pages": list(pages),
        "url": at("entry", release.data_set, one.code),
    }


def entry(one: Entry) -> dict[str, Any]:
    """Return an entry in full. Needs `machines.data_set_rows`."""
    told: Any = one
    return entry_link(one, one.release, told.pages) | {
        "data_set": data_set(one.release),
        "definition": one.definition,
        "synonyms": one.synonyms,
        "former_codes": one.former_codes,
        "codes": [
            {**each, "url": CODE_SYSTEMS[each["system"]].address_of(each["code"])}
            for each in told.other_codes
        ],
        "credit": one.credit,
        "review": REVIEW,
    }


def data_row(one: DataRow) -> dict[str, Any]:
    """Return a row of a data set. Needs `machines.data_set_rows`."""
    told: Any = one
    return {
        "key": one.key,
        "data_set": data_set(one.release),
        "subject": entry_link(one.subject, one.release, told.subject_slugs),
        "relation": one.relation,
        "label": one.type.label,
        "object": entry_link(one.object, one.release, told.object_slugs),
        "denied": one.denied,
        "frequency": one.frequency,
        "frequency_low": one.share_low,
        "frequency_high": one.share_high,
        "sources": one.sources,
        "evidence": one.evidence,
        "details": {name: str(words) for name, words in one.details.items()},
        "review": REVIEW,
        "url": at("data-row", one.key),
    }


def answered(asked: Asked[Any], evidence: Evidence | None) -> dict[str, Any]:
    """Return what was asked for and what the answer rests on."""
    rows = evidence.notices if evidence else []
    return {
        "asked": [_node(one) for one in asked.nodes],
        "unknown": asked.unknown,
        "notes": [*asked.told_of_same, *([asked.needs_two] if asked.is_of_one else [])],
        "data_sets": [data_set(one.release) for one in rows],
    }


def _node(one: GraphNode) -> dict[str, str]:
    place = at("page", one.name) if one.is_page else at("entry", one.data_set, one.name)
    # The page stands for the entries that are the same.
    data_set = "" if one.is_page else one.data_set
    return {"title": one.title, "url": place, "kind": one.kind, "name": one.name, "data_set": data_set}


def step(one: GraphStep) -> dict[str, Any]:
    """Return one link of an answer, with both its ends."""
    return {
        "sentence": one.sentence,
        "start": place(one.start),
        "label": one.label,
        "end": place(one.end),
        "certainty": one.certainty,
        "frequency": one.frequency,
        "note": one.note,
        "works": [{"reference": words, "url": _whole(path)} for words, path in one.works],
        "row": _whole(one.row),
        "release": one.release,
    }


def place(one: StepEnd) -> dict[str, str]:
    """Return one end of a link."""
    return {"title": one.title, "url": _whole(one.address)}


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}" if path else ""
