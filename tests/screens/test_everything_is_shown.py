"""Whatever readers get newly, or no longer, stands on the review screen: not of the text alone.

`SHOWN_EDITS=5000 SHOWN_SEED=7 pytest tests/screens/test_everything_is_shown.py -s` tries so many, others.
"""

import html
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from random import Random
from typing import Any, Final, NamedTuple

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from tests import cast
from tests.pictures import make_image
from wiki.domain.codes import CodeMatch
from wiki.domain.kinds import label_of
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import CHOICE_FIELDS, TEXT_FIELDS
from wiki.models import PublishedPage
from wiki.screens.changes import UNKNOWN_PAGE, Changes
from wiki.templatetags.causeway import evidence_marks, statement_details, statement_texts
from wiki.text.document import Code, Document, Retirement, Row

EDITS = int(os.environ.get("SHOWN_EDITS", "100"))
SEED = int(os.environ.get("SHOWN_SEED", "0"))
WORDS = ("amber", "birch", "copper", "delta", "ember", "flint", "grove", "hazel", "iris")
KEYS = ("pmid:22327515", "pmid:1", "pmid:2", "pmid:3")
TITLES = {key: f"A study of {one}" for key, one in zip(KEYS, WORDS, strict=False)}


class Wiki:
    """What documents are made of."""

    def __init__(self, clinician, moderator) -> None:
        """Make pages, sources and pictures."""
        self.pages = [cast.make_page(clinician, moderator, f"Page {one}") for one in WORDS[:4]]
        for key, title in TITLES.items():
            cast.make_source(clinician, key, title)
        self.images = [
            make_image(
                clinician, shade, credit=f"Photographer {one}", licence=licence, origin="https://a.org"
            )
            for shade, one, licence in ((0, "oak", "own"), (90, "pine", "cc_by_4"))
        ]

    def row(self, random: Random) -> Row:
        """Return a statement."""
        page = random.choice(self.pages)
        sources = tuple(random.sample(KEYS, random.randint(0, 3)))
        relation = random.choice(sorted(RELATIONS))
        return cast.statement(page, relation, note=_said(random), sources=sources)

    def mark(self, random: Random) -> str:
        """Return what a text says to show a picture."""
        image = random.choice(self.images)
        return f'![{_said(random)}](image:{image.name} "{_said(random)}")'

    def document(self, random: Random) -> Document:
        """Return a page with all that a page may have."""
        body = f"## What it is\n\n{_said(random)} text.\n\n{self.mark(random)}\n\n{_said(random)} too."
        rows = tuple(self.row(random) for _ in range(random.randint(1, 4)))
        codes = (Code("OMIM", "146200"), Code("MONDO", "0001220"), Code("HP", "0000829"))
        names = tuple(random.sample(WORDS, 3))
        return Document("A title", "condition", f"{_said(random)} in short.", names, codes, body, rows)


def _said(random: Random) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(1, 3)))


def _list_edited[One](random: Random, some: Sequence[One], new: One) -> tuple[One, ...]:
    """Return a list with one member more, less, twice, another or in another place."""
    them = list(some)
    place = random.randrange(len(them)) if them else 0
    match random.choice(("more", "less", "twice", "other", "order")):
        case "less" if them:
            del them[place]
        case "twice" if them:
            them.append(them[place])
        case "other" if them:
            them[place] = new
        case "order":
            random.shuffle(them)
        case _:
            them.insert(place, new)
    return tuple(them)


def _row_edited(random: Random, row: Row, wiki: Wiki) -> Row:
    field = random.choice((*CHOICE_FIELDS, *TEXT_FIELDS, None))
    match field:
        case None if random.random() < 0.3:
            return replace(row, object=random.choice(wiki.pages).pk)
        case None:
            return replace(row, sources=_list_edited(random, row.sources, random.choice(KEYS)))
        case field if field in TEXT_FIELDS:
            was = str(getattr(row, field.name))
            return _with(row, field.name, random.choice((was.upper(), "", _said(random))))
        case _:
            return _with(row, field.name, random.choice(field.choices.values if field.choices else [""]))


def _with(row: Row, name: str, value: str) -> Row:
    fields: dict[str, Any] = {name: value}
    return replace(row, **fields)


