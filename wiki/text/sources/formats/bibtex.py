"""BibTeX and BibLaTeX, as Zotero, publishers and people write it."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Entry, ParsingFailedBlock
from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from wiki.text.sources.formats.raw import MOST_PEOPLE, Failed, RawWork, Unread, line, month, numbers_in

# The parser's messages quote pasted text, so they are not logged.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_TYPES: Final = {
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "book",
    "manual": "report",
    "booklet": "report",
    "inbook": "chapter",
    "incollection": "chapter",
    "inreference": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "misc": "webpage",
    "dataset": "dataset",
    "unpublished": "article",
}
# Fields that are no prose: -- is not a dash and ~ is not a space in them.
_VERBATIM: Final = frozenset(
    ["doi", "url", "isbn", "issn", "pmid", "pmcid", "pmc", "eprint", "urldate", "date"]
)
_READ: Final = frozenset(
    """
    title subtitle journal journaltitle shortjournal booktitle volume number issue pages eid edition
    publisher institution school organization address location author editor year month date urldate
    doi pmid pmcid pmc isbn url note annote howpublished type
    """.split()  # noqa: SIM905  # shorter to read than a list
)
_NEEDLESS: Final = frozenset(
    """
    abstract keywords keyword file issn language langid shorttitle copyright timestamp biburl
    bibsource mendeley-groups mendeley-tags groups owner eprint eprinttype archiveprefix
    primaryclass series abbr day numpages series titleaddon rights internal-note priority read
    isodate crossref ids annotation annotate
    """.split()  # noqa: SIM905  # shorter to read than a list
)


def read(text: str) -> Iterator[RawWork | Failed]:
    """Yield the entries of a BibTeX file, including those with a repeated field or key."""
    library = parse_string(text)
    for block in library.blocks:
        if isinstance(block, Entry):
            yield _work(block)
        elif isinstance(block, ParsingFailedBlock):
            entry = _entry_of(block)
            yield (
                _work(entry)
                if entry
                else Failed((block.start_line or 0) + 1, "This entry is not closed or not well formed.")
            )


def _entry_of(block: ParsingFailedBlock) -> Entry | None:
    """Return an entry that the strict parser refuses, without the braces around its fields."""
    entry = block.ignore_error_block
    while isinstance(entry, ParsingFailedBlock):
        entry = entry.ignore_error_block
    if not isinstance(entry, Entry):
        return None
    for one in entry.fields:
        value = str(one.value).strip()
        if value[:1] + value[-1:] in ("{}", '""'):
            one.value = value[1:-1]
    return entry


def _work(entry: Entry) -> RawWork:
    of: dict[str, str] = {}
    for one in entry.fields:
        of.setdefault(one.key.lower(), str(one.value))
    unread = Unread(_NEEDLESS)
    for name in of.keys() - _READ:
        unread.note(name, _letters(of[name]))
    return RawWork(_fields(entry.entry_type.lower(), of), (), tuple(unread.unknown))


def _fields(kind: str, of: dict[str, str]) -> dict[str, Any]:
    prose = {
        name: _letters(value) for name, value in of.items() if name not in _VERBATIM | {"author", "editor"}
    }
    exact = {name: _verbatim(value) for name, value in of.items() if name in _VERBATIM}
    get = prose.get
    numbers = numbers_in(f"{get('note', '')} {get('annote', '')}")
    date = exact.get("date") or " ".join(filter(None, (get("year"), month(get("month")))))
    subtitle = get("subtitle", "")
    address = re.search(r"https?://\S+", _verbatim(of.get("howpublished", "")))
    return {
        "type": _TYPES.get(kind, "article-journal"),
        "title": f"{get('title', '')}: {subtitle}" if subtitle else get("title", ""),
        "container-title": get("journal") or get("journaltitle") or get("booktitle"),
        "container-title-short": get("shortjournal"),
        "volume": get("volume"),
        "issue": get("issue") or (get("number") if kind == "article" else None),
        "page": get("pages", "").replace("–", "-").replace("--", "-"),
        "number": get("eid") or (get("number") if kind in ("techreport", "report") else None),
        "edition": get("edition"),
        "publisher": get("publisher") or get("institution") or get("school") or get("organization"),
        "publisher-place": get("address") or get("location"),
        "author": _people(of.get("author", "")),
        "editor": _people(of.get("editor", "")),
        "issued": {"raw": date},
        "accessed": {"raw": exact.get("urldate", "")},
        "DOI": exact.get("doi") or numbers.get("DOI"),
        "PMID": exact.get("pmid") or numbers.get("PMID"),
        "PMCID": exact.get("pmcid") or exact.get("pmc") or numbers.get("PMCID"),
        "ISBN": exact.get("isbn"),
        "URL": exact.get("url") or (address and address[0]),
    }


def _people(text: str) -> list[dict[str, str]]:
    """Return the people of a field: "A and B"; one in braces, or a single word, is an organisation."""
    found = []
    for name in split_multiple_persons_names(" ".join(text.split()))[:MOST_PEOPLE]:
        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except (InvalidNameError, IndexError):
            found.append({"literal": _letters(name)})
            continue
        family, given = (_letters(" ".join(part)) for part in (parts.last, parts.first))
        if not given and not parts.von:
            found.append({"literal": family})
            continue
        found.append(
            {
                "family": family,
                "given": given,
                "non-dropping-particle": _letters(" ".join(parts.von)),
                "suffix": _letters(" ".join(parts.jr)),
            }
        )
    return found


_SIGNS: Final = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textmu": "µ",
    "textmicro": "µ",
    "textdegree": "°",
    "textpm": "±",
    "textpercent": "%",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "texttimes": "×",
    "textbullet": "•",
    "textregistered": "®",
    "texttrademark": "™",
    "textonehalf": "½",
    "textasteriskcentered": "*",
    "textdollar": "$",
    "guillemotleft": "«",
    "guillemotright": "»",
    "i": "ı",
}
# Only texts with one of these need decoding, which is slow.
_LATEX: Final = re.compile(r"[\\$~%&#`']|--")


def _verbatim(value: str) -> str:
    """Return an address or a number without TeX's escapes and braces, nothing else changed."""
    text = re.sub(r"^\\url\{(.*)\}$", r"\1", value.strip(), flags=re.DOTALL)
    text = re.sub(r"\{?\\(text[a-z]+)\b\s*(?:\{\})?\}?", lambda one: _SIGNS.get(one[1], one[0]), text)
    text = re.sub(r"\\~(?:\{\})?", "~", text)
    return re.sub(r"\\([_%&#$<>{}^-])", r"\1", text).replace("{", "").replace("}", "").strip()


def _letters(latex: str) -> str:
    """Return LaTeX's accents and signs as the letters they stand for; a macro that nobody knows stays."""
    text = _decoder().latex_to_text(latex) if _LATEX.search(latex) else latex
    return line(text.replace("{", "").replace("}", ""))


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    own = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _SIGNS.items() if name != "i"]
    context.add_context_category("causeway", macros=own, prepend=True)
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node: node.latex_verbatim()))
    return LatexNodes2Text(latex_context=context, keep_comments=True, math_mode="text")
