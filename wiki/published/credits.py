"""Credits of a published version: its authors, who approved its changes, and who reviewed the whole page."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wiki.models import Publication, Revision, User, Verdict, WholePageReview
from wiki.models.queries import text_authors
from wiki.models.verifications import last_complete


def _authors(publication: Publication, known: Mapping[int, Revision]) -> list[dict[str, str]]:
    """Return every author of the text, first author first. Loaded texts have no author."""
    found = [known[pk] for pk in publication.writers]
    return [{"name": one.author_name, "username": one.author.username if one.author else ""} for one in found]


def credits_of(publication: Publication, *, until: dt.datetime | None = None) -> dict[str, Any]:
    """Return the review credits of a page, as fields of `PublishedPage`; of the moment `until`, or of now."""
    return credits_in([publication], until=until)[0]


def credits_in(
    publications: Sequence[Publication], *, until: dt.datetime | None = None, are_first: bool = False
) -> list[dict[str, Any]]:
    """Return the review credits of some pages. The number of queries does not grow with them.

    Nobody can have reviewed the whole of pages that `are_first` published now.
    """
    known = _reviews_known(publications, until) if publications and not are_first else {}
    wrote = _first_versions(publications)
    verdicts = _verdicts(publications)
    found = []
    for publication in publications:
        whole, reviewers = _whole_page_review(publication, known.get(publication.page_id, ()))
        is_own = whole is not None and whole.digest == publication.revision.digest
        signed = publication.signed[-1:] if is_own else publication.signed
        found.append(
            {
                "authors": _authors(publication, wrote),
                "origin": publication.began_with,
                "loaded_at": publication.loaded.submitted_at if publication.loaded else None,
                "whole_page_review": whole,
                "whole_due_on": whole.due_on if whole else None,
                "reviewers": [_person(one.by_name, one.by_profession, one.by) for one in reviewers],
                "reviewed_version": whole.revision.number if whole else None,
                "changes": 0 if is_own else publication.changes,
                "approvals": _approvals(signed, verdicts),
            }
        )
    return found


def _first_versions(publications: Sequence[Publication]) -> dict[int, Revision]:
    """Return the first version of each author, by id. At most one query."""
    known = {each.pk: each for one in publications for each in one.first_versions or ()}
    missing = {pk for one in publications for pk in one.writers} - known.keys()
    return known | text_authors.versions(missing)


def _reviews_known(
    publications: Sequence[Publication], until: dt.datetime | None
) -> dict[int, list[WholePageReview]]:
    """Return the whole-page reviews of each page that count for its text, oldest first."""
    texts = {one.page_id: (one.revision.digest, one.whole_page_review_id) for one in publications}
    found: dict[int, list[WholePageReview]] = {}
    for one in WholePageReview.objects.for_credits(texts):
        if until is None or one.reviewed_at <= until:
            found.setdefault(one.page_id, []).append(one)
    return found


def _whole_page_review(
    publication: Publication, known: Sequence[WholePageReview]
) -> tuple[WholePageReview | None, list[WholePageReview]]:
    """Return the whole-page review that applies to a text, and all signatures that it counts on."""
    digest, inherited = publication.revision.digest, publication.whole_page_review_id
    own = last_complete(one for one in known if one.digest == digest)
    whole = own or next((one for one in known if one.pk == inherited), None)
    if whole is None:
        return None, []
    return whole, [*(one for one in known if one.pk in whole.together_with), whole]


def _verdicts(publications: Sequence[Publication]) -> dict[int, Verdict]:
    """Return the verdicts by which changes were approved. At most one query."""
    known: dict[int, Verdict] = {}
    for one in publications:
        known |= _given_now(one)
    signed = (each for one in publications for each in one.signed)
    wanted = {pk for each in signed for pk in each["verdicts"]} - known.keys()
    return known | ({one.pk: one for one in Verdict.objects.some([*wanted])} if wanted else {})


def _given_now(publication: Publication) -> dict[int, Verdict]:
    """Return the verdict that published it, where it was given in this act and need not be read again."""
    verdict = publication.verdict if Publication.verdict.is_cached(publication) else None
    return {verdict.pk: verdict} if verdict and Verdict.reviewer.is_cached(verdict) else {}


def _approvals(signed: Iterable[dict[str, Any]], known: Mapping[int, Verdict]) -> list[dict[str, Any]]:
    """Return who signed each change, and when the last signature was given."""
    found = []
    for one in signed:
        verdicts = [known[pk] for pk in one["verdicts"]]
        people = [_person(each.reviewer_name, each.reviewer_profession, each.reviewer) for each in verdicts]
        last = max(each.decided_at for each in verdicts)
        found.append({"version": one["version"], "at": last.isoformat(), "by": people})
    return found


def _person(name: str, profession: str, account: User | None) -> dict[str, str]:
    return {"name": name, "profession": profession, "username": account.username if account else ""}
