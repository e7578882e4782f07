"""Names of published pages for the first letters of one of their words."""

from typing import Final

from wiki.models.names import Name
from wiki.models.search.index import MOST_SUGGESTED, NameBeginning, NameWord
from wiki.text.slugs import fold

_LAST: Final = "\U0010ffff"
# With how many names letters must begin for the names to be chosen beforehand.
_MANY: Final = 500
_LONGEST: Final = 160
_SHORTEST: Final = 4


def names_beginning(typed: str, most: int = 10) -> list[Name]:
    """Return names with a word that begins like what was typed, one of each page, titles first.

    Letters with which very many names begin have theirs chosen beforehand, so that nothing is sorted here.
    """
    letters = fold(typed)[:_LONGEST]
    if not letters:
        return []
    chosen = NameBeginning.objects.filter(letters=letters).values_list("names", flat=True).first()
    if chosen is None:
        found = NameWord.objects.filter(rest__gte=letters, rest__lt=letters + _LAST)
        # Before the job has chosen, very many may begin so: some are read, in the order of the index.
        rows = found.order_by("rest", "order").values_list("order", "name")[: 2 * _MANY]
        chosen = [name for _, name in sorted(rows)[: 2 * MOST_SUGGESTED]]
    by_id = {name.pk: name for name in Name.objects.on_published_pages(chosen)}
    pages: dict[int, Name] = {}
    for one in chosen:
        if one in by_id:
            pages.setdefault(by_id[one].page_id, by_id[one])
    return list(pages.values())[:most]


def pages_called_so(typed: str) -> list[tuple[int, float]]:
    """Return the pages with a name that begins with what was typed: "toxo" is short for toxoplasmosis."""
    names = names_beginning(typed) if len(fold(typed)) >= _SHORTEST else []
    return [(name.page_id, 1 / place) for place, name in enumerate(names, 1)]


def choose_names() -> int:
    """Choose the names for letters with which very many begin; return for how many letters."""
    return NameBeginning.objects.choose(MOST_SUGGESTED, _MANY)
