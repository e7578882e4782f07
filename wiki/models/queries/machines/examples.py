"""What the description of the programming interface names as examples: things that this wiki has."""

from typing import Final

from wiki.models.data_sets.entries import DataRow
from wiki.models.users import User

# Whether a name is in public is asked of each person, so of so many accounts only.
_MOST_ASKED: Final = 50


def first_of_each() -> dict[str, dict[str, str]]:
    """Return what an address of a person, an entry and a row holds, by the operation; {} for none that there
    is. Two queries.
    """
    first = User.objects.order_by("pk").values("pk")[:_MOST_ASKED]
    person = User.objects.in_public().filter(pk__in=first).order_by("pk").first()
    row = DataRow.objects.select_related("subject", "release").order_by("key").first()
    return {
        "person": {"username": person.username} if person else {},
        "entry": {"data_set": row.release.data_set, "code": row.subject.code} if row else {},
        "data-row": {"key": row.key} if row else {},
    }
