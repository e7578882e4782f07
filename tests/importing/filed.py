"""Page files as tests write them."""

from wiki.importing import pages
from wiki.importing.front_matter import (
    IMPORTED,
    NO_PAGE,
    FiledSource,
    FiledStatement,
    PageFile,
)
from wiki.text.document import Row

SOURCE = FiledSource((("pmid", "22327515"),), {"type": "article-journal", "title": "A study"}, "cohort")


def file(title, **changes):
    words = {"kind": "condition", "review": IMPORTED, "summary": "In short.", "body": f"About {title}."}
    parts = dict.fromkeys(("aliases", "codes", "statements", "sources"), ())
    return PageFile(title, **{**words, **parts, **changes})


def says(page, relation="causes", sources=("pmid:22327515",)):
    return FiledStatement(
        page, Row(relation, NO_PAGE, "asserted", "low", "cohort", "A note.", tuple(sources))
    )


TWO = [
    file("Alpha", statements=(says("Beta"),), sources=(SOURCE,), aliases=("A",)),
    file("Beta", kind="finding", statements=(says("Alpha", "associated_with"),), sources=(SOURCE,)),
]


def exported():
    return {one.name: one.text for one in pages.export()}
