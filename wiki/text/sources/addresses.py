"""Web addresses that name a work by a DOI, PMID, PMC or trial number, ISBN or PII."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_HOSTED: Final = re.compile(
    r"(?:[a-z0-9-]+\.)*(?:doi|nih|europepmc|clinicaltrials|pubmed|nature|bmj|thelancet|sciencedirect|arxiv)"
    r"(?:-org|-com|-gov)?\.[a-z0-9.-]+/\S*",
    re.ASCII | re.IGNORECASE,
)
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s?]+", re.ASCII)
# What publishers append to the DOI of an article in their addresses.
_VIEW: Final = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|pdfplus|epub|meta|fulltext|html|full-html|xml|summary|references|"
    r"citations?|figures?|tables?|download|tab-[\w-]+|suppl_?\w*(?:/.*)?|supplementary[\w-]*(?:/.*)?|"
    r"attachments?/.*|asset/.*|mediaobjects/.*|transform/.*)"
    r"|\.(?:full|abstract|long|short|extract|pdf|full-text|html?)(?:\.pdf)?"
    r"|(?<=\d)v\d+)$",
    re.ASCII | re.IGNORECASE,
)
_PREPRINT: Final = re.compile(r"10\.(?:1101|64898)/")
_VERSION: Final = re.compile(r"(?<=\d)v\d+$")
_PII: Final = re.compile(
    r"(?:PII)?([SB]\d{4}-?\d{3}[\dX]\(?\d{2}\)?\d{5}-?[\dX])(?![\w-])", re.ASCII | re.IGNORECASE
)


def named(text: str) -> str:
    """Return the identifier in a web address, or "" if it holds none."""
    parts = _split(text)
    return next(_candidates_in(parts), "") if parts else ""


def _split(text: str) -> SplitResult | None:
    if not re.match(r"https?://|//", text, re.IGNORECASE):
        text = re.sub(
            r"^(?:(?:doi|pmid|pmcid|url)\s*:|(?:doi|pmid|pmcid|url)\s(?=\s*https?:))\s*(?=\S+\.\S+/)",
            "",
            text,
            flags=re.IGNORECASE,
        )
        if not re.match(r"https?://", text, re.IGNORECASE):
            if not _HOSTED.fullmatch(text):
                return None
            text = f"https://{text}"
    try:
        parts = urlsplit(text)
        return parts if parts.hostname else None
    except ValueError:
        return None


def _candidates_in(parts: SplitResult) -> Iterator[str]:
    """Yield the possible identifiers of an address, the most certain first."""
    host = (parts.hostname or "").lower().replace("-", ".")
    path = unquote(unquote(parts.path))
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    if target := _redirected(host, path, asked):
        yield named(target) or target
    if match := re.search(
        r"/pmc/articles/pmid/(\d{1,8})\b", f"{path} /pmc/articles/pmid/{asked.get('pmid', '')}"
    ):
        yield f"pmid:{match[1]}"
    # What a library's link server is asked for.
    for name in ("pmid", "rft.pmid", "rft_id", "id"):
        label = "" if "pmid" in name else r"(?:info:)?pmid[:/]\s*"
        if match := re.fullmatch(rf"{label}(\d{{1,8}})", asked.get(name, "").strip(), re.IGNORECASE):
            yield f"pmid:{match[1]}"
    if (
        re.search(r"europepmc\.org|ukpmc|ebi\.ac\.uk/europepmc", host + path)
        or "ncbi.nlm.nih.gov" in host
        or "pubmed" in host
    ):
        yield from _nlm_keys(host, path, asked)
    is_of_trials = "clinicaltrials.gov" in host or "trialid" in asked
    if is_of_trials and (match := re.search(r"NCT\d{8}", parts.geturl(), re.IGNORECASE)):
        yield match[0]
    if re.search(r"(?:arxiv|ar5iv|alphaxiv)\.org$", host) and (
        match := re.match(r"/(?:abs|pdf|html)/(.+?)(?:\.pdf)?/?$", path)
    ):
        yield f"arxiv:{match[1]}"
    yield from _doi_in(host, path, parts)
    if match := _PII.search(f"{path} {asked.get('pii', '')}"):
        yield _lancet(match[1]) if "thelancet.com" in host else f"pii:{match[1]}"
    if host.endswith("ssrn.com") and (number := re.search(r"abstract(?:_id)?=(\d{4,9})", parts.geturl())):
        yield f"doi:10.2139/ssrn.{number[1]}"
    vid = asked.get("vid", "").upper().removeprefix("ISBN")
    numbers = rf"{path} /isbn/{asked.get('isbn', '')} /isbn/{vid}"
    if match := re.search(
        r"/(?:isbn|book|dp|product)[/:=](97[89][\d-]{10,14}|[\d-]{9,12}[\dX])(?![\w-])"
        r"|/books?/\S*/(97[89][\d-]{10,14})(?=/|\s)",
        numbers,
        re.IGNORECASE,
    ):
        yield f"isbn:{match[1] or match[2]}"
    if re.search(r"(?:^|\.)(?:identifiers\.org|bioregistry\.io|n2t\.net)$", host):
        yield path.strip("/").replace("/", ":", 1)


def _redirected(host: str, path: str, asked: dict[str, str]) -> str:
    """Return the address to which a search engine, a mail program or a library leads, or ""."""
    if match := re.search(r"^/v3/__(https?:/.+?)__;", path):
        return re.sub(r"^(https?):/+", r"\1://", match[1])
    targets = [one for one in asked.values() if one.startswith(("http://", "https://"))]
    is_one = re.search(r"(?:^|\.)google\.|safelinks\.|urldefense\.", host) or path.endswith("/login")
    # Whatever else leads on, such as a page of a social network, counts where it leads to a work.
    return next((one for one in targets if is_one or named(one)), "")


def _nlm_keys(host: str, path: str, asked: dict[str, str]) -> Iterator[str]:
    if match := re.search(r"(?:^|/)PMC/?(?:PMC)?(\d{1,9})(?:\.\d+)?(?=/|$)", path, re.IGNORECASE):
        yield f"pmc:{match[1]}"
    if match := re.search(r"/articles?/(?:PMC)?(\d{1,9})(?:/|$)", path) if "pmc" in host + path else None:
        yield f"pmc:{match[1]}"
    if match := re.search(r"(?:/MED|/pubmed|^)/(\d{1,8})(?:/|$)", path, re.IGNORECASE):
        yield f"pmid:{match[1]}"
    if match := re.search(r"\bext_id:(\d{1,8})\b", asked.get("query", ""), re.IGNORECASE):
        yield f"pmid:{match[1]}"
    if match := re.fullmatch(r"PMC\d{1,9}", asked.get("accid") or asked.get("term") or "", re.IGNORECASE):
        yield match[0]
    term = asked.get("term") or asked.get("list_uids") or asked.get("id") or ""
    if "pubmed" not in host + path + asked.get("db", "").lower() + asked.get("dbfrom", "").lower():
        return
    if match := re.fullmatch(r"\s*(\d{4,8})\s*(?:\[\w+\])?\s*", term):
        yield f"pmid:{match[1]}"
    elif match := re.fullmatch(
        r"\s*(?:doi:\s*)?(10\.\d{4,9}/\S+?|PMC\d{1,9})(?:\[\w+\])?\s*", term, re.IGNORECASE
    ):
        yield match[1]


def _doi_in(host: str, path: str, parts: SplitResult) -> Iterator[str]:
    """Yield the DOI of an address: from its path, its query, or the publisher's own numbers."""
    if ".doi.org" in f".{host}":
        fragment = f"#{parts.fragment}" if not parts.fragment and parts.geturl().endswith(";2-#") else ""
        if match := re.search(r"10\.\d{4,9}/\S+", path):
            yield f"doi:{match[0]}{fragment or _words_behind(path, match)}"
    if match := _DOI.search(path):
        article = _article(_without_page_number(path, match[0]))
        yield f"doi:{article}{_words_behind(path, match) if article == match[0] else ''}"
    for name, value in parse_qsl(parts.query):
        # A search for nothing but the work.
        if name.lower() in ("q", "query") and re.fullmatch(
            r"(?:doi:\s*)?10\.\d{4,9}/\S+", value, re.IGNORECASE
        ):
            yield re.sub(r"^(?:doi:\s*)?", "doi:", value, flags=re.IGNORECASE)
        if name.lower() in _NAMES_OF_DOI and (match := _DOI.search(value)):
            yield f"doi:{_article(match[0])}"
    for site, pattern, form in _OWN_NUMBERS:
        if site in host and (match := re.search(pattern, path, re.IGNORECASE)):
            yield f"doi:{form.format(*match.groups())}"


