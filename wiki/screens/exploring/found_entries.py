"""Entries of data sets that a question names: a group beside the pages, which can be switched off."""

from typing import Final

from wiki.models import Entry
from wiki.text.search.question import read
from wiki.text.search.typed import websearch

MOST: Final = 10
OFF: Final = "off"


class FoundEntries:
    """The entries whose names hold all words of a question, the nearest first: one query."""

    def __init__(self, query: str, switched: str = "") -> None:
        """Look them up, unless data sets are switched off or the question only leaves out words."""
        self.is_off = switched == OFF
        says_nothing = not query or read(query).only_leaves_out
        found = [] if self.is_off or says_nothing else list(Entry.objects.like(websearch(query))[: MOST + 1])
        self.entries, self.has_more = found[:MOST], len(found) > MOST
