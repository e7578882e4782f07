"""Names of published pages for the first letters of one of their words."""

from typing import Any, Final

from django.db import connection

from wiki.models.names import Name
from wiki.models.search.index import MOST_SUGGESTED, NameBeginning
from wiki.text.slugs import fold

_LAST: Final = "\U0010ffff"
# With how many names letters must begin for the names to be chosen beforehand.
_MANY: Final = 500
_LONGEST: Final = 160

# Letters with which very many names begin have theirs chosen beforehand, so that nothing is sorted here.
# Before the job has chosen, very many may begin so: some are read, in the order of the index.
CHOSEN: Final = f"""
    SELECT name, place FROM unnest(coalesce(
        (SELECT names FROM wiki_namebeginning WHERE letters = %(letters)s),
        (SELECT array_agg(name_id ORDER BY "order", name_id) FROM (
            SELECT name_id, "order" FROM (
                SELECT name_id, "order" FROM wiki_nameword
                WHERE rest >= %(letters)s AND rest < %(last)s ORDER BY rest, "order" LIMIT {2 * _MANY}
            ) AS read ORDER BY "order", name_id LIMIT {2 * MOST_SUGGESTED}
        ) AS ordered)
    )) WITH ORDINALITY AS chosen (name, place)
"""  # noqa: S608  # our own words


def beginning(letters: str) -> dict[str, Any]:
    """Return what `CHOSEN` is given for the folded letters with which a word of a name begins."""
    return {"letters": letters[:_LONGEST], "last": letters[:_LONGEST] + _LAST}


def names_beginning(typed: str, most: int = 10) -> list[Name]:
    """Return names with a word that begins like what was typed, one of each page, titles first."""
    if not (letters := fold(typed)):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{CHOSEN} ORDER BY place", beginning(letters))
        chosen = [name for name, _ in cursor.fetchall()]
    by_id = {name.pk: name for name in Name.objects.on_published_pages(chosen)}
    pages: dict[int, Name] = {}
    for one in chosen:
        if one in by_id:
            pages.setdefault(by_id[one].page_id, by_id[one])
    return list(pages.values())[:most]


def choose_names() -> int:
    """Choose the names for letters with which very many begin; return for how many letters."""
    return NameBeginning.objects.choose(MOST_SUGGESTED, _MANY)