def _edited(random: Random, page: Document, wiki: Wiki) -> Document:
    """Return a page with one edit at any of its parts."""
    match random.choice(("title", "kind", "summary", "name", "code", "row", "row", "rows", "retire", "body")):
        case "title":
            return replace(page, title=random.choice((f"A {_said(random)} title", page.title.upper())))
        case "kind":
            return replace(page, kind=random.choice(("condition", "symptom", "finding")))
        case "summary":
            return replace(page, summary=f"{_said(random)} in short.")
        case "name":
            new = random.choice((_said(random), "AMBER", "Birch"))
            return replace(page, aliases=_list_edited(random, page.aliases, new))
        case "code":
            some = [Code("OMIM", "146201"), Code("OMIM", "146200", random.choice(CodeMatch.values))]
            return replace(page, codes=_list_edited(random, page.codes, random.choice(some)))
        case "row" if page.statements:
            rows = list(page.statements)
            place = random.randrange(len(rows))
            rows[place] = _row_edited(random, rows[place], wiki)
            return replace(page, statements=tuple(rows))
        case "rows" | "row":
            return replace(page, statements=_list_edited(random, page.statements, wiki.row(random)))
        case "retire":
            into = random.choice((None, wiki.pages[0].pk, wiki.pages[1].pk, 10**6))
            return replace(page, retirement=random.choice((None, Retirement(_said(random), into))))
    parts = _list_edited(random, tuple(page.body.split("\n\n")), wiki.mark(random))
    return replace(page, body="\n\n".join(parts))


