"""Formulas of MathML and of Word on one line: (140 − age)/72, √(h×w/3600), 10⁶, x_i."""

import re
from collections.abc import Callable
from typing import Final
from unicodedata import normalize

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from wiki.text.raised_signs import LOWERABLE, LOWERED, RAISABLE, RAISED

_SIMPLE: Final = re.compile(r"[\w.,%°µ]*|\(.*\)")
_NO_WORDS: Final = ("annotation", "annotation-xml", "m:ctrlpr", "w:rpr", "m:rpr", "m:sty")


def on_one_line(mathml: str) -> str:
    """Return a formula of MathML, or of Word, on one line."""
    return apart(line_of(BeautifulSoup(mathml, "html.parser")))


def line_of(node: Tag) -> str:
    """Return what a node of a formula shows, on one line."""
    name = node.name.lower()
    if name in _NO_WORDS:
        return ""
    if written := _WRITERS.get(name):
        return written(node)
    return "".join(
        line_of(one) if isinstance(one, Tag) else str(one)
        for one in node.children
        if isinstance(one, Tag | NavigableString)
    )


# Around a fraction and a blank that is drawn: a space, where a number or a word stands on both sides.
GAP: Final = "\u2009"
# Operators that nobody sees: times, a comma, a plus, and what applies a function.
_UNSEEN: Final = {"\u2062": "·", "\u2063": ",", "\u2064": GAP, "\u2061": GAP}


def apart(line: str) -> str:
    """Return a formula on its line, in which no two numbers or words have become one."""
    line = re.sub(r"(?<=\d)[\u2062\u2063](?=\d)", lambda sign: _UNSEEN[sign[0]], line)
    line = re.sub(r"[\u2061\u2064]", lambda sign: _UNSEEN[sign[0]], line)
    line = re.sub(rf"(?<=\w){GAP}+(?=[\w√∛∜])", " ", re.sub("[\u2062\u2063]", "", line))
    return " ".join(line.replace(GAP, "").split())


def _parts(node: Tag, *names: str) -> list[str]:
    """Return the parts of a node: by name, as Word writes them, else in their order."""
    children = [one for one in node.children if isinstance(one, Tag)]
    if not names[0].startswith("m:"):
        return [line_of(one) for one in children]
    by_name = {one.name.lower(): line_of(one) for one in children}
    return [by_name.get(name, "") for name in names]


def _grouped(text: str) -> str:
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _with_parts(*names: str) -> Callable[[Callable[..., str]], Callable[[Tag], str]]:
    def with_parts(write: Callable[..., str]) -> Callable[[Tag], str]:
        def written(node: Tag) -> str:
            parts = _parts(node, *names)
            return write(*(*parts, *[""] * len(names))[: len(names)])

        return written

    return with_parts


def fraction(above: str, below: str) -> str:
    """Return a fraction; it touches no number beside it: 1 1/2 tablets are not 11/2."""
    return f"{GAP}{_grouped(above)}/{_grouped(below)}{GAP}"


def _stacked(node: Tag, is_fraction: bool, *names: str) -> str:
    """Return a fraction, or, without a line in it, the two rows of a binomial."""
    above, below = _parts(node, *names)[:2]
    return fraction(above, below) if is_fraction else f"{above}; {below}"


def _fraction_of_word(node: Tag) -> str:
    return _stacked(node, _valued(node, "m:type", "bar").lower() != "nobar", "m:num", "m:den")


def _fraction_of_web(node: Tag) -> str:
    thickness = str(node.get("linethickness") or "1")
    return _stacked(node, re.fullmatch(r"0+(?:\.0*)?\D*", thickness) is None, "0", "1")


def _multiscripts(node: Tag) -> str:
    """Return a letter with what is lowered and raised before and behind it: ₆¹⁴C."""
    base, *scripts = [one for one in node.children if isinstance(one, Tag)]
    names = [one.name.lower() for one in scripts]
    at = names.index("mprescripts") if "mprescripts" in names else len(names)
    lines = [line_of(one) for one in scripts]
    before, behind = (
        "".join(power_and_index("", *pair) for pair in zip(part[::2], part[1::2], strict=False))
        for part in (lines[at + 1 :], lines[:at])
    )
    return f"{before}{line_of(base)}{behind}"


def _phantom(node: Tag) -> str:
    """Return the blank that stands for signs that nobody sees; Word may show them."""
    is_shown = node.name.lower() == "m:phant" and _valued(node, "m:show", "1") not in ("0", "off", "false")
    return _parts(node, "m:e")[0] if is_shown else GAP


def _power(base: str, above: str) -> str:
    above = above.strip()
    if re.fullmatch(RAISABLE, above):
        return f"{base}{above.translate(RAISED)}"
    if re.fullmatch(r"[*†‡′″°∘]+", above):  # no power: T2*, 37°
        return f"{base}{above.replace('∘', '°')}"
    return f"{base}^{_grouped(above)}" if above else base


def _index(base: str, below: str) -> str:
    below = below.strip()
    if re.fullmatch(LOWERABLE, below):
        return f"{base}{below.translate(LOWERED)}"
    return f"{base}_{_grouped(below)}" if below else base


def power_and_index(base: str, below: str, above: str) -> str:
    return _power(_index(base, below), above)


def root(inner: str, degree: str) -> str:
    sign = {"3": "∛", "4": "∜"}.get(degree.strip(), f"{degree.strip().translate(RAISED)}√")
    return f"{sign}{_grouped(inner)}"


