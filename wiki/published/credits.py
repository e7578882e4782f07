"""Credits of a published version: its authors and signers."""

from wiki.models import (
    Decision,
    Family,
    Publication,
    Revision,
)


def authors_of(revision: Revision) -> list[dict[str, str]]:
    """Return everybody whose words are in the text, first author first."""
    people: dict[object, dict[str, str]] = {}
    for one in Family(revision.page_id).lineage(revision):
        username = one.author.username if one.author else ""
        people.setdefault(one.author_id or one.author_name, {"name": one.author_name, "username": username})
    return list(people.values())


def cosigners_of(publication: Publication) -> list[dict[str, str]]:
    """Return who else signed what was published, the first signature first."""
    signed = publication.revision.verdicts.filter(decision=Decision.APPROVE)
    others = signed.exclude(pk=publication.verdict_id).select_related("reviewer").order_by("decided_at", "pk")
    return [
        {
            "name": one.reviewer_name,
            "profession": one.reviewer_profession,
            "username": one.reviewer.username if one.reviewer else "",
        }
        for one in others
    ]
