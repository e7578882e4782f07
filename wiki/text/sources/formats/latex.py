"""LaTeX in the fields of BibTeX: its accents and signs as the letters they stand for."""

import logging
import re
import unicodedata
from functools import cache
from html import unescape
from typing import Final

from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from wiki.text.sources.formats.raw import line

# The decoder's messages quote pasted text, so they are not logged.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


def _greek(number: int) -> str:
    """Return what TeX calls a Greek letter: "beta" and "Beta", "varsigma" for the one that ends a word."""
    name = unicodedata.name(chr(number)).rpartition(" ")[2].lower().replace("lamda", "lambda")
    if "FINAL" in unicodedata.name(chr(number)):
        return "varsigma"
    return name.title() if number < 0x3B1 else name


_GREEK: Final = {
    name: chr(number)
    for number in (*range(0x391, 0x3AA), *range(0x3B1, 0x3CA))
    if number != 0x3A2
    for name in [_greek(number)]
}
_SIGNS: Final = {
    **{f"text{name}": sign for name, sign in _GREEK.items()},
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
    "copyright": "©",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "euro": "€",
    "slash": "/",
    "i": "ı",
}
# What only says how a text looks; the text stays.
_LOOKS: Final = re.compile(
    r"\\(?:[mhf]box|makebox)\s*(?=\{)|\\(?:it|bf|em|rm|sc|sf|tt|sl|itshape|bfseries|normalfont)(?![A-Za-z])\s*"
)
# Only texts with one of these need decoding, which is slow.
_LATEX: Final = re.compile(r"[\\$~%&#`']|--")


def verbatim(value: str) -> str:
    """Return an address or a number without TeX's escapes and braces, nothing else changed."""
    text = re.sub(r"^\\url\{(.*)\}$", r"\1", value.strip(), flags=re.DOTALL)
    text = re.sub(r"\{?\\(text[a-z]+)\b\s*(?:\{\})?\}?", lambda one: _SIGNS.get(one[1], one[0]), text)
    text = re.sub(r"\\~(?:\{\})?", "~", text)
    # Signs that mean something to TeX stand in a formula of their own.
    text = re.sub(r"\{?\\?\$\}?\{?(?:([<>])|\\(less|gtr|lt|gt)\b)\}?\{?\\?\$\}?", _compared, text)
    return re.sub(r"\\([_%&#$<>{}^-])", r"\1", text).replace("{", "").replace("}", "").strip()


def _compared(sign: re.Match[str]) -> str:
    return sign[1] or ("<" if sign[2] in ("less", "lt") else ">")


_DEGREE: Final = re.compile(r"\$?\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![a-zA-Z]))\s*\$?")
_PARENTHESES: Final = re.compile(r"\\\((.+?)\\\)")
_MATHS: Final = re.compile(r"(?<!\\)\$([^$]+)(?<!\\)\$")
_SHIFTED: Final = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|([^\s{}\\]))")
_SHIFTED_TEXT: Final = re.compile(r"\\text(sub|super)script\s*(?:\{([^{}]*)\}|(\w))")


def _tag(match: re.Match[str]) -> str:
    """Return what is raised or lowered in TeX as the tags that everybody else writes."""
    tag = "sup" if match[1] in ("^", "super") else "sub"
    return f"<{tag}>{match[2] or match[3] or ''}</{tag}>"


def letters(latex: str) -> str:
    """Return LaTeX's accents and signs as the letters they stand for; a macro that nobody knows stays."""
    latex = _ENTITY.sub(lambda one: unescape(one[0]).replace("&", r"\&"), latex)
    latex = _CHEMICAL.sub(lambda one: re.sub(r"(?<=[A-Za-z)\]])\d+", _lowered, one[1]), latex)
    latex = _QUANTITY.sub(lambda one: " ".join(filter(None, one.groups())), latex)
    latex = _DEGREE.sub("°", _LOOKS.sub("", _PARENTHESES.sub(r"$\1$", latex)))
    marked = _MATHS.sub(lambda one: f"${_SHIFTED.sub(_tag, one[1])}$", _SHIFTED_TEXT.sub(_tag, latex))
    text = _decoder().latex_to_text(marked) if _LATEX.search(marked) else marked
    return line(_QUOTED.sub("‘\\1’", text.replace("{", "").replace("}", "")))


def letters_if_latex(text: str) -> str:
    """Return a text of another format with its LaTeX as letters; braces, dollars and backslashes of other
    writers stay.
    """
    if _IS_LATEX.search(text):
        return letters(text)
    for _ in range(3 if "{" in text else 0):
        text = _PROTECTED.sub(r"\1", text)
    return text


_MACROS: Final = "|".join(sorted((name for name in _SIGNS if len(name) > 2), key=len, reverse=True))
_IS_LATEX: Final = re.compile(
    rf"""
    \\["'`^~=.]\{{?\\?[A-Za-z] | \\[uvHcdbrk]\{{[A-Za-z]        # an accent
    | \\[%&_#$]                                             # a sign that means something to TeX
    | \$[^$\s][^$]*[\\^_<>][^$]*\$ | \$\s*[<>]\s*\$           # a formula, and no two prices
    | \\(?:{_MACROS})(?![A-Za-z]) | \\(?:emph|text\w\w|mathrm|ce|ch)\{{ | \{{\\(?:em|it|bf|sc|rm)\s
    """,
    re.VERBOSE,
)
# Braces around words, which keep their capitals in BibTeX; not around what is listed in a set.
_PROTECTED: Final = re.compile(r"\{([^\W\d][^{},;|]*)\}")


# A sign as HTML writes it, which no TeX knows.
_ENTITY: Final = re.compile(r"(?<!\\)&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
# A formula and an amount, as chemists and physicists write them.
_CHEMICAL: Final = re.compile(r"\\(?:ce|ch)\s*\{([^{}]*)\}")
_QUANTITY: Final = re.compile(
    r"\\(?:SI|qty)\s*\{([^{}]*)\}\s*\{([^{}\\]*)\}|\\(?:num|si|unit)\s*\{([^{}\\]*)\}"
)
_QUOTED: Final = re.compile(r"(?<!\w)`([^`']{1,200})'(?!\w)")


def _lowered(digits: re.Match[str]) -> str:
    return f"<sub>{digits[0]}</sub>"


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    own = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _SIGNS.items() if name != "i"]
    context.add_context_category("causeway", macros=own, prepend=True)
    context.set_unknown_macro_spec(
        MacroTextSpec("", simplify_repl=lambda node: f"{node.latex_verbatim().rstrip()} ")
    )
    return LatexNodes2Text(latex_context=context, keep_comments=True, math_mode="text")
