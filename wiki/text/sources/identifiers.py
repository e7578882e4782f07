"""The identifiers of sources, as people paste them: DOI, PMID, PMC, ISBN, trial number, web address."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

LONGEST: Final = 2_000


class BadIdentifier(ValueError):
    """A text that names no source; its message is a sentence for the person who typed it."""


@dataclass(frozen=True, order=True)
class Identifier:
    """What names one source: a scheme and the value in its usual form."""

    scheme: str
    value: str

    @property
    def key(self) -> str:
        """Return how text cites the source: "pmid:22327515"."""
        return f"{self.scheme}:{self.value}"

    @property
    def address(self) -> str:
        """Return where the source can be looked up, or "" when there is no public address."""
        if self.scheme == "url":
            return self.value
        return ADDRESSES.get(self.scheme, "").format(quote(self.value, safe="/:;()."))


ADDRESSES: Final = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "nct": "https://clinicaltrials.gov/study/{}",
}

_WEB = r"(?:https?://)?(?:www\.)?"
_REST = r"/?(?:[?#]\S*)?"
_PMC = r"(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)/articles/|europepmc\.org/articles?/(?:PMC/)?"

# The first pattern that fits the whole text names the scheme.
PATTERNS: Final = {
    scheme: re.compile(pattern, re.ASCII | re.IGNORECASE)
    for scheme, pattern in {
        "doi": rf"(?:doi:?\s*|{_WEB}(?:dx\.)?doi\.org/)*(10\.\d{{4,9}}(?:/|%2F)\S+)",
        "pmid": r"(?:pmid:?\s*"
        rf"|{_WEB}(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed|europepmc\.org/\w+/MED)/"
        rf")?(\d{{1,8}}){_REST}",
        "pmc": rf"(?:pmc(?:id)?:\s*(?:PMC)?|{_WEB}(?:{_PMC})?PMC)(\d{{1,9}})(?:/\S*|{_REST})",
        "nct": rf"(?:nct:\s*|{_WEB}clinicaltrials\.gov/(?:ct2/show|study)/)?NCT(\d{{8}}){_REST}",
        "isbn": r"(?:isbn(?:-?1[03])?:?\s*)?(\d[\dX\s\u2010-\u2015-]{9,24})",
        "ref": r"ref:([a-z0-9]+(?:[-._][a-z0-9]+)*)",
        "url": r"(?:url:)?(https?://\S+)",
    }.items()
}

HINTS: Final = (
    (r"\d{9}", "A PMID has at most eight digits; check for a slip."),
    (r"\d{4}-\d{3}[\dX]", "This is an ISSN, which names a journal; give the article's DOI or PMID."),
    (r"(?:isbn\b.*|\d[\d\s-]{8,}X?)", "An ISBN has ten or thirteen digits; check for a slip."),
    (r"(?:doi\b.*|10\..*)", "A DOI looks like 10.1038/ng.1077; check for a slip."),
    (r"(?:pmid\b.*)", "A PMID is a number of at most eight digits; check for a slip."),
    (r"(?:pmc.*)", "A PMC number looks like PMC3513540; check for a slip."),
    (r"(?:nct.*)", "A trial number looks like NCT00000102; check for a slip."),
    (r"(?:www\..*)", "Give the whole web address, starting with https://."),
    (r"(?:[a-z]+://.*)", "A web address must start with http:// or https://."),
)


def parse(text: str) -> Identifier:
    """Return the identifier that `text` names, in its usual form; raise `BadIdentifier` otherwise."""
    text = text.strip().strip("\u200b\ufeff").strip()
    if len(text) > LONGEST:
        raise BadIdentifier(f"This is too long for an identifier; the limit is {LONGEST:,} characters.")
    for scheme, pattern in PATTERNS.items():
        if match := pattern.fullmatch(_without_tail(text)):
            value = _without_tail(_USUAL_FORM[scheme](match[1]))
            if value.isprintable() and " " not in value and pattern.fullmatch(f"{scheme}:{value}"):
                return Identifier(scheme, value)
    raise BadIdentifier(_hint(text))


def _without_tail(text: str) -> str:
    """Return the text without the punctuation that a sentence left at its end."""
    while text and (text[-1] in ".,;:'\"” ’" or _closes_nothing(text)):
        text = text[:-1]
    return text


def _closes_nothing(text: str) -> bool:
    """Return whether the text ends in a bracket that it does not open, as in "(see 10.1/2)"."""
    opening = {")": "(", "]": "[", "}": "{", ">": "<"}.get(text[-1], "")
    return bool(opening) and text.count(opening) < text.count(text[-1])


def _hint(text: str) -> str:
    """Return the sentence that helps best with a text that fits nothing."""
    for pattern, sentence in HINTS:
        if re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE | re.DOTALL):
            return sentence
    return "Give a DOI, a PMID, a PMC or trial number, an ISBN, or a web address that starts with https://."


def _doi(value: str) -> str:
    """Return the DOI in small letters, its slashes and angle brackets as themselves."""
    value = value.lower()
    while "%2f" in value or "%3c" in value:
        value = unquote(value).lower()
    return value


def _pmid(value: str) -> str:
    if not int(value):
        raise BadIdentifier("There is no PMID 0; check for a slip.")
    return str(int(value))


def _isbn(value: str) -> str:
    """Return the thirteen digits of an ISBN whose last digit fits."""
    digits = re.sub(r"[^0-9X]", "", value.upper())
    if len(digits) == 10 and "X" not in digits[:-1]:
        if sum((10 - place) * _worth(digit) for place, digit in enumerate(digits)) % 11:
            raise BadIdentifier("This ISBN's last digit does not fit; check for a slip.")
        return _with_check_digit(f"978{digits[:-1]}")
    if len(digits) != 13 or not digits.isdigit():
        raise BadIdentifier("An ISBN has ten or thirteen digits; check for a slip.")
    if not digits.startswith(("978", "979")):
        raise BadIdentifier("An ISBN of thirteen digits starts with 978 or 979; check for a slip.")
    if _with_check_digit(digits[:-1]) != digits:
        raise BadIdentifier("This ISBN's last digit does not fit; check for a slip.")
    return digits


def _worth(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def _with_check_digit(twelve: str) -> str:
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-weighed % 10}"


def _url(value: str) -> str:
    """Return the web address with scheme and host in small letters and unsafe characters encoded."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        raise BadIdentifier("This web address is not well formed; check for a slip.") from None
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host):
        raise BadIdentifier("This web address names no site; check for a slip.")
    if "@" in parts.netloc:
        raise BadIdentifier("A web address must not carry a user name or a password.")
    safe = "%/:=&?~+!$,;'@()*-._"
    path, query, fragment = (quote(part, safe=safe) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), f"{host}:{port}" if port else host, path, query, fragment))


_USUAL_FORM: Final = {
    "doi": _doi,
    "pmid": _pmid,
    "pmc": lambda digits: f"PMC{int(digits)}",
    "nct": lambda digits: f"NCT{digits}",
    "isbn": _isbn,
    "ref": str.lower,
    "url": _url,
}
