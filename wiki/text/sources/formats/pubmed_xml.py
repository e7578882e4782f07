"""PubMed's XML, as its service answers: articles, and chapters and books of its bookshelf."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from xml.etree import ElementTree

from wiki.text.sources.formats.raw import (
    BadRecord,
    Failed,
    JournalNotice,
    RawWork,
    article_number,
    keyword_notices,
    leaves,
    month,
    pages,
    with_retraction,
)

_NATURES: Final = {
    "RetractionIn": "retraction",
    "PartialRetractionIn": "retraction",
    "RetractedandRepublishedIn": "retraction",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction",
    "RepublishedIn": "correction",
}


def read(text: str | bytes) -> Iterator[RawWork | Failed]:
    """Yield the works of an answer; raise `BadRecord` where it is no XML of PubMed's."""
    # A text that was pasted is no longer in the encoding that its first line names.
    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode() if isinstance(text, str) else text
    if b"<!ENTITY" in data:
        raise BadRecord("This XML defines entities of its own and is not read.")
    try:
        whole = ElementTree.fromstring(data)  # noqa: S314  # no entities
    except (ElementTree.ParseError, ValueError):
        raise BadRecord("This XML cannot be read.") from None
    found = [whole, *whole.iter()] if whole.tag.startswith("Pubmed") else list(whole.iter())
    seen: set[int] = set()
    for one in found:
        if id(one) not in seen and one.tag in ("PubmedArticle", "PubmedBookArticle"):
            seen.add(id(one))
            yield _article(one) if one.tag == "PubmedArticle" else _chapter(one)


def _article(article: Any) -> RawWork:
    at = "MedlineCitation/Article/"
    ids = {one.get("IdType"): one.text for one in article.findall("PubmedData/ArticleIdList/ArticleId")}
    issue = f"{at}Journal/JournalIssue"
    numbers = [one for one in article.findall(f"{at}ELocationID") if one.get("ValidYN") != "N"]
    located = {one.get("EIdType"): one.text for one in numbers}
    title, vernacular = _words(article, f"{at}ArticleTitle"), _words(article, f"{at}VernacularTitle")
    if not title or title.strip("[].").lower() == "not available":
        title = vernacular or title
    types = [one.text or "" for one in article.findall(f"{at}PublicationTypeList/PublicationType")]
    fields = {
        "type": "article-journal",
        "title": title.removesuffix("."),
        "container-title": _words(article, f"{at}Journal/Title"),
        "container-title-short": _words(article, f"{at}Journal/ISOAbbreviation")
        or _words(article, "MedlineCitation/MedlineJournalInfo/MedlineTA"),
        "volume": _words(article, f"{issue}/Volume"),
        "issue": _words(article, f"{issue}/Issue"),
        "page": (paged := _pages(article, f"{at}Pagination")),
        "number": "" if paged else article_number(located.get("pii")),
        "author": _authors(article.findall(f"{at}AuthorList")),
        "issued": {"raw": _date(article, f"{issue}/PubDate") or _date(article, f"{at}ArticleDate")},
        "DOI": ids.get("doi") or located.get("doi"),
        "PMID": _words(article, "MedlineCitation/PMID"),
        "PMCID": ids.get("pmc"),
        "PII": ids.get("pii") or located.get("pii"),
        "types": types,
    }
    keywords = [_text(one) for one in article.findall("MedlineCitation/KeywordList/Keyword")]
    told = with_retraction((*_notices(article), *keyword_notices(keywords)), types)
    others = tuple(_notices_on_others(article))
    return RawWork(fields, told, others, {"VernacularTitle": vernacular}, tuple(_whole(article)), _NEEDLESS)