# What stands over a letter, as a sign of its own, and as the mark that joins the letter before it.
OVER: Final = {
    **dict.fromkeys("¯ˉ‾\u0304\u0305", "\u0304"),
    **dict.fromkeys("^ˆ\u0302", "\u0302"),
    **dict.fromkeys("~˜\u0303", "\u0303"),
    **dict.fromkeys("˙\u0307", "\u0307"),
    **dict.fromkeys("¨\u0308", "\u0308"),
    **dict.fromkeys("ˇ\u030c", "\u030c"),
    **dict.fromkeys("˘\u0306", "\u0306"),
    **dict.fromkeys("´ˊ\u0301", "\u0301"),
    **dict.fromkeys("`ˋ\u0300", "\u0300"),
    **dict.fromkeys("˚\u030a", "\u030a"),
    **dict.fromkeys("→\u20d7", "\u20d7"),
    "\u0332": "\u0332",
}


def accented(base: str, sign: str) -> str:
    """Return the letters of `base`, each with the mark that stands over them; `sign` is a key of `OVER`."""
    mark = OVER[sign]
    return normalize("NFC", "".join(f"{one}{mark}" if one.isalnum() else one for one in base.strip()))


def _over(base: str, above: str) -> str:
    return accented(base, above.strip()) if above.strip() in OVER else _power(base, above)


def _accent(node: Tag) -> str:
    """Return letters with a mark over them, as Word has it: a hat where it names no other."""
    sign = _valued(node, "m:chr", "\u0302")
    base = _parts(node, "m:e")[0]
    return accented(base, sign) if sign in OVER else _power(base, sign)


def _bar(node: Tag) -> str:
    sign = "\u0304" if _valued(node, "m:pos", "bot") == "top" else "\u0332"
    return accented(_parts(node, "m:e")[0], sign)


def _limits(sign: str, below: str, above: str, inner: str) -> str:
    return f"{power_and_index(sign, below, above)} {inner}"


def _valued(node: Tag, name: str, usual: str) -> str:
    """Return a property that Word sets on a part of a formula."""
    found = node.find(name)
    return str(found.get("m:val", usual)) if isinstance(found, Tag) else usual


def _nary(node: Tag) -> str:
    parts = _parts(node, "m:sub", "m:sup", "m:e")
    return _limits(_valued(node, "m:chr", "∫"), *parts)


def _delimited(node: Tag) -> str:
    inner = [line_of(one) for one in node.children if isinstance(one, Tag) and one.name.lower() == "m:e"]
    between = _valued(node, "m:sepchr", "|")
    return f"{_valued(node, 'm:begchr', '(')}{between.join(inner)}{_valued(node, 'm:endchr', ')')}"


def _fenced(node: Tag) -> str:
    inner = ",".join(line_of(one) for one in node.children if isinstance(one, Tag))
    return f"{node.get('open', '(')}{inner}{node.get('close', ')')}"


def _enclosed(node: Tag) -> str:
    """Return what is struck out as such, so that nobody takes it; what is only framed stands apart."""
    inner = "".join(line_of(one) if isinstance(one, Tag) else str(one) for one in node.children).strip()
    strikes = node.find(("m:strikeh", "m:strikev", "m:strikebltr", "m:striketlbr"))
    if inner and ("strike" in str(node.get("notation") or "") or strikes):
        return f" [struck out: {inner}] "
    return f"{GAP}{inner}{GAP}"


def _rows(node: Tag) -> str:
    names = ("m:mr", "mtr", "m:e")
    rows = [one for one in node.children if isinstance(one, Tag) and one.name.lower() in names]
    return "; ".join(
        ", ".join(line_of(one) for one in row.children if isinstance(one, Tag))
        if row.name != "m:e"
        else line_of(row)
        for row in rows
    )


_WRITERS: Final[dict[str, Callable[[Tag], str]]] = {
    "m:f": _fraction_of_word,
    "mfrac": _fraction_of_web,
    "mmultiscripts": _multiscripts,
    "mphantom": _phantom,
    "m:phant": _phantom,
    "mspace": lambda node: "" if str(node.get("width") or "").startswith("-") else GAP,
    "m:ssup": _with_parts("m:e", "m:sup")(_power),
    "msup": _with_parts("0", "1")(_power),
    "mover": _with_parts("0", "1")(_over),
    "m:acc": _accent,
    "m:bar": _bar,
    "m:ssub": _with_parts("m:e", "m:sub")(_index),
    "msub": _with_parts("0", "1")(_index),
    "munder": _with_parts("0", "1")(_index),
    "m:limlow": _with_parts("m:e", "m:lim")(_index),
    "m:limupp": _with_parts("m:e", "m:lim")(_power),
    "m:ssubsup": _with_parts("m:e", "m:sub", "m:sup")(power_and_index),
    "msubsup": _with_parts("0", "1", "2")(power_and_index),
    "msupsub": _with_parts("0", "1", "2")(lambda base, above, below: power_and_index(base, below, above)),
    "munderover": _with_parts("0", "1", "2")(power_and_index),
    "m:spre": _with_parts("m:e", "m:sub", "m:sup")(
        lambda base, below, above: f"{power_and_index('', below, above)}{base}"
    ),
    "m:rad": _with_parts("m:e", "m:deg")(root),
    "mroot": _with_parts("0", "1")(root),
    "msqrt": lambda node: root("".join(_parts(node, "0")), ""),
    "m:func": _with_parts("m:fname", "m:e")(lambda name, inner: f"{name} {inner}"),
    "m:nary": _nary,
    "menclose": _enclosed,
    "m:borderbox": _enclosed,
    "m:d": _delimited,
    "mfenced": _fenced,
    "m:m": _rows,
    "m:eqarr": _rows,
    "mtable": _rows,
}
