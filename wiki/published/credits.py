"""Credits of a published version: its authors, who approved its changes, and who reviewed the whole page."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from wiki.models import Family, Publication, Revision, User, Verdict, WholePageReview
from wiki.models.verifications import last_complete


def authors_of(revision: Revision) -> list[dict[str, str]]:
    """Return every author of the text, first author first. Loaded texts have no author."""
    people: dict[object, dict[str, str]] = {}
    for one in Family(revision.page_id).lineage(revision):
        if one.is_loaded:
            continue
        username = one.author.username if one.author else ""
        people.setdefault(one.author_id or one.author_name, {"name": one.author_name, "username": username})
    return list(people.values())


def credits_of(
    publication: Publication, *, until: dt.datetime | None = None, is_first: bool = False
) -> dict[str, Any]:
    """Return the review credits of a page, as fields of `PublishedPage`; of the moment `until`, or of now.

    Nobody can have reviewed the whole of a page that `is_first` published now.
    """
    whole, reviewers = (None, []) if is_first else _whole_page_review(publication, until)
    is_own = whole is not None and whole.digest == publication.revision.digest
    signed = publication.signed[-1:] if is_own else publication.signed
    return {
        "authors": authors_of(publication.revision),
        "origin": publication.began_with,
        "loaded_at": publication.loaded.submitted_at if publication.loaded else None,
        "whole_page_review": whole,
        "whole_due_on": whole.due_on if whole else None,
        "reviewers": [_person(one.by_name, one.by_profession, one.by) for one in reviewers],
        "reviewed_version": whole.revision.number if whole else None,
        "changes": 0 if is_own else publication.changes,
        "approvals": _approvals(signed, _given_now(publication)),
    }


def _whole_page_review(
    publication: Publication, until: dt.datetime | None
) -> tuple[WholePageReview | None, list[WholePageReview]]:
    """Return the whole-page review that applies to a text, and all signatures that it counts on."""
    digest, inherited = publication.revision.digest, publication.whole_page_review_id
    known = [
        one
        for one in WholePageReview.objects.for_credits(publication.page_id, digest, inherited)
        if until is None or one.reviewed_at <= until
    ]
    own = last_complete(one for one in known if one.digest == digest)
    whole = own or next((one for one in known if one.pk == inherited), None)
    if whole is None:
        return None, []
    return whole, [*(one for one in known if one.pk in whole.together_with), whole]


def _given_now(publication: Publication) -> dict[int, Verdict]:
    """Return the verdict that published it, where it was given in this act and need not be read again."""
    verdict = publication.verdict if Publication.verdict.is_cached(publication) else None
    return {verdict.pk: verdict} if verdict and Verdict.reviewer.is_cached(verdict) else {}


def _approvals(signed: Iterable[dict[str, Any]], known: dict[int, Verdict]) -> list[dict[str, Any]]:
    """Return who signed each change, and when the last signature was given. At most one query."""
    signed = list(signed)
    wanted = {pk for one in signed for pk in one["verdicts"]} - known.keys()
    if wanted:
        known = known | Verdict.objects.select_related("reviewer").in_bulk(wanted)
    found = []
    for one in signed:
        verdicts = [known[pk] for pk in one["verdicts"]]
        people = [_person(each.reviewer_name, each.reviewer_profession, each.reviewer) for each in verdicts]
        last = max(each.decided_at for each in verdicts)
        found.append({"version": one["version"], "at": last.isoformat(), "by": people})
    return found


def _person(name: str, profession: str, account: User | None) -> dict[str, str]:
    return {"name": name, "profession": profession, "username": account.username if account else ""}
