"""What loading and rebuilding a page costs, in queries and as multiples of rendering its Markdown once.

Run it with `.venv/bin/python -m pytest tests/bench/bench_loading.py -s -n 0`; it is not part of the tests.
`CAUSEWAY_PAGES` says how many pages, 200 if it does not; they are those of the starter content, over and
over, with titles and links of their own.
"""

import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from django.db import connection

from wiki.importing import page_loads, pages, pictures, starter
from wiki.importing.front_matter import PageFile
from wiki.published.rebuild import rebuild
from wiki.text.markdown.html import Target, render
from wiki.text.markdown.parser import _parsed

PAGES = int(os.environ.get("CAUSEWAY_PAGES", "200"))


def made_up(most: int) -> list[PageFile]:
    """Return at least so many pages, which name each other as those of the starter content do."""
    files = [one for one in pages.PageFolder(starter.FOLDER) if not one.retired]
    titles = {one.title for one in files}
    found: list[PageFile] = []
    for number in count(1):
        found += [_renamed(file, titles, f" {number}") for file in files]
        if len(found) >= most:
            break
    return found


def _renamed(file: PageFile, titles: set[str], number: str) -> PageFile:
    def named(title: str) -> str:
        return title + number if title in titles else title

    return replace(
        file,
        title=named(file.title),
        aliases=tuple(one + number for one in file.aliases),
        codes=(),
        body=re.sub(r"(?<=\[\[)[^\]|#]+", lambda match: named(match[0]), file.body),
        statements=tuple(replace(one, page=named(one.page)) for one in file.statements),
    )


def taken(act: Callable[[], object]) -> tuple[float, int]:
    """Return the processor time of an act in this process, in milliseconds, and the number of its queries."""
    asked = count()
    with connection.execute_wrapper(lambda execute, *more: (next(asked), execute(*more))[1]):
        began = time.process_time()
        act()
        return (time.process_time() - began) * 1000, next(asked)


def rendered(files: list[PageFile]) -> None:
    """Render each text once, with bare links and without sources."""
    for file in files:
        _parsed.cache_clear()
        render(file.body, links=lambda _: Target("/wiki/a/", exists=True), sources={})


def test_loading(db):
    pictures.load_folder(starter.FOLDER)
    files = made_up(PAGES)
    # What is loaded once in each process is no cost of a page.
    page_loads.load([replace(files[0], title="Warm", aliases=(), statements=())], note="Warm.")
    acts = {
        "rendering": lambda: rendered(files),
        "loading": lambda: page_loads.load(files, note="Measured."),
        "loading again": lambda: page_loads.load(files, note="Measured."),
        "rebuilding": lambda: list(rebuild()),
        "rendering again": lambda: rendered(files),
    }
    found = {name: taken(act) for name, act in acts.items()}
    once = (found["rendering"][0] + found["rendering again"][0]) / 2 / len(files)
    for name, (milliseconds, queries) in found.items():
        each = milliseconds / len(files)
        many = queries / len(files)
        print(f"{name:16} {each:7.2f} ms a page {each / once:6.2f} x rendering {many:6.2f} queries")  # noqa: T201
    assert once > 0
