"""A knowledge request of HL7's infobutton as it arrives in an address, made clean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from wiki.domain.infobutton import headings_of_task, headings_of_topic
from wiki.text.search.typed import typed_line


class ResponseType(StrEnum):
    """The forms of an answer."""

    HTML = "text/html"
    ATOM = "application/atom+xml"
    JSON = "application/json"
    # JSON as the argument of a function of the page that asks, for pages from before CORS.
    JSONP = "application/javascript"


PATIENT: Final = "PAT"
_TYPES: Final = {
    **dict.fromkeys(("text/html", "application/xhtml+xml", "html"), ResponseType.HTML),
    **dict.fromkeys(
        ("application/atom+xml", "text/xml", "application/xml", "atom", "xml"), ResponseType.ATOM
    ),
    **dict.fromkeys(("application/json", "text/json", "json"), ResponseType.JSON),
    **dict.fromkeys(("application/javascript", "text/javascript", "jsonp"), ResponseType.JSONP),
}
# The name of a function in JavaScript, with what it belongs to; nothing else may stand before the bracket.
_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
LONGEST_CALLBACK: Final = 100
# HL7's abbreviations of the parts of a code: with nothing before them they mean the main criterion.
_SHORT: Final = ("c", "cs", "csn", "dn", "ot")
_MAIN: Final = "mainsearchcriteria.v."


@dataclass(frozen=True)
class KnowledgeRequest:
    """What is asked: a code with its system, or words for it; of what; for whom; in which form."""

    code: str = ""
    system: str = ""
    name: str = ""
    topic: str = ""
    topic_name: str = ""
    task: str = ""
    recipient: str = ""
    language: str = ""
    response_type: ResponseType | None = None
    # The function that JSON is given to, "" for none.
    callback: str = ""
    # The parameters that an answer repeats, by their names.
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Return whether it asks for anything."""
        return bool(self.code or self.name)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings to begin with, the best first; a patient begins with the plain summary."""
        by_topic = headings_of_topic(self.topic, self.topic_name)
        return by_topic or (() if self.recipient == PATIENT else headings_of_task(self.task))

    @property
    def searched_for(self) -> str:
        """Return the words to search for; a code too where nobody says of which system it is."""
        return self.name or (self.code if not self.system else "")

    @property
    def words(self) -> str:
        """Return what was asked for, in words."""
        return self.name or " ".join(filter(None, (self.system, self.code)))


_TOLD: Final = (
    *("taskContext.c.c", "subTopic.v.c", "subTopic.v.cs", "subTopic.v.dn"),
    *("mainSearchCriteria.v.c", "mainSearchCriteria.v.cs", "mainSearchCriteria.v.dn"),
    *("informationRecipient", "informationRecipient.languageCode.c"),
)


def read_request(parameters: Iterable[tuple[str, str]]) -> KnowledgeRequest:
    """Return the request that the parameters of an address make; of one given twice the first counts."""
    given: dict[str, str] = {}
    for name, value in parameters:
        if line := typed_line(value):
            given.setdefault(_usual_name(name), line)

    def part(name: str) -> str:
        return given.get(name.lower(), "")

    return KnowledgeRequest(
        code=part("mainSearchCriteria.v.c"),
        system=part("mainSearchCriteria.v.cs") or part("mainSearchCriteria.v.csn"),
        name=part("mainSearchCriteria.v.dn") or part("mainSearchCriteria.v.ot"),
        topic=part("subTopic.v.c"),
        topic_name=part("subTopic.v.dn") or part("subTopic.v.ot"),
        task=part("taskContext.c.c"),
        recipient=part("informationRecipient").upper(),
        language=part("informationRecipient.languageCode.c"),
        response_type=_TYPES.get(part("knowledgeResponseType").partition(";")[0].strip().lower()),
        callback=_callback_in(part("callback")),
        told={name: value for name in _TOLD if (value := part(name))},
    )


def _callback_in(name: str) -> str:
    """Return the name of a function; "" for what is none."""
    return name if len(name) <= LONGEST_CALLBACK and _CALLBACK.fullmatch(name) else ""


def _usual_name(name: str) -> str:
    """Return a parameter's name in small letters: of the first of several, by its present name."""
    small = re.sub(r"1$", "", name.strip().lower())
    if small in _SHORT:
        return f"{_MAIN}{small}"
    return re.sub(r"^(mainsearchcriteria|subtopic)\.c\.", r"\1.v.", small)
