"""From the names that people type to pages, and back."""

from collections.abc import Iterable

from wiki.models import Name, Reading, Revision, User
from wiki.vocabulary import Kind
from wiki.workflow.derive import fold


def titles_of(page_ids: Iterable[int], *, reader: User) -> dict[int, str]:
    """Return each page's title: of what is in force, else of the newest revision that `reader` may see."""
    wanted = set(page_ids)
    if not wanted:
        return {}
    newest = Revision.objects.visible_to(reader).filter(page__in=wanted).order_by("pk")
    live = Reading.objects.filter(page__in=wanted).values_list("page_id", "title")
    return dict(newest.values_list("page_id", "title")) | dict(live)


def pages_named(texts: Iterable[str], *, reader: User) -> dict[str, set[int]]:
    """Return the pages that each text names: by title, alias or code, else by a title not in force."""
    keys = {text: fold(text)[:160] for text in texts if text.strip()}
    found: dict[str, set[int]] = {text: set() for text in keys}
    if not keys:
        return found
    names = list(Name.objects.leading_from(set(keys.values())))
    for text, key in keys.items():
        fitting = [one for one in names if one.key == key]
        best = min((one.rank for one in fitting), default=0)
        found[text] = {one.page_id for one in fitting if one.rank == best}
    unknown = [text for text, pages in found.items() if not pages]
    hidden = Revision.objects.visible_to(reader).filter(page__reading=None, title__in=unknown)
    for page_id, title in hidden.values_list("page_id", "title"):
        found[title].add(page_id)
    return found


def reading_named(title: str) -> Reading | None:
    """Return the page in force that `title` leads to already, by title, alias or code."""
    name = Name.objects.leading_from({fold(title)[:160]}).select_related("page__reading").first()
    return name.page.reading if name else None


def suggestions(typed: str, most: int = 10) -> list[dict[str, str]]:
    """Return the pages in force one of whose names has a word that begins like what was typed."""
    found: dict[int, dict[str, str]] = {}
    for name in Name.objects.beginning(fold(typed)[:160])[: most * 4]:
        reading = name.page.reading
        line = {"title": reading.title, "kind": Kind(reading.kind).label, "summary": reading.summary}
        found.setdefault(name.page_id, {**line, "by": name.text})
    return list(found.values())[:most]


def all_titles() -> list[str]:
    """Return every title in force, A to Z, for a list to choose from."""
    return list(Reading.objects.a_to_z().values_list("title", flat=True))
