"""The answer to a knowledge request as a feed: Atom, and the same in JSON as MedlinePlus Connect has it."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.utils.html import format_html

from wiki.screens.infobutton.response import KnowledgeAnswer, KnowledgeEntry
from wiki.text.characters import for_xml
from wiki.text.days import today_begins
from wiki.text.slugs import slug_of

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}lang"
NAME: Final = "Causeway"


def feed_of(found: KnowledgeAnswer, told: Mapping[str, str], words: str) -> dict[str, Any]:
    """Return the feed: `told` are the parameters that it repeats, `words` what was asked for in words."""
    entries = found.entries
    missing = f". Nothing on {found.nothing_on} yet" if found.unanswered else ""
    subtitle = (
        f"On {words}{missing}" if entries else f"Nothing on {words} yet" if words else "Nothing was asked for"
    )
    newest = max((one.page.publication.since for one in entries), default=today_begins())
    return {
        "lang": "en",
        "title": _text(NAME),
        "subtitle": _text(subtitle),
        "author": {"name": {"_value": NAME}, "uri": {"_value": settings.SITE_URL}},
        "rights": _text("CC BY-SA 4.0"),
        "updated": {"_value": newest.isoformat()},
        "category": [{"scheme": name, "term": value} for name, value in told.items()],
        "id": {"_value": _tag(f"infobutton/{slug_of(words)}")},
        "entry": [_entry(one) for one in entries],
    }


def _entry(one: KnowledgeEntry) -> dict[str, Any]:
    page = one.page
    summary = format_html("<p>{}</p><p>{}.</p>", page.lead, page.standing.sentence)
    return {
        "lang": "en",
        "title": _text(page.title),
        "link": [{"href": one.whole_address, "rel": "alternate", "type": "text/html", "title": page.title}],
        "id": {"_value": _tag(f"page/{page.page_id}")},
        "category": [{"scheme": "match", "term": one.fit.name.lower()}],
        "summary": {"type": "html", "_value": str(summary)},
        "updated": {"_value": page.publication.since.isoformat()},
    }


def _text(words: str) -> dict[str, str]:
    return {"type": "text", "_value": words}


def _tag(specific: str) -> str:
    """Return a globally unique id (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{specific}"


def atom_of(feed: dict[str, Any]) -> bytes:
    """Return a feed as Atom (RFC 4287)."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM})
    _write(root, feed)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _write(parent: ElementTree.Element, members: dict[str, Any]) -> None:
    """Write members: a list as one element each, `_value` as the text, other texts as attributes."""
    for name, value in members.items():
        if name == "_value":
            parent.text = for_xml(value)
        elif name == "lang":
            parent.set(_XML, value)
        elif isinstance(value, str):
            parent.set(name, for_xml(value))
        else:
            for one in value if isinstance(value, list) else [value]:
                _write(ElementTree.SubElement(parent, name), one)
