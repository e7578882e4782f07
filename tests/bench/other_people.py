"""What other people do meanwhile, as a program of its own: it reports how long each of their acts took.

`bench_waiting.py` starts it with the name of the database and of somebody. Each line that it reads begins or
ends a time of acts; at the end of one it prints the milliseconds of each act as JSON.
"""

import json
import logging
import os
import random
import select
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

import django

# Nobody acts without a pause: each begins so often, or as soon as the last act is done.
EVERY: Final = 0.1

type Timed = Iterator[tuple[str, Callable[[], object]]]


def main(database: str, who: str) -> None:
    """Act between the lines that are read, two and two."""
    # Letters are printed while no server for them is known.
    answers, sys.stdout = sys.stdout, sys.stderr
    os.environ["DJANGO_SETTINGS_MODULE"] = "wiki.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    django.setup()
    logging.disable(logging.INFO)
    acts = {"writer": writer, "reviewer": reviewer, "reader": reader}[who]()
    for _ in range(5):
        next(acts)[1]()
    print("ready", file=answers, flush=True)
    while sys.stdin.readline():
        print(json.dumps(timed(acts)), file=answers, flush=True)


def timed(acts: Timed) -> dict[str, list[float]]:
    """Act until there is a line to read; return the milliseconds of each act by its name."""
    found: dict[str, list[float]] = {}
    while True:
        name, act = next(acts)
        begin = time.perf_counter()
        act()
        taken = time.perf_counter() - begin
        found.setdefault(name, []).append(taken * 1000)
        if select.select([sys.stdin], [], [], max(EVERY - taken, 0))[0]:
            sys.stdin.readline()
            return found


def people() -> Any:
    """Return the accounts by name."""
    from wiki.models import User

    return {one.username: one for one in User.objects.all()}


def pages(place: int) -> Iterator[Any]:
    """Yield pages on which nothing waits, each a few times; those of two places differ."""
    from tests.bench.wiki_of_size import slug_of
    from wiki.models import Page

    chance = random.Random(place)  # noqa: S311  no secret
    total = Page.objects.count() // 10 - 3
    while True:
        number = 10 * chance.randrange(total) + place
        if page := Page.objects.filter(published_page__slug=slug_of(number)).first():
            yield page


def writer() -> Timed:
    """Write: a draft is begun, saved a few times, and discarded."""
    from dataclasses import replace

    from wiki.acts.writing import drafts

    author = people()["clinician"]
    for page in pages(3):
        draft = drafts.edit(page, author=author)
        for number in range(8):
            text = replace(draft.document, summary=f"Words that are typed, {number}.")
            yield "autosave", lambda: drafts.save(draft, text, by=author, impact="wording")  # noqa: B023
        yield "discard a draft", lambda: drafts.discard(draft, by=author)  # noqa: B023


def reviewer() -> Timed:
    """Send changes in, and approve them."""
    from tests import cast

    author, moderator = people()["colleague"], people()["moderator"]
    numbers = count()
    for page in pages(7):
        draft = cast.make_edit(page, author, summary=f"Words that are sent in, {next(numbers)} of {page.pk}.")
        yield "submit", lambda: cast.submit(draft)  # noqa: B023
        yield "approve", lambda: cast.approve(draft, moderator)  # noqa: B023


def reader() -> Timed:
    """Read pages that are not stored, without an account and with one."""
    from django.test import Client

    from tests.reviewing import signed_in

    anybody, person = Client(), signed_in(people()["clinician"])
    for page in pages(9):
        address = page.published_page.get_absolute_url()
        yield "read", lambda: anybody.get(address)  # noqa: B023
        yield "read, signed in", lambda: person.get(address)  # noqa: B023
        yield "search", lambda: anybody.get("/search/?q=treatment&all=1")


if __name__ == "__main__":
    main(*sys.argv[1:])
