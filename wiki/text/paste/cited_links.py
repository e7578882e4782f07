"""Identifiers and links that are pasted, as citations of sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from wiki.text.paste.beside import words_after, words_before
from wiki.text.paste.raised import space_before
from wiki.text.sources import identifiers
from wiki.text.sources.mentions import one_work_in

LONGEST_KEY: Final = 300
CITED: Final = ("doi", "pmid", "pmc", "nct")


def citation_of(text: str) -> str:
    """Return the citation key if `text` is only an identifier; "" if it may be anything else.

    A number alone is a PMID only if it is as long as those of the last decades, and a web address none.
    """
    text = text.strip()
    if len(text) > LONGEST_KEY or "\n" in text or _ANY_NUMBER.fullmatch(text):
        return ""
    try:
        named = [identifiers.parse(text)]
    except identifiers.BadIdentifier:
        named = one_work_in(text)
    return next((one.key for one in named if one.scheme in (*CITED, "isbn")), "")


_ANY_NUMBER: Final = re.compile(r"\d{1,6}|\d{9,12}|(?!97[89])[\d\s‐-―-]{9,}X?", re.IGNORECASE)


def followed(href: str) -> str:
    """Return where a link leads that first goes by a search engine."""
    parts = href.partition("/url?")
    if parts[1] and (urlsplit(parts[0]).hostname or "").startswith("www.google."):
        return next(iter(parse_qs(parts[2]).get("q", [])), href)
    return href


def key_of(href: str) -> str:
    """Return the key of the source that an address leads to."""
    try:
        found = identifiers.parse(href)
    except identifiers.BadIdentifier:
        return ""
    return found.key if found.scheme in CITED else ""


def names_only(words: str, key: str, href: str) -> bool:
    """Return whether the words of a link say no more than the citation does."""
    plain = words.replace("\\", "").strip("[]() .,;")
    known = {"pubmed", "doi", "crossref", "pmc", "pmc free article", "full text", "google scholar"}
    return plain.lower() in known or plain == href or plain.isdigit() or citation_of(plain) == key


# Where the address of an article names a place of its list of references.
_PLACE: Final = re.compile(
    r"#(?:(?:[\w.-]+[-_])?(?:ref|bib|cit|reference)|r|b|bb|cr|c|rf|core-?r?)[\w.:-]*\d\w*$", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[\[(\s]*(\d{1,3})[\])\s]*", re.ASCII)
_NUMBERS: Final = re.compile(r"[\[(\s]*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*[\])\s]*", re.ASCII)


def names_reference_of_text(words: str, href: str) -> bool:
    """Return whether a link leads to an entry of the references of the article that it was copied from.

    Browsers write the whole address of the article in front of the place: it is not the work that is cited.
    """
    return "#" in href and bool(_PLACE.search(href) or _NUMBERS.fullmatch(words.replace("\\", "")))


@dataclass(frozen=True)
class WrittenLists:
    """The lists of reference numbers that became citations, as they stood there, and what has no link."""

    lists: tuple[str, ...] = ()
    without_link: tuple[str, ...] = ()


# Of a longer range no number is looked for: thousands of them would grow a text beyond all bounds.
MOST_LINKED: Final = 60


def write_out_lists(soup: BeautifulSoup) -> WrittenLists:
    """Put the references within a range such as 1–5 between its two links.

    A number that is a link elsewhere in the text becomes that link. The others stand there in brackets, as
    numbers of another text do.
    """
    links = [one for one in soup.find_all("a") if _is_cited_number(one)]
    keyed: dict[int, str] = {}
    for link in links:
        keyed.setdefault(_number_of(link), followed(str(link["href"])))
    lists: list[str] = []
    without_link: list[str] = []
    last: Tag | None = None
    for link in links:
        between, other = _next_in_list(link)
        if between is None or other is None or not _is_cited_number(other):
            continue
        if link is not last:
            lists.append(str(_number_of(link)))
        last, sign = other, between.strip()
        lists[-1] += f"{sign}{_number_of(other)}"
        link["data-listed"] = other["data-listed"] = "yes"
        if sign in ",;":
            continue
        place: PageElement = link
        within = range(_number_of(link) + 1, _number_of(other))
        for words in _together(within, keyed if len(within) <= MOST_LINKED else {}):
            put: Tag | NavigableString = NavigableString(f" [{words}] ")
            if words.isdigit() and int(words) in keyed:
                put = soup.new_tag("a", attrs={"href": keyed[int(words)], "data-listed": "yes"})
                put.string = words
            else:
                without_link.append(words)
            place.insert_after(put)
            place = put
        between.extract()
    return WrittenLists(tuple(lists), tuple(without_link))


def lead_to_works(soup: BeautifulSoup) -> None:
    """Let links to the list of references lead to the works, where that list was copied with them."""
    entries = {str(one["id"]): one for one in soup.find_all(_ENTRIES, id=True)}
    for link in soup.find_all("a", href=_TO_PLACE) if entries else ():
        entry = entries.get(str(link["href"]).rpartition("#")[2])
        if entry is None or entry in link.parents:
            continue
        works = [
            href
            for one in entry.find_all("a", href=True, limit=MOST_LINKS + 1)
            if key_of(href := str(one["href"]))
        ]
        if 0 < len(works) <= MOST_LINKS:
            link["href"] = works[0]


_ENTRIES: Final = ["li", "p", "div", "dd", "td", "tr", "span", "cite"]
_TO_PLACE: Final = re.compile(r"#[\w.:-]+$")
# The addresses of one work: its DOI, PubMed, PubMed Central and the like. What has more is a whole list.
MOST_LINKS: Final = 4


def bracket_references(soup: BeautifulSoup) -> None:
    """Set numbers in brackets that lead to the references of the copied article: bare, they are figures."""
    seen: set[int] = set()
    for link in soup.find_all("a"):
        if id(link) in seen or not _is_number_of_article(link) or link.find_parent("sup") or link.find("sup"):
            continue
        last = link
        while (other := _next_in_list(last)[1]) is not None and _is_number_of_article(other):
            seen.add(id(other))
            last = other
        before, after = words_before(link), words_after(last)
        if before.rstrip()[-1:] not in ("(", "[") and not link.get_text().strip().startswith(("(", "[")):
            link.insert(0, " [" if before[-1:].isalnum() else "[")
            last.append(f"]{space_before(after)}")


def _is_number_of_article(link: Tag) -> bool:
    words = link.get_text()
    return bool(_NUMBER.fullmatch(words)) and names_reference_of_text(
        words, followed(str(link.get("href") or ""))
    )


def _is_cited_number(link: Tag) -> bool:
    href = followed(str(link.get("href") or ""))
    words = link.get_text()
    return bool(_NUMBER.fullmatch(words) and key_of(href)) and not names_reference_of_text(words, href)


def _number_of(link: Tag) -> int:
    return int(re.sub(r"\D", "", link.get_text()))


def _next_in_list(link: Tag) -> tuple[NavigableString | None, Tag | None]:
    """Return the sign and the link behind a link, where they go on a list of numbers; else nothing."""
    sign = link.find_next(string=True)
    while sign is not None and (link in sign.parents or not sign.strip()):
        sign = sign.find_next(string=True)
    if sign is None or not re.fullmatch(r"\s*[,;‐‑‒–—−-]\s*", sign):
        return None, None
    after = sign.find_next(string=re.compile(r"\S"))
    return sign, after.find_parent("a") if after is not None else None


def _together(numbers: range, keyed: Mapping[int, str]) -> Iterator[str]:
    """Yield each number that is a link elsewhere, and those between them together: "3", "5–7"."""
    for is_known, some in groupby(numbers, keyed.__contains__):
        run = list(some)
        if is_known:
            yield from map(str, run)
        else:
            yield str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
