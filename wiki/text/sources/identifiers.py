"""Identifiers of sources in one normal form, however they are written.

DOI, PMID, PMC and trial number, ISBN, Elsevier's PII, web address, and the key of a row of a data set.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from wiki.text.sources import addresses

LONGEST: Final = 2_000


class BadIdentifier(ValueError):
    """The text names no source; the message is a sentence for the person."""


@dataclass(frozen=True, order=True)
class Identifier:
    """An identifier of a source: scheme and normalised value."""

    scheme: str
    value: str

    @property
    def key(self) -> str:
        """Return the citation key, such as "pmid:22327515"."""
        return f"{self.scheme}:{self.value}"

    @property
    def address(self) -> str:
        """Return the address where the source can be looked up, or ""."""
        if self.scheme == "url":
            return self.value
        return ADDRESSES.get(self.scheme, "").format(quote(self.value, safe="/:;()."))

    @property
    def other_names(self) -> tuple["Identifier", ...]:
        """Return other identifiers that this one implies: the PII in an Elsevier DOI."""
        match = re.fullmatch(r"10\.1016/(s\d{4}-?\d{3}[\dx]\(?\d{2}\)?\d{5}-?[\dx])", self.value)
        return (Identifier("pii", _pii(match[1])),) if self.scheme == "doi" and match else ()


ADDRESSES: Final = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "nct": "https://clinicaltrials.gov/study/{}",
    "pii": "https://www.sciencedirect.com/science/article/pii/{}",
    # A row of a data set, on this wiki.
    "row": "/data/rows/{}/",
}

# What stands between the label of a number and the number.
_SEPARATOR: Final = r"[\s:=#/\u2010-\u2015-]{0,4}"
# The first pattern that matches the whole text gives the scheme. Web addresses are handled before.
PATTERNS: Final = {
    scheme: re.compile(pattern, re.ASCII | re.IGNORECASE)
    for scheme, pattern in {
        "doi": rf"(?:(?:info|urn|d\.?o\.?i\.?|hdl){_SEPARATOR})*(10\.\d{{4,9}}(?:\.\d+)*(?:/|%(?:25)*2f)\S+)",
        # A number of four digits behind the name of the service may be a year.
        "pmid": rf"(?:(?:(?:pubmed\s+|info:)?pmid|pubmed\s+id){_SEPARATOR}"
        rf"|(?:pubmed|medline|med|pm){_SEPARATOR}(?=\d{{5}}))?(\d{{1,8}})(?:\s*\[(?:uid|(?:pubmed|free|indexed)\b[^\]]*)\])?",
        "pmc": rf"(?:(?:europe\s+)?pmc(?:id)?{_SEPARATOR}(?:PMC)?|PMC){_SEPARATOR}(\d{{1,9}})(?:\.\d+)?/?",
        "nct": rf"(?:(?:nct|clinicaltrials(?:\.gov)?)(?:\s+(?:identifier|id|number))?,?{_SEPARATOR})?"
        rf"NCT{_SEPARATOR}(\d{{8}})",
        "pii": rf"(?:pii{_SEPARATOR})?([SB]\d{{4}}-?\d{{3}}[\dX]\(?\d{{2}}\)?\d{{5}}-?[\dX])",
        "isbn": rf"(?:(?:urn:|e-?|p-?|print )?isbn(?:-?1[03])?{_SEPARATOR})?"
        r"(?!\d{4}-\d{6}-\d\d(?:-|$))(\d[\dX\s\u2010-\u2015\u2212-]{9,24}?)(?:\s*\([^()\d]*\.?\))?",
        "ref": r"ref:([a-z0-9]+(?:[-._][a-z0-9]+)*)",
        "row": r"row:([0-9a-f]{64})",
        "url": r"(?:url:)?(https?://\S+)",
    }.items()
}

# A DOI that was broken behind one of its signs: its first part alone would name another work.
SPACED_DOI: Final = r"(?:doi\b[\s:]*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S*[./_(-]\s+\d\S*"
HINTS: Final = (
    (
        r"(?:eudra\s?ct|ctis)?\b.{0,12}\d{4}-\d{6}-\d\d(?:-\d\d)?",
        "For a trial of the EU register give the web address of its page there, starting with https://.",
    ),
    (r"\d{9}", "A PMID has at most eight digits; check for typing errors."),
    (r"\d{4}-\d{3}[\dX]", "This is an ISSN, which names a journal; give the article's DOI or PMID."),
    (r"(?:isbn\b.*|\d[\d\s-]{8,}X?)", "An ISBN has ten or thirteen digits; check for typing errors."),
    (SPACED_DOI, "A DOI looks like 10.1038/ng.1077; take out the space in this one."),
    (r"(?:doi\b.*|10\..*)", "A DOI looks like 10.1038/ng.1077; check for typing errors."),
    (r"(?:pmid\b.*)", "A PMID is a number of at most eight digits; check for typing errors."),
    (r"(?:pmc.*)", "A PMC number looks like PMC3513540; check for typing errors."),
    (r"(?:nct.*)", "A trial number looks like NCT00000102; check for typing errors."),
    (r"(?:www\..*)", "Give the whole web address, starting with https://."),
    (r"(?:https?://.*\s.*)", "A web address holds no spaces; write %20 for each, or paste it again."),
    (r"(?:[a-z]+://.*)", "A web address must start with http:// or https://."),
)


def parse(text: str) -> Identifier:
    """Return the identifier that `text` names, in its normal form; raise `BadIdentifier` otherwise.

    The form is total: signs of HTML are unescaped, what nobody sees is dropped, a web address that names a
    work by its DOI, PMID, PMC number or PII is that, and percent signs in a DOI are decoded to the end.
    """
    if len(text.strip()) > LONGEST:
        raise BadIdentifier(f"This is too long for an identifier; the limit is {LONGEST:,} characters.")
    link = _LINK.fullmatch(text.strip())
    text = _without_tail(plain_signs((link[1] or link[2]) if link else text))
    if (work := addresses.named(text)) and work != text:
        if behind := re.fullmatch(r"doi:\S+\s+(\S.*)", work, re.DOTALL):
            raise BadIdentifier(
                f"Behind the DOI in this address stands “{behind[1][:60]}”; paste it without that, "
                "or without the space if it belongs to the DOI."
            )
        try:
            return parse(work)
        except BadIdentifier:
            pass  # The number in the address is none: the address itself names the work.
    named = _named_otherwise(text)
    for scheme, pattern in PATTERNS.items():
        if match := pattern.fullmatch(named):
            value = _NORMAL_FORM[scheme](match[1])
            if value.isprintable() and " " not in value:
                found = Identifier(scheme, value)
                # Unescaping can expose a quotation mark, which the next round removes.
                return found if found.key == named else parse(found.key)
    raise BadIdentifier(_hint(text))


def place_of_notice(words: str) -> str:
    """Return where a journal's notice stands, in one form for all doors by which it comes: its DOI without a
    prefix, another identifier as a key, or the words.
    """
    try:
        one = parse(words)
    except BadIdentifier:
        return words.strip()
    return one.value if one.scheme in ("doi", "url") else one.key


@lru_cache(maxsize=4_096)
def normal_key(key: str) -> str:
    """Return a key in its normal form; what names no work is kept as it was written, so that it is told."""
    try:
        return parse(key).key
    except BadIdentifier:
        return key


# A link as Markdown or HTML has it, of which the address counts.
_LINK: Final = re.compile(
    r"\[[^\[\]]*\]\((\S+)\)|<a\s[^<>]*?href=[\"']([^\"'<>]+)[\"'][^<>]*>[^<]*(?:</a>)?", re.IGNORECASE
)
# Numbers of services that are no scheme of their own, and what names the same work.
_OTHERWISE: Final = (
    (
        # On the margin of its PDF the subject and the day follow.
        r"arxiv[:\s]\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?"
        r"(?:\s+\d{1,2}\s+[a-z]{3}\s+\d{4})?",
        "10.48550/arxiv.{}",
    ),
    (
        r"(?:(?:ncbi\s+)?bookshelf(?:\s+id)?:?\s*)?NBK\s?(\d{3,7})",
        "https://www.ncbi.nlm.nih.gov/books/NBK{}/",
    ),
    (r"ISRCTN[\s:]?(\d{8})", "10.1186/isrctn{}"),
    (r"(?:hdl|handle):\s*((?!10\.)\d[\d.]*/\S+)", "https://hdl.handle.net/{}"),
)


# A field of BibTeX, or of JSON.
_FIELD: Final = re.compile(
    r"(?:doi|pmid|pmcid|isbn|url)(?:\s*=|\"\s*:)\s*[{\"]+(.+?)[}\"]*", re.ASCII | re.IGNORECASE
)


def _named_otherwise(text: str) -> str:
    for pattern, form in _OTHERWISE:
        if match := re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE):
            return form.format(match[1])
    if match := _FIELD.fullmatch(text):
        return match[1]
    # In JSON the sign / is escaped.
    return re.sub(r"\s*\[(?:doi|pii|pmid|pmcid)\]$|\s+\([a-zA-Z ]+\)$", "", text).replace("\\/", "/")


_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")


_BROKEN_LINE: Final = re.compile(r"^((?:\S+\s)?\S*[/_(=-])[ \t]*\r?\n\s*(\S+)$")


# Signs that look like a colon or a slash, and the wide forms of letters, signs and figures.
_ALIKE: Final = str.maketrans("﹕∕⁄╱⧸", ":////")
_WIDE: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_WIDE_FIGURES: Final = frozenset(range(0xFF10, 0xFF1A))
_WIDE_SIGNS: Final = {wide: sign for wide, sign in _WIDE.items() if wide not in _WIDE_FIGURES}


def plain_signs(text: str) -> str:
    """Return a text without HTML escapes, however often escaped, and without invisible characters."""
    for _ in range(3):
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    # A line of a PDF ends within a number only behind a sign that joins.
    text = _BROKEN_LINE.sub(r"\1\2", text.strip())
    text = re.sub(r"^(https?)(?::/|//)(?=[a-z0-9])", r"\1://", text, flags=re.IGNORECASE)
    # Figures of two widths in one number are a slip.
    text = text.translate(_WIDE_SIGNS if re.search(r"[0-9]", text) else _WIDE)
    return (
        "".join(" " if sign.isspace() else sign for sign in text if unicodedata.category(sign) != "Cf")
        .translate(_ALIKE)
        .strip()
        .lstrip("([{<【「『《'\"“‘«@")
        .strip()
    )


def _without_tail(text: str) -> str:
    """Return the text without the punctuation at the end of a sentence."""
    while text and (text[-1] in ".,;:?!'\" " or _is_foreign(text[-1]) or _closes_nothing(text)):
        text = text[:-1]
    return text


def _is_foreign(sign: str) -> bool:
    """Return whether a sign ends a sentence, a bracket or a quotation elsewhere: no identifier ends in it."""
    return not sign.isascii() and unicodedata.category(sign) in ("Po", "Ps", "Pe", "Pi", "Pf")


def _closes_nothing(text: str) -> bool:
    """Return whether the text ends in an unmatched closing bracket, as in "see 10.1/2)"."""
    opening = {")": "(", "]": "[", "}": "{", ">": "<"}.get(text[-1], "")
    return bool(opening) and text.count(opening) < text.count(text[-1])


def _hint(text: str) -> str:
    """Return the most helpful sentence for a text that matches nothing."""
    for pattern, sentence in HINTS:
        if re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE | re.DOTALL):
            return sentence
    return "Give a DOI, a PMID, a PMC or trial number, an ISBN, or a web address that starts with https://."


# Characters that programs use in place of a hyphen.
_HYPHENS: Final = dict.fromkeys(map(ord, "‐‑‒–—―−⁃⁻˗﹘﹣"), "-")


def _doi(value: str) -> str:
    """Return the DOI in small letters, decoded, without the tracking part of an address."""
    for _ in range(4):
        value = plain_signs(unquote(value))
    # LaTeX and Markdown write some signs behind a backslash.
    value = re.sub(r"\\(?=[_&%#{}$~^<>()\[\]-])", "", value)
    value = _OF_ADDRESS.sub("", value.lower().translate(_HYPHENS)).rstrip("/")
    value = _OF_VIEW.sub("", value).rstrip("/")
    for shape in _SHAPES:
        if match := re.fullmatch(shape, value, re.ASCII):
            return "".join(filter(None, match.groups()))
    return value


# What an address adds to the DOI in it: a query, a place on the page, and how the work is shown.
_OF_ADDRESS: Final = re.compile(
    r"(?:\?[\w-]+=|&[a-z_]\w*=|#[a-z][\w-]*$|(?<!;2-)#$|\]\(https?:"
    # Another identifier of the work, and a tag of the page from which it was copied.
    r"|[;,|](?:doi|pmid|pmcid):"
    r"|<(?:/|(?:br|a|b|i|p|u|em|strong|su[bp]|span|font|div|t[dr]|li)\b[^<>]*/?>)).*",
    re.S,
)
_OF_VIEW: Final = re.compile(r"(?:/(?:full|abstract|abs|pdf|epdf|fulltext|full-text|meta|html?))+$")


# DOIs that have one shape: what follows names a version, a translation or a view of the same work.
_SHAPES: Final = (
    r"(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?:v\d+)?(?:[./].*)?",
    r"(10\.48550/arxiv\.)(?:(\d{4}\.\d{4,5})|([a-z-]+)(?:\.[a-z]{2})?(/\d{7}))(?:v\d+)?",
    r"(10\.1002/14651858\.[a-z]{2}\d{6}(?:\.pub\d+)?)(?:/.*)?",
)


def _pii(value: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def _pmid(value: str) -> str:
    if not int(value):
        raise BadIdentifier("There is no PMID 0; check for typing errors.")
    return str(int(value))


def _isbn(value: str) -> str:
    """Return the thirteen digits of an ISBN with a correct check digit."""
    digits = re.sub(r"[^0-9X]", "", value.upper())
    if len(digits) == 10 and "X" not in digits[:-1]:
        if sum((10 - place) * _worth(digit) for place, digit in enumerate(digits)) % 11:
            raise BadIdentifier("This ISBN's last digit does not fit; check for typing errors.")
        return _with_check_digit(f"978{digits[:-1]}")
    if len(digits) != 13 or not digits.isdigit():
        raise BadIdentifier("An ISBN has ten or thirteen digits; check for typing errors.")
    if not digits.startswith(("978", "979")):
        raise BadIdentifier("An ISBN of thirteen digits starts with 978 or 979; check for typing errors.")
    if _with_check_digit(digits[:-1]) != digits:
        raise BadIdentifier("This ISBN's last digit does not fit; check for typing errors.")
    return digits


def _worth(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def _with_check_digit(twelve: str) -> str:
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-weighed % 10}"


_TRACKING: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs\w+|cmp|spm|casa_token|_ga|_gl)",
    re.IGNORECASE,
)
_SAFE: Final = "%/:=&?~+!$,;'@()*-._"


def _url(value: str) -> str:
    """Return the web address with scheme and host in small letters, encoded, without tracking parts."""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode()
        port = parts.port
    except ValueError:
        raise BadIdentifier("This web address is not well formed; check for typing errors.") from None
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host):
        raise BadIdentifier("This web address names no site; check for typing errors.")
    if "@" in parts.netloc:
        raise BadIdentifier("A web address must not carry a user name or a password.")
    is_usual = port == {"http": 80, "https": 443}.get(parts.scheme.lower())
    where = host if port is None or is_usual else f"{host}:{port}"
    path, query, fragment = map(
        _encoded, (_without_dots(parts.path), _untracked(parts.query), parts.fragment)
    )
    if host.endswith("ncbi.nlm.nih.gov") and (book := re.match(r"(?i)/books/NBK(\d{3,7})(?:/|$)", path)):
        return f"https://www.ncbi.nlm.nih.gov/books/NBK{book[1]}/"
    if host == "hdl.handle.net":
        return urlunsplit(("https", host, path, "", ""))
    fragment = "" if fragment.startswith(":~:") else fragment
    return urlunsplit((parts.scheme.lower(), where, path, query, fragment))


def _encoded(part: str) -> str:
    """Return a part of an address with unsafe signs encoded, its escapes in capitals."""
    return re.sub(r"%[0-9a-fA-F]{2}", _escape, quote(part, safe=_SAFE))


def _escape(match: re.Match[str]) -> str:
    """Return an escape in capitals, or the letter, digit or one of "-._~", which needs none."""
    sign = chr(int(match[0][1:], 16))
    return sign if sign.isascii() and (sign.isalnum() or sign in "-._~") else match[0].upper()


def _without_dots(path: str) -> str:
    """Return a path without the steps "." and ".."; that of a whole site is "/"."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == ".." and len(steps) > 1:
            steps.pop()
        elif step not in (".", ".."):
            steps.append(step)
    return "/".join(steps) or "/"


def _untracked(query: str) -> str:
    """Return a query without advertisers' tracking parameters."""
    kept = [field for field in query.split("&") if not _TRACKING.fullmatch(field.partition("=")[0])]
    return "&".join(kept)


_NORMAL_FORM: Final[dict[str, Callable[[str], str]]] = {
    "doi": _doi,
    "pmid": _pmid,
    "pmc": lambda digits: f"PMC{int(digits)}",
    "nct": lambda digits: f"NCT{digits}",
    "pii": _pii,
    "isbn": _isbn,
    "ref": str.lower,
    "row": str.lower,
    "url": _url,
}
