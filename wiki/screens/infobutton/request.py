"""A knowledge request of HL7's infobutton as it arrives in an address, made clean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from wiki.domain.codes import CODE_SYSTEMS, systems_named, with_its_system
from wiki.domain.infobutton import bare_name, headings_of_task, headings_of_topic, other_system
from wiki.text.search.typed import typed_line


class ResponseType(StrEnum):
    """The forms of an answer."""

    HTML = "text/html"
    ATOM = "application/atom+xml"
    JSON = "application/json"
    # JSON as the argument of a function of the page that asks, for pages from before CORS.
    JSONP = "application/javascript"


PATIENT: Final = "PAT"
# So many subjects are looked up for one request.
MOST_SUBJECTS: Final = 5
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
class Criterion:
    """One subject that is asked for: a code with its system, or words for it."""

    code: str = ""
    system: str = ""
    name: str = ""

    @property
    def searched_for(self) -> str:
        """Return the words to search for; a code too where nobody says of which system it is."""
        return self.bare_name or (self.code if not self.system else "")

    @property
    def bare_name(self) -> str:
        """Return the name without what lists of codes and of drugs add to it."""
        return bare_name(self.name)

    @property
    def meant(self) -> dict[str, str]:
        """Return the code in its usual form, by the id of each system that may be meant."""
        return {one.id: one.usual_form(self.code) for one in systems_named(self.system)} if self.code else {}

    @property
    def in_full(self) -> str:
        """Return the code behind the name of its system; "" for what is no code of a known system."""
        codes = ((CODE_SYSTEMS[system], code) for system, code in self.meant.items())
        return next((f"{system.label} {code}" for system, code in codes if system.accepts(code)), "")

    @property
    def words(self) -> str:
        """Return what is asked for, in words."""
        return self.name or self.in_full or " ".join(filter(None, (self._called, self.code)))

    @property
    def _called(self) -> str:
        """Return what people call its system."""
        return next((one.label for one in systems_named(self.system)), other_system(self.system))


@dataclass(frozen=True)
class KnowledgeRequest:
    """What is asked: about which subjects; what of them; for whom; in which form."""

    criteria: tuple[Criterion, ...] = ()
    topic: str = ""
    topic_name: str = ""
    task: str = ""
    recipient: str = ""
    language: str = ""
    response_type: ResponseType | None = None
    # The function that JSON is given to, "" for none.
    callback: str = ""
    # The parameters that an answer repeats, by their names.
    echoed: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Return whether it asks for anything."""
        return bool(self.criteria)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings to begin with, the best first; a patient begins with the plain summary."""
        by_topic = headings_of_topic(self.topic, self.topic_name)
        return by_topic or (() if self.recipient == PATIENT else headings_of_task(self.task))

    @property
    def name(self) -> str:
        """Return the first name that was given, "" for none."""
        return next((one.name for one in self.criteria if one.name), "")

    @property
    def words(self) -> str:
        """Return what was asked for, in words."""
        return ", ".join(dict.fromkeys(one.words for one in self.criteria))


# The parts of each subject, by its number and which one of that number it is.
type Subjects = dict[tuple[int, int], dict[str, str]]

_ECHOED: Final = (
    *("taskContext.c.c", "subTopic.v.c", "subTopic.v.cs", "subTopic.v.dn"),
    *("informationRecipient", "informationRecipient.languageCode.c"),
)
_ECHOED_OF_SUBJECTS: Final = ("c", "cs", "dn")


def read_request(parameters: Iterable[tuple[str, str]]) -> KnowledgeRequest:
    """Return the request that the parameters of an address make.

    Subjects are told apart by the number behind a parameter, or by its coming again. Of anything else that is
    given twice the first counts.
    """
    given: dict[str, str] = {}
    subjects: Subjects = {}
    for name, value in parameters:
        usual, number = _usual_name(name)
        if not (line := typed_line(value)):
            continue
        if usual.startswith(_MAIN):
            _put(subjects, number, usual.removeprefix(_MAIN), line)
        else:
            given.setdefault(usual, line)

    def part(name: str) -> str:
        return given.get(name.lower(), "")

    told = {name: value for name in _ECHOED if (value := part(name))}
    kept = _in_order(subjects)[:MOST_SUBJECTS]
    for place, parts in enumerate(kept, 1):
        names = (name for name in _ECHOED_OF_SUBJECTS if name in parts)
        told |= {f"mainSearchCriteria.v.{name}{place if place > 1 else ''}": parts[name] for name in names}
    criteria = map(_criterion, kept)
    return KnowledgeRequest(
        criteria=tuple(one for one in criteria if one.code or one.name),
        topic=part("subTopic.v.c"),
        topic_name=part("subTopic.v.dn") or part("subTopic.v.ot"),
        task=part("taskContext.c.c"),
        recipient=part("informationRecipient").upper(),
        language=part("informationRecipient.languageCode.c"),
        response_type=_response_type(part("knowledgeResponseType")),
        callback=_callback_in(part("callback")),
        echoed=told,
    )


def _response_type(said: str) -> ResponseType | None:
    """Return the form of an answer that is asked for; None for none that is known.

    A plus that a program leaves as it is in an address arrives as a blank: "application/atom xml".
    """
    return _TYPES.get(said.partition(";")[0].strip().lower().replace(" ", "+"))


def _put(subjects: Subjects, number: int, name: str, line: str) -> None:
    """Keep a part of the subject with a number: of its first one that has none yet."""
    for time in range(MOST_SUBJECTS):
        if name not in (parts := subjects.setdefault((number, time), {})):
            parts[name] = line
            return


def _in_order(subjects: Subjects) -> list[dict[str, str]]:
    """Return the subjects by their numbers; the parts without one and those of the first are of one subject,
    as long as none is told twice.
    """
    bare, first = subjects.get((0, 0), {}), subjects.get((1, 0), {})
    if bare and first and bare.keys().isdisjoint(first):
        subjects = {key: parts for key, parts in subjects.items() if key != (1, 0)} | {(0, 0): bare | first}
    return [subjects[key] for key in sorted(subjects)]


def _criterion(parts: Mapping[str, str]) -> Criterion:
    code, system = parts.get("c", ""), parts.get("cs", "") or parts.get("csn", "")
    if code and not system:
        system, code = with_its_system(code)
    return Criterion(code, system, parts.get("dn", "") or parts.get("ot", ""))


def _callback_in(name: str) -> str:
    """Return the name of a function; "" for what is none."""
    return name if len(name) <= LONGEST_CALLBACK and _CALLBACK.fullmatch(name) else ""


def _usual_name(name: str) -> tuple[str, int]:
    """Return a parameter's present name in small letters, and the number behind it, 0 for none."""
    small = name.strip().lower()
    number = re.search(r"[0-9]{0,3}$", small)
    bare = small[: number.start()] if number else small
    if bare in _SHORT:
        bare = f"{_MAIN}{bare}"
    return re.sub(r"^(mainsearchcriteria|subtopic)\.c\.", r"\1.v.", bare), int((number and number[0]) or 0)