def _read(markup: str) -> str:
    """Return what is read of some markup, alternative texts too."""
    markup = re.sub(r"</?(?:ins|del)>", "", markup)
    markup = re.sub(r'<img\b[^>]*?alt="([^"]*)"[^>]*>', r" \1 ", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _of_readers(page: Document, wiki: Wiki) -> Iterator[tuple[str, ...]]:
    """Yield each thing that readers get of a page: its pieces stand together."""
    yield (page.title,)
    yield (label_of(page.kind),)
    yield (page.summary,)
    yield from ((one,) for one in page.aliases)
    yield from ((one.in_words,) for one in page.codes)
    if page.retirement:
        into = PublishedPage.objects.filter(page=page.retirement.replaced_by or 0).first()
        nowhere = UNKNOWN_PAGE[0] if page.retirement.replaced_by else "No page replaces it"
        yield page.retirement.reason, into.title if into else nowhere
    for row in page.statements:
        to = PublishedPage.objects.get(page=row.object)
        marks = [_read(str(one)) for one in evidence_marks(row)]
        details = [f"{lead}: {said}" for lead, said in statement_details(row).items()]
        cited = [TITLES[key] for key in row.sources]
        yield RELATIONS[row.relation].label, to.title, *marks, *details, *statement_texts(row), *cited
    for part in page.body.split("\n\n"):
        picture = re.fullmatch(r'!\[(.*)\]\(image:(\w+) "(.*)"\)', part)
        if picture:
            image = next(one for one in wiki.images if one.name == picture[2])
            yield picture[1], picture[3], image.credit, image.licence_mark
        else:
            yield (part.removeprefix("## "),)


def _sides(shown: str) -> tuple[str, str]:
    """Return what the screen shows of before and of now, each without what it says of the other."""
    before = re.sub(r"<ins>.*?</ins>|<figcaption>Now</figcaption>.*?</figure>", "", shown, flags=re.S)
    now = re.sub(r"<del>.*?</del>|<figcaption>Before</figcaption>.*?</figure>", "", shown, flags=re.S)
    rows = r'<tr data-change-row>\s*<td class="mk" data-row="{}">.*?</tr>'
    before = re.sub(rows.format("added"), "", before, flags=re.S)
    now = re.sub(rows.format("removed"), "", now, flags=re.S)
    return _read(before), _read(now)


class Side(NamedTuple):
    """What one side of the screen holds, each as often as it stands there."""

    paragraphs: Counter[str]
    names: Counter[str]
    codes: Counter[str]
    rows: list[str]


_SHOWN_AS: Final = {"before": ("removed", "changed", "reworded"), "now": ("added", "changed", "reworded")}


def _side(screen: BeautifulSoup, side: str) -> Side:
    """Return what the screen shows of "before" or "now": whole paragraphs, names and codes, and all rows."""
    screen = copy(screen)
    mark, other = ("del", "ins") if side == "before" else ("ins", "del")
    listed = {"Also called": Counter[str](), "Codes": Counter[str]()}
    for heading in screen.select("details.change > summary > h3"):
        if (title := heading.get_text(" ", strip=True)) in listed:
            change = heading.find_parent("details")
            assert change
            listed[title].update(part.get_text().strip() for part in change.select(mark))
    for one in screen.select(f"{other}, .hint, h3"):
        one.decompose()
    for one in screen.select(mark):
        one.unwrap()
    screen.smooth()  # a full stop beside a changed word stands right behind it
    paragraphs = Counter[str]()
    for one in screen.select("details[data-change]"):
        if one["data-change"] in (*_SHOWN_AS[side], "moved"):
            paragraphs[" ".join(one.get_text(" ").split())] += 1
    gone = "added" if side == "before" else "removed"
    rows = [one.get_text(" ") for one in screen.select("td[data-row]") if one["data-row"] != gone]
    return Side(paragraphs, listed["Also called"], listed["Codes"], rows)


def _assert_counted(screen: str, old: Document, new: Document, seed: int) -> None:
    """Assert that what only one side has, or has more often, stands on the screen exactly so often."""
    parsed = BeautifulSoup(screen, "lxml")
    as_before = re.search(r"(\d+) as before", parsed.select("#rows-h")[0].get_text())
    assert as_before
    for side, one, other in (("before", old, new), ("now", new, old)):
        shown = _side(parsed, side)
        codes = [Counter(code.in_words for code in them) for them in (one.codes, other.codes)]
        names = [Counter(them) for them in (one.aliases, other.aliases)]
        assert shown.names == names[0] - names[1], (seed, side, shown.names, names)
        assert shown.codes == codes[0] - codes[1], (seed, side, shown.codes, codes)
        assert len(shown.rows) + int(as_before[1]) == len(one.statements), (seed, side, shown.rows)
        was, now = (Counter(part for part in page.body.split("\n\n")) for page in (one, other))
        for part, more in (was - now).items():
            if not part.startswith(("!", "#")):
                assert more <= shown.paragraphs[part] <= was[part], (seed, side, part, shown.paragraphs)


@pytest.mark.django_db
def test_all_that_readers_get_newly_or_no_longer_is_shown(clinician, moderator):
    wiki = Wiki(clinician, moderator)
    for seed in range(SEED * 100_000, SEED * 100_000 + EDITS):
        random = Random(seed)  # noqa: S311  # made-up edits, no secret
        old = new = wiki.document(random)
        for _ in range(random.randint(1, 4)):
            new = _edited(random, new, wiki)
        screen = render_to_string(
            "parts/comparison.html",
            {"changes": Changes(old, new, reader=moderator), "user": moderator},
        )
        was, now = list(_of_readers(old, wiki)), list(_of_readers(new, wiki))
        before_shown, now_shown = _sides(screen)
        for things, others, shown in ((was, now, before_shown), (now, was, now_shown)):
            for thing in things:
                if things.count(thing) > others.count(thing):
                    lost = [one for one in thing if " ".join(one.split()) not in shown]
                    assert not lost, (seed, lost, thing, shown)
        assert ("data-change" in screen) or was == now, seed
        _assert_counted(screen, old, new, seed)


@pytest.mark.django_db
def test_statements_in_another_order_are_shown_in_both(clinician, moderator):
    first, second = (cast.make_page(clinician, moderator, f"Page {one}") for one in WORDS[:2])
    rows = cast.statement(first), cast.statement(second, "see_also")
    old = cast.document("Page", statements=rows)

    screen = render_to_string(
        "parts/comparison.html", {"changes": Changes(old, replace(old, statements=rows[::-1]))}
    )

    before, now = _sides(screen)
    assert "causes Page amber · see also Page birch" in before
    assert "see also Page birch · causes Page amber" in now