# Elements that belong to no reference, with all that stands in them, though something may be read from them.
_NEEDLESS: Final = frozenset(
    """
    Abstract OtherAbstract AffiliationInfo Identifier KeywordList MeshHeadingList ChemicalList GrantList
    DataBankList SupplMeshList GeneralNote CoiStatement InvestigatorList CommentsCorrectionsList ReferenceList
    History PublicationStatus ArticleIdList ELocationID MedlineJournalInfo ISSN CitationSubset Language
    DateCompleted DateRevised NumberOfReferences OtherID PersonalNameSubjectList SpaceFlightMission ObjectList
    Initials ArticleDate GeneSymbolList ContributionDate Sections LocationLabel ItemList AuthorNote
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# Elements around those that say something of the work.
_AROUND: Final = frozenset("MedlineCitation Article PubmedData BookDocument PubmedBookData Book".split())  # noqa: SIM905
# Elements whose text is one value, with what is raised or set in italics within it.
_OF_MARKS: Final = frozenset("i b u em sup sub math".split())  # noqa: SIM905


def _whole(of: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the text of every element that has one, with the tags that lead to it."""
    for one in of:
        name = path if one.tag in _AROUND else f"{path} {one.tag}".lstrip()
        if all(inner.tag in _OF_MARKS or ":" in inner.tag or "}" in inner.tag for inner in one):
            yield from leaves(_text(one), name)
        else:
            yield from _whole(one, name)


# What refers to another work and is not told otherwise.
_NOTICES_BY_KIND: Final = {
    "RetractionOf": "This is a notice of retraction on",
    "PartialRetractionOf": "This is a notice of retraction on",
    "ErratumFor": "This is a notice of correction on",
    "ExpressionOfConcernFor": "This is a notice of concern on",
    "UpdateIn": "A later version is",
    "UpdateOf": "An earlier version is",
}


def _notices_on_others(article: Any) -> Iterator[str]:
    for one in article.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        kind = one.get("RefType", "")
        if words := _NOTICES_BY_KIND.get(kind):
            where = (_words(one, "RefSource"), f"PMID: {pmid}" if (pmid := _words(one, "PMID")) else "")
            yield f"{kind}: {words} {' '.join(filter(None, where))}"


def _authors(lists: Iterable[Any]) -> list[dict[str, str]]:
    """Return the people of lists, and that there are more where a list says that it is not complete."""
    found: list[dict[str, str]] = []
    for one in lists:
        # A name that the journal corrected stands beside the right one.
        found += [_person(author) for author in one.findall("Author") if author.get("ValidYN") != "N"]
        found += [{"literal": "et al"}] if one.get("CompleteYN") == "N" else []
    return found


def _chapter(article: Any) -> RawWork:
    """Return a chapter of a book, or the book itself where no chapter has a title of its own."""
    of = article.find("BookDocument")
    if of is None:
        return RawWork({})
    book, title = _words(of, "Book/BookTitle"), _words(of, "ArticleTitle")
    vernacular = _words(of, "VernacularTitle")
    ids = {one.get("IdType"): one.text for one in of.findall("ArticleIdList/ArticleId")}
    editors = of.findall("Book/AuthorList[@Type='editors']") or of.findall("AuthorList[@Type='editors']")
    lists = of.findall("AuthorList") or of.findall("Book/AuthorList")
    authors = [one for one in lists if one.get("Type") != "editors"]
    types = [one.text or "" for one in of.findall("PublicationType")]
    fields = {
        "type": "chapter" if title and book else "book",
        "title": (title or book).removesuffix("."),
        "container-title": book if title else "",
        "publisher": _words(of, "Book/Publisher/PublisherName"),
        "publisher-place": _words(of, "Book/Publisher/PublisherLocation"),
        "edition": _words(of, "Book/Edition"),
        "volume": _words(of, "Book/Volume"),
        "page": _pages(of, "Pagination"),
        "author": _authors(authors),
        "editor": _authors(editors) or [_person(one) for one in of.findall("Book/EditorList/Editor")],
        "issued": {"raw": _date(of, "Book/PubDate")},
        "DOI": ids.get("doi"),
        "PMID": _words(of, "PMID"),
        "ISBN": [one.text for one in of.findall("Book/Isbn")],
        "types": types,
    }
    said = {one: _words(of, f"Book/{one}") for one in ("CollectionTitle", "VolumeTitle", "ReportNumber")}
    return RawWork(
        fields,
        with_retraction((), types),
        record=said | {"VernacularTitle": vernacular, "bookaccession": ids.get("bookaccession")},
        whole=tuple(_whole(article)),
        needless=_NEEDLESS,
    )


def _words(of: Any, path: str) -> str:
    found = of.find(path)
    return "" if found is None else " ".join(_text(found).split())


def _text(element: Any) -> str:
    """Return the text of an element; what is raised or lowered keeps its tags, so that it stays so."""
    parts = [element.text or ""]
    for inner in element:
        text = _text(inner)
        parts += [
            f"<{inner.tag}>{text}</{inner.tag}>" if inner.tag in ("sup", "sub") else text,
            inner.tail or "",
        ]
    return "".join(parts)


def _pages(of: Any, path: str) -> str:
    return _words(of, f"{path}/MedlinePgn") or pages(
        _words(of, f"{path}/StartPage"), _words(of, f"{path}/EndPage")
    )


def _person(author: Any) -> dict[str, str]:
    names = {"family": "LastName", "given": "ForeName", "suffix": "Suffix", "literal": "CollectiveName"}
    person = {part: _words(author, tag) for part, tag in names.items()}
    return person if person["given"] else person | {"given": _words(author, "Initials")}


def _date(article: Any, path: str) -> str:
    """Return the publication date as far as it is given, from whichever element has it."""
    if words := _words(article, f"{path}/MedlineDate"):
        # A span or a season, in words as every other format has them.
        return words
    year = re.search(r"\d{4}", _words(article, f"{path}/Year"))
    if not year:
        return ""
    parts = (year[0], month(_words(article, f"{path}/Month")), _words(article, f"{path}/Day"))
    return " ".join(filter(None, parts))


def _notices(article: Any) -> list[JournalNotice]:
    """Return the later notices on an article."""
    told = []
    for one in article.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        if nature := _NATURES.get(one.get("RefType", "")):
            pmid = _words(one, "PMID")
            told.append(JournalNotice(nature, "", f"pmid:{pmid}" if pmid else _words(one, "RefSource")))
    return told
