"""Marks that readers see as they are typed: those of other systems, and incomplete ones of ours."""

import re
from functools import lru_cache
from typing import Final

_HTML: Final = (
    r"a|abbr|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|"
    r"mark|nowiki|ol|p|pre|ref|references|s|script|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|"
    r"th|thead|tr|tt|u|ul|var|acronym|audio|bdi|button|caption|col|colgroup|dfn|figcaption|figure|form|gallery|includeonly|"
    r"input|label|math|nobr|noinclude|onlyinclude|poem|q|rt|ruby|samp|section|svg|syntaxhighlight|tfoot|time|video|wbr"
)
# Of its signs a text has at least one where the mark stands: most texts have none, and are not searched.
_MARKS: Final = (
    ("<", rf"</?(?:{_HTML})(?:\s+[\w:-]+\s*=\s*[^<>\n]{{0,200}})?\s*/?>", "HTML is shown as it is typed"),
    ("<", r"<!--.*?(?:-->|$)", "This comment is shown to readers as it is typed"),
    ("{", r"\{\{[^{}\n]{1,200}\}\}", "Readers see this template of another wiki as it is typed"),
    ("|", r"\{\||\|\}", "This table of another wiki is shown as it is typed"),
    ("[", r"\[\[[^\[\]\n]{0,200}\]\]", "This link or file of another wiki is shown as it is typed"),
    ("[", r"\[\[(?![^\[\]\n]{0,200}\]\])", "This link has no end; put ]] behind the title"),
    ("]", r"(?m)^[^\[\n]{0,200}\]\]", "This link has no beginning; put [[ before the title"),
    ("@", r"\[@(?![^\[\]\n]{0,320}\])", "This citation has no end; put ] behind the key"),
    ("&", r"&(?:[a-z][a-z0-9]{1,20}|#\d{1,7}|#x[0-9a-f]{1,6});", "HTML is shown as it is typed"),
    ("@", r"\[@[^\[\]:\n]{0,100}\]", "A citation names a key, such as [@pmid:22327515]"),
    (
        "[",
        r"(?<=[a-z.,;)])\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9}\](?![\w(])",
        "This number leads to no reference here; cite the work in its place",
    ),
    ("'", r"'{2,3}(?=\w)[^'\n]{1,200}'{2,3}", "Apostrophes make no emphasis; put stars around the words"),
    (
        "=",
        r"(?m)^={2,6}[^=\n]{1,200}={2,6}\s*$|^=[ \t][^=\n]{1,200}[ \t]=\s*$",
        "A heading begins with ## here",
    ),
    ("]", r"\]\([^)\s]{1,300}(?:\s\"[^\"]{0,100}\")?\)", "This link leads nowhere that the wiki links to"),
    (
        "]",
        r"\]\((?:https?:|www\.|/)[^()\s]{1,300}[ \t][^()\n\"]{1,300}\)",
        "The address of this link holds a space, so it is no link",
    ),
    (
        "]",
        r"\]\((?:https?:|www\.)[^()\s]{1,300}(?![^()\n]{0,300}\))",
        "This link has no end; put ) behind the address",
    ),
    (
        "]",
        r"(?<=[a-z.])\][ \t]+\((?:https?://|www\.)[^()\s]{1,300}\)",
        "A space stands between ] and (, so this is no link",
    ),
    ("]", r"\]\[[^\]\n]{0,100}\](?!\()", "This link has no address"),
    ("[", r"\[\^[^\n\[\]]{1,100}\]", "There is no note of this name"),
    ("^", r"\^\[[^\[\]\n]{1,300}\]", "A note within the text is shown as it is typed"),
    (
        "@",
        r"\[[^\[\]\n]{0,100}@(?:doi|pmid|pmc|nct|isbn|pii|ref|url):[^\[\]\n]{0,200}\]",
        "A citation holds keys only",
    ),
    (
        "*_",
        r"(?<!\w)\*{2,3}(?=\S)|(?<=\S)\*{2,3}(?!\w)|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)"
        r"|(?<=\w)\*\*(?=\w[^*\n]{0,200}\*\*)|(?<=[a-z])\*\*(?=[a-z])",
        "These marks emphasise nothing",
    ),
    (
        "~",
        r"~~[^~\n]{1,200}~~|(?<![\w~])~(?=[a-z])[^~\n]{1,200}(?<=[a-z.])~(?![\w~])",
        "Nothing is struck out here; readers see the words and the marks",
    ),
    ("=", r"==(?=\S)[^=\n]{1,200}(?<=\S)==", "Nothing is highlighted here; readers see the marks"),
    (
        "~^",
        r"(?<=[\w)])~[\w+-]{1,12}~|(?<=[\w)])\^[\w+−-]{1,12}\^",
        "These marks raise or lower nothing; type ² or ₂",
    ),
    (
        "$\\",
        r"\$\$?(?=\S)[^$\n]*[\\^_{=][^$\n]*(?<=\S)\$\$?|\$\$(?=\S)[^$\n]{1,200}(?<=\S)\$\$"
        r"|(?<![\w:\\])\\[a-z]{2,20}(?![\w\\])\{?",
        "A formula is shown as it is typed",
    ),
    (":", r":{3,}", "This mark of a box is shown as it is typed"),
    ("!", r"(?m)^\[!\w+\]", "This mark of a box is shown as it is typed"),
    (
        "{",
        r"\{(?P<sign>\+\+|--|~~|>>)(?=\S)[^{}\n]{0,300}(?:(?P=sign)|<<)\}",
        "This mark of a change is shown as it is typed",
    ),
    ("%", r"%%(?=\S)[^%\n]{1,300}(?<=\S)%%", "This comment is shown to readers as it is typed"),
    (
        "[",
        r"\[https?://[^\s\[\]]{1,300}[ \t]+[^\[\]\n]{1,200}\](?!\()",
        "This link of another wiki is shown as it is typed",
    ),
    (
        "!{",
        r"Error! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid)\.?"
        r"|\{\s?(?:HYPERLINK|REF|PAGEREF|NOTEREF|CITATION|ADDIN|MERGEFIELD|SEQ)\s[^{}\n]{0,300}\}?",
        "A field of Word is shown in place of what it stood for",
    ),
    (
        "{",
        r"\{[^{}\n]{2,100},\s(?:19|20)\d\d[a-z]?\s#\d{1,6}[^{}\n]{0,200}\}|\{\s?\|[^{}\n]{2,200}\|z[ug]:[^{}\n]{0,60}\}",
        "This mark of a reference manager cites nothing here",
    ),
    (
        "@",
        r"(?<![\w\[/.@;:-])@[a-z]{2,30}(?:19|20)\d\d[a-z]{0,2}\b",
        "A citation names a key, such as [@pmid:22327515]",
    ),
    (
        "[?",
        r"\[(?:citation|clarification|reference) needed\]|\[(?:source|ref|check)\?\]|\b(?-i:TODO|FIXME)\b",
        "This note to those who write is shown to readers",
    ),
    (
        "|",
        r"(?m)^\s*\|?(?:\s*:?-{3,}:?\s*\|)+|\|\s*:?-+:?\s*\||^\|\s[^|\n]*\|(?:[^|\n]*\|)+\s*$",
        "This line of a table is shown as it is typed",
    ),
    (
        "[",
        r"(?i)\[/?(?:b|i|u|url|img|quote|code|list|size|color)\b[^\]\n]{0,100}\]",
        "This is a mark of another system",
    ),
    ("[", r"(?m)^\[[ xX]\](?=\s)", "A box to tick is shown as it is typed"),
    (
        "{",
        r"\{[#.][\w-]+(?:\s[^{}\n]{0,100})?\}",
        "Names for a heading or a style are shown as they are typed",
    ),
    (
        "[",
        r"(?m)^\*\[[^\[\]\n]{1,60}\]:",
        "An abbreviation is not explained so; readers see this line as it is typed",
    ),
    (
        "@[",
        r"(?<![\w\[/.])@(?:doi|pmid|pmc|nct|isbn|pii|ref):\S+(?![^\[\n]{0,300}\])"
        r"|\[(?:doi|pmid|pmc|nct|isbn):[^\[\]\n]{1,200}\]",
        "A citation stands in square brackets, with @ before the key",
    ),
    (
        "#",
        r"(?m)^#{2,6}(?=[^\s#])|^#(?=[A-Za-z]{2})|^#{7,}",
        "A heading has a space behind its signs, and at most six",
    ),
    (":", r"(?<![\w:]):[a-z][a-z_-]{2,30}:(?![\w:])", "The name of a sign is shown as it is typed"),
    ("+", r"(?<!\{)\+\+(?=\S)[^+\n]{1,200}(?<=\S)\+\+", "Nothing is underlined here; readers see the marks"),
    (
        "",
        r"(?m)\{%[^%\n]{1,200}%\}|\{(?:code|color|quote|noformat|panel)\b[^{}\n]{0,60}\}|^h[1-6]\.\s"
        r"|^\.\.\s[\w-]+::|^!!!\s\w+|(?<!\S)#\+[a-z_]{4,}|^\*{2,6}\s",
        "This is a mark of another system",
    ),
    ("[_", r"\[TOC\]|__TOC__|__NOTOC__", "The contents are made by themselves; readers see this mark"),
)
_PATTERNS: Final = tuple((signs, re.compile(pattern, re.IGNORECASE), said) for signs, pattern, said in _MARKS)


@lru_cache(maxsize=2048)  # the blocks that a change leaves alone are looked at by each act again
def leftover_marks(words: str) -> tuple[tuple[str, str], ...]:
    """Return each mark in the words of a block, and what becomes of it, in a sentence."""
    return tuple(
        (match[0], sentence)
        for signs, pattern, sentence in _PATTERNS
        if not signs or any(sign in words for sign in signs)
        for match in pattern.finditer(words)
    )
