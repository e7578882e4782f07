"""The encoding that a text seems to be in, by its bytes: that in which most letters are common ones."""

import re
from typing import Final

_RUSSIAN: Final = "оеаинтсрвлкмдпуязбгйч"
_WESTERN: Final = "éèêëàâäáãåæçíìîïñóòôöõøúùûüßœÄÖÜÉÅØ°µ²³·±½×–—‘’“”„«»…•€®©™"
_CENTRAL: Final = "ąćęłńóśźżŁŚŻčďěňřšťůýžáéíúőűöü–„”"
# Encoding, its name for people, and the common letters of those who use it.
_CANDIDATES: Final = (
    ("cp1252", "Windows-1252", _WESTERN),
    ("mac_roman", "Mac OS Roman", _WESTERN),
    ("cp850", "DOS (code page 850)", _WESTERN),
    ("cp1250", "Windows-1250 (Central European)", _CENTRAL),
    ("iso8859_2", "ISO 8859-2 (Central European)", _CENTRAL),
    ("cp1254", "Windows-1254 (Turkish)", "ığşçöüİĞŞÇÖÜâ’–“”"),
    ("cp1251", "Windows-1251 (Cyrillic)", _RUSSIAN),
    ("koi8_r", "KOI8-R (Cyrillic)", _RUSSIAN),
    ("iso8859_5", "ISO 8859-5 (Cyrillic)", _RUSSIAN),
    ("cp866", "DOS (code page 866, Cyrillic)", _RUSSIAN),
    ("mac_cyrillic", "Mac OS Cyrillic", _RUSSIAN),
    ("cp1253", "Windows-1253 (Greek)", "αοιετσνηυρπκμλςόίάέήώδγωθ"),
    ("cp1255", "Windows-1255 (Hebrew)", "יוהלארתבשמנםקדחעפ"),
    ("cp1256", "Windows-1256 (Arabic)", "اليمونرتبةعدسفهكقحجى"),
)
# Encodings of two bytes a letter: which letters are the script's own, and the commonest of them.
_OF_TWO_BYTES: Final = (
    ("cp932", "Shift JIS (Japanese)", r"[\u3041-\u30ff]", ""),
    ("euc_jp", "EUC-JP (Japanese)", r"[\u3041-\u30ff]", ""),
    ("gb18030", "GB 18030 (Chinese)", "", "的一是在不了有和人这中大为上个以要时来用生到于出分对成可能病性"),
    ("big5", "Big5 (Chinese)", "", "的一是在不了有和人這中大為上個以要時來用生到於出分對成可能病性"),
    ("cp949", "EUC-KR (Korean)", r"[\uac00-\ud7a3]", "이다는에의을를가은하고지한로서기도"),
)
# A text in which fewer letters than this are common ones is in none of these encodings.
_ENOUGH: Final = 0.3
_QUOTES: Final = frozenset("–—‘“”„«»…•€®©™")
_ESCAPES: Final = {
    b"\x1b$B": "ISO-2022-JP (Japanese)",
    b"\x1b$@": "ISO-2022-JP (Japanese)",
    b"\x1b$)C": "ISO-2022-KR (Korean)",
}
_LETTER_BY_LETTER: Final = frozenset(["cp1252", "mac_roman", "cp850", "cp1250", "iso8859_2", "cp1254"])


def seeming_encoding(data: bytes) -> str:
    """Return the name of the encoding that bytes seem to be in; "" if none is likely."""
    shares = [(_share(data, encoding, common), name) for encoding, name, common in _CANDIDATES]
    shares += [
        (_share_of_two(data, *of), name)
        for of, name in ((one[0:1] + one[2:], one[1]) for one in _OF_TWO_BYTES)
    ]
    share, name = max(shares, key=lambda one: one[0])
    # Latin-1 has control characters where Windows-1252 has quotes and dashes; nobody types those.
    if name == "Windows-1252" and not any(0x80 <= byte < 0xA0 for byte in data):
        name = "Latin-1 (ISO 8859-1)"
    return name if share >= _ENOUGH else ""


def escaped_encoding(data: bytes) -> str:
    """Return the name of an encoding of seven bits that says so itself, or ""."""
    return next((name for escape, name in _ESCAPES.items() if escape in data), "")


def _share(data: bytes, encoding: str, common: str) -> float:
    """Return the share of common letters among those beyond ASCII, read in an encoding of single bytes."""
    text = _decoded(data, encoding)
    foreign = [place for place, sign in enumerate(text) if not sign.isascii()]
    usual = odd = 0
    runs = sum(map(len, re.findall(r"[^\W\d_a-zA-Z]{3,}", text)))
    for place in foreign:
        before, sign, after = text[place - 1 : place], text[place], text[place + 1 : place + 2]
        # Within a word a quotation mark stands for another letter, and a capital for a small one.
        is_quote = sign in _QUOTES and before.isalpha() and after.isalpha()
        usual += sign in common and not is_quote
        odd += is_quote or not sign.isprintable() or (sign.isupper() and before.islower())
    share = (usual - odd) / max(len(foreign), 1)
    # In Latin letters those with accents stand among others.
    return share * 0.3 if encoding in _LETTER_BY_LETTER and 2 * runs > len(foreign) else share


def _share_of_two(data: bytes, encoding: str, script: str, common: str) -> float:
    """Return how likely the letters of a text in an encoding of two bytes are."""
    foreign = [sign for sign in _decoded(data, encoding) if not sign.isascii()]
    own = sum(bool(re.match(script, sign)) for sign in foreign) if script else 0
    if script and not own:
        return 0
    usual = sum(sign in common for sign in foreign)
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in foreign)
    marks = sum(sign in "、。，！？：；（）" for sign in foreign)
    worth = 0.4 * chinese if encoding in ("cp932", "euc_jp") else 0.0 if script else 0.5 * chinese
    by_script = own if not common else 0.6 * own
    return (by_script + worth + 0.5 * usual + 0.8 * marks) / max(len(foreign), 1)


def _decoded(data: bytes, encoding: str) -> str:
    """Return a text in an encoding; "" if it holds what this has not."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""