_NAMES_OF_DOI: Final = (
    *(
        "doi",
        "id",
        "uri",
        "url",
        "article",
        "articleid",
        "article_doi",
        "rft_id",
        "rft.doi",
        "u",
        "qurl",
        "target",
    ),
)


def _words_behind(path: str, doi: re.Match[str]) -> str:
    """Return what stands behind a DOI and a space, which is none of it."""
    words = path[doi.end() :]
    return f" {words.strip()}" if words[:1].isspace() and words.strip() else ""


def _without_page_number(path: str, doi: str) -> str:
    """Return a DOI without what publishers write behind it: the number of their page, or its title."""
    if re.search(r"/article(?:-\w+)?/doi/|/advance-article(?:-\w+)?/doi/", path):
        doi = re.sub(r"^(10\.\d+/.+?)/\d{1,9}(?:/[^/]*)?/?$", r"\1", doi)
    return re.sub(r"~[\w-]*$", "", doi)


# Publishers whose addresses contain the last part of the DOI.
_OWN_NUMBERS: Final = (
    ("nature.com", r"^/articles/([a-z]+[a-z0-9.-]*\d[a-z0-9.-]*?)(?:\.pdf)?(?:/|$)", "10.1038/{}"),
    ("bmj.com", r"/content(?:/bmj)?/\d+/(bmj[.-][a-z]?[\d-]+)(?:[./]|$)", "10.1136/{}"),
    # Journals of BMJ name an article by its manuscript: journal, year and number.
    ("bmj.com", r"/((?:bcr|[a-z]+)-20\d\d-\d{6})(?:\.[\w.-]+)?/?$", "10.1136/{}"),
    (
        "nature.com",
        r"/journal/v\d+/n[\w-]+/(?:full|abs|pdf)/([a-z]*[.\d][a-z0-9.-]*?\d[a-z0-9]*)(?:\.(?:html?|pdf))?$",
        "10.1038/{}",
    ),
    ("karger.com", r"^/article/(?:fulltext|abstract|pdf|purchase)/(\d{5,9})/?$", "10.1159/{:0>9}"),
    ("hindawi.com", r"^/(?:journals/)?(?!isrn)\w+/((?:200[89]|20[12]\d)/\d{6,8})(?:\.pdf|/|$)", "10.1155/{}"),
    ("insight.jci.org", r"^/articles/view/(\d{5,6})(?:/|$)", "10.1172/jci.insight.{}"),
    ("www.jci.org", r"^/articles/view/(\d{5,6})(?:/|$)", "10.1172/jci{}"),
    (
        "preprints.org",
        r"^/(?:manuscript|frontend/manuscript)/(20\d{4}\.\d{4})/(v\d+)(?:/|$)",
        "10.20944/preprints{}.{}",
    ),
    (
        "rxiv.org",
        r"^/content/(?:\w+/)?early/\d{4}/\d\d/\d\d/((?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?:[v./]|$)",
        "10.1101/{}",
    ),
    ("peerj.com", r"^/articles/(\d{1,6})(?:\.pdf)?(?:/|$)", "10.7717/peerj.{}"),
    ("isrctn.com", r"^/(ISRCTN\d{8})(?:/|$)", "10.1186/{}"),
    ("elifesciences.org", r"^/(?:articles|reviewed-preprints)/(\d{5,6})(?:v\d+)?(?:/|$)", "10.7554/elife.{}"),
)


def _article(doi: str) -> str:
    """Return a DOI without the publisher's suffix for the article's text or PDF."""
    before = ""
    while before != doi:
        before = doi
        doi = doi.rstrip("/")
        shorter = _VIEW.sub("", doi)
        if shorter != doi and (not _VERSION.search(doi) or _PREPRINT.match(doi)):
            doi = shorter
    return doi


def _lancet(pii: str) -> str:
    """Return the DOI of an article of The Lancet's journals, which is its PII."""
    bare = re.sub(r"[^0-9A-Z]", "", pii.upper())
    return f"doi:10.1016/{bare[:5]}-{bare[5:9]}({bare[9:11]}){bare[11:16]}-{bare[16]}"
