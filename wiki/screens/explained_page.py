"""The text of a page as readers get it: terms of art explain themselves where they are first used."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from wiki.domain.glossary import GLOSSARY, GlossaryRow
from wiki.text.markdown.explained_words import ExplainedText, Explanation, explained, names_to_look_for
from wiki.text.redaction.stand_ins import Fix, summary_now


def explained_page(html: str, title: str, linked: Iterable[Mapping[str, Any]]) -> ExplainedText:
    """Return the text of the page of that title; `linked` are the pages that it links to and that explain
    their names.
    """
    pages = [_of_page(one) for one in linked]
    known = {name.casefold() for one in pages for name in one.names} | {title.casefold()}
    rows = [_of_row(row) for row in GLOSSARY if row.term.casefold() not in known]
    return explained(html, pages + rows)


def _of_page(one: Mapping[str, Any]) -> Explanation:
    fixes = [Fix.from_json(fix) for fix in one["corrected"]]
    names = names_to_look_for(one["title"], one["aliases"])
    address = reverse("page", args=[one["slug"]])
    return Explanation(one["title"], summary_now(one["summary"], fixes), names, address)


def _of_row(row: GlossaryRow) -> Explanation:
    return Explanation(row.term, row.meaning, (row.term, *row.others))
