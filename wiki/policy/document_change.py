"""The difference between two documents, in the form that the signature rules read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from wiki.domain.kinds import Trait, is_one_of
from wiki.domain.statement_fields import DETAIL_FIELDS, TEXT_FIELDS
from wiki.text.changes.harmless import Trifle, shown_harmless
from wiki.text.changes.read_texts import ReadText, TextLink, line_text, texts_of
from wiki.text.changes.text_changes import TextChange, text_changes
from wiki.text.compare.diff import RowChange, rows
from wiki.text.document import Document, Row
from wiki.text.language.danger import (
    complaints_of,
    explains_a_complaint,
    names_a_sign,
    signs_of,
    weighs_danger,
)
from wiki.text.language.directives import Directive, directive_of
from wiki.text.language.facts import (
    Fact,
    FactKind,
    advises,
    facts_in,
    is_inheritance_heading,
    is_treatment_heading,
    speaks_of_inheritance,
    speaks_of_treatment,
)
from wiki.text.language.plain_facts import is_plain_fact
from wiki.text.language.seeking_help import sends_to_help
from wiki.text.markdown.passages import passages_of
from wiki.text.normal_form import normal
from wiki.text.quantities.doses import DosedPassage, dosed_passages, doses_of
from wiki.text.sentences import sentences

# Texts that are no sentences: what a page is called. Most names are in no list of words.
_NAMES: Final = frozenset({"title", "name"})
_PROSE: Final = frozenset(one.name for one in TEXT_FIELDS if not one.is_detail)
# The kinds of fact whose changes have a signature rule of their own.
_NAMED_FACTS: Final = frozenset(FactKind) - {FactKind.TREATMENT}

# Where one of these changes beside advice, it is other advice: "stop it slowly", "stop it at once".
_TURNING: Final = frozenset({FactKind.NEGATION, FactKind.CERTAINTY, FactKind.FREQUENCY})
# A fact of these kinds is what its sentence is about: any other word there may turn it round.
_OF_SENTENCES: Final = frozenset(
    {FactKind.PREGNANCY, FactKind.CONTRAINDICATION, FactKind.INTERACTION, FactKind.ROUTE}
)


@dataclass(frozen=True)
class KnownPages:
    """What the wiki knows about the pages and pictures that a document names.

    `kinds` are the other pages' kinds by their ids, `remedies` the names of drugs and treatments in normal
    form, `patients` the pictures that show a patient, `called` what linked pages are called, by the title
    under which they are linked.
    """

    kinds: Mapping[int, str] = field(default_factory=dict)
    remedies: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """The difference between two documents; `impact` is what its author says it means for a patient."""

    before: Document | None
    after: Document
    known: KnownPages = field(default_factory=KnownPages)
    impact: str = ""

    @cached_property
    def own_kinds(self) -> frozenset[str]:
        """Return the page's kind, before and after."""
        return frozenset(one.kind for one in (self.before, self.after) if one)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names of drugs and treatments; if the page is about one, its own names too."""
        own = (one for one in (self.before, self.after) if one and is_one_of(one.kind, (Trait.REMEDY,)))
        said = {normal(name) for one in own for name in (one.title, *one.aliases)}
        return self.known.remedies | {name for name in said if name}

    @cached_property
    def texts(self) -> tuple[TextChange, ...]:
        """Return the texts that differ."""
        return text_changes(self.before, self.after, names=self.names, called=self.known.called)

    @cached_property
    def grave(self) -> tuple[TextChange, ...]:
        """Return the changed texts that are not shown to be harmless."""
        return tuple(one for one in self.texts if not one.trifles)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the statements that were added, removed or changed: as they were and as they would be."""
        return tuple(
            row for one in self._changed_rows if not _is_trifle(one) for row in (one.old, one.new) if row
        )

    @cached_property
    def _changed_rows(self) -> list[RowChange]:
        before = self.before.statements if self.before else ()
        return [one for one in rows(before, self.after.statements) if one.change != "same"]

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return what is touched, as the names that the rules use."""
        found = {*self._parts_of_fields(), *self._parts_of_texts(), *self._parts_of_rows()}
        if self.impact:
            found.add(f"said {self.impact}")
        return frozenset(found)

    @cached_property
    def is_trifle(self) -> bool:
        """Return whether every difference is shown to be harmless."""
        return not self.parts - {"trifle", "said none", "said wording"}

    def _parts_of_fields(self) -> Iterator[str]:
        if self.before is None:
            yield "new"
            return
        for name in ("title", "kind", "aliases", "codes", "retirement"):
            if getattr(self.before, name) != getattr(self.after, name):
                yield name
        if self._has_a_new_name(self.before):
            yield "new name"

    def _has_a_new_name(self, before: Document) -> bool:
        """Return whether the page, but for spelling, gets a title or another name that it never had."""
        is_grave = any(text.place[0] in _NAMES for one in self.grave for text in one.texts)
        known = {*map(normal, (before.title, *before.aliases))}
        return is_grave and not known.issuperset(map(normal, (self.after.title, *self.after.aliases)))

    def _parts_of_rows(self) -> Iterator[str]:
        changed = self._changed_rows
        if any(_is_trifle(one) for one in changed):
            yield "trifle"
        yield from self._parts_of_details()
        notes = [line_text(text, "note") for row in self.rows for text in row.texts.values()]
        for one in notes:
            if any(fact.kind == FactKind.DOSE for fact in self._facts(one)):
                yield "dose"
        if any(speaks_of_treatment(self._facts(one)) for one in notes):
            yield "treatment"
        yield from self._parts_of_the_unknown([said for one in notes for said in sentences(one.words)])
        for sentence in (sentence for one in notes for sentence in sentences(one.words)):
            yield from _parts_of_directive(sentence)
            yield from self._parts_of_danger(sentence)
        yield from self._parts_of_facts(fact for one in notes for fact in self._facts(one))
        if self.rows:
            yield "statement"
        elif self.before and self._is_reordered(changed):
            yield "unrecognised"

    def _is_reordered(self, changed: Sequence[RowChange]) -> bool:
        """Return whether the statements stand in another order, beside trifles or with nothing changed."""
        before, after = self.before.statements if self.before else (), self.after.statements
        if not changed:
            return before != after
        return [one.key for one in before] != [one.key for one in after]

    def _parts_of_details(self) -> Iterator[str]:
        """Yield what the details of statements that come, go or change are for the rules."""
        for detail in DETAIL_FIELDS:
            for change in self._changed_rows:
                was, now = (getattr(row, detail.name) if row else "" for row in (change.old, change.new))
                if was != now:
                    yield detail.counts_as

    def _parts_of_texts(self) -> Iterator[str]:
        if len(self.grave) < len(self.texts) or (self.before and not self.texts):
            yield "trifle"
        if self._has_dose():
            yield "dose"
        for one in self.grave:
            found = {*self._parts_of_text(one)}
            yield from found or {"unrecognised"}

    def _parts_of_text(self, change: TextChange) -> Iterator[str]:
        facts = change.changed_facts(self.names)
        yield from self._parts_of_facts(facts)
        if any(self._is_on_treatment(one) for one in change.texts):
            yield "treatment"
        if any(one.is_boxed for one in change.texts):
            yield "urgent"
        if any(_is_on_inheritance(one) for one in change.texts):
            yield "fact inheritance"
        if any(one.kind in _TURNING for one in facts) and any(map(self._advises, change.texts)):
            yield "fact advice"
        yield from self._parts_of_sentences(change.changed_sentences)
        if FactKind.NEGATION in {one.kind for one in facts} and any(map(self._is_of_pregnancy, change.texts)):
            yield "fact pregnancy"
        if not any(one.is_boxed for one in change.texts):
            if not any(one.place[0] in _NAMES for one in change.texts):
                yield from self._parts_of_the_unknown(change.changed_sentences)
                yield from self._parts_of_the_unknown(self._as_introduced(change))
            for sentence in change.changed_sentences:
                yield from self._parts_of_danger(sentence)
        yield from self._parts_of_pictures(change)
        yield from _parts_of_links(change)
        for name in change.moved_notes:
            # What a note says is said of other words now.
            for note in self._notes.get(name, ()):
                yield from self._parts_of_text(TextChange(None, note))

    def _as_introduced(self, change: TextChange) -> Iterator[str]:
        """Yield a text that comes, goes or moves with the words that introduce it, as it is read: "Forbidden:
        salt"; one that moves with its heading too.
        """
        if change.old and change.new:
            return
        for text in change.texts:
            yield from text.with_introductions
            if text.headings and text.words in self._moved_words:
                yield f"{text.headings[-1]}: {text.words}"

    @cached_property
    def _moved_words(self) -> frozenset[str]:
        """Return the texts that go from one place and come at another."""
        gone = {one.old.words for one in self.grave if one.old and not one.new}
        return frozenset(gone & {one.new.words for one in self.grave if one.new and not one.old})

    @cached_property
    def _notes(self) -> Mapping[str, Sequence[ReadText]]:
        """Return the texts of the footnotes, before and after, by their names."""
        found: dict[str, list[ReadText]] = {}
        for text in self._all_texts:
            for name in text.within_notes:
                found.setdefault(name, []).append(text)
        return found

    def _parts_of_sentences(self, changed: Sequence[str]) -> Iterator[str]:
        """Yield what the sentences are about that differ by whatever word."""
        for sentence in changed:
            facts = facts_in(sentence, names=self.names)
            yield from self._parts_of_facts(one for one in facts if one.kind in _OF_SENTENCES)
            if advises(sentence):
                yield "fact advice"
            yield from _parts_of_directive(sentence)

    def _parts_of_the_unknown(self, changed: Iterable[str]) -> Iterator[str]:
        """Yield "no plain fact" if a sentence may speak of care: nothing shows what else it is about."""
        if not all(map(self._is_of_something_else, changed)):
            yield "no plain fact"

    def _is_of_something_else(self, sentence: str) -> bool:
        """Return whether a sentence is shown to be a plain fact, or advice for any clinician
        to judge.
        """
        if is_plain_fact(sentence) and directive_of(sentence) != Directive.EVERYDAY:
            return True
        return sends_to_help(sentence)

    def _parts_of_danger(self, sentence: str) -> Iterator[str]:
        """Yield "danger" if a sentence weighs how dangerous something is, or speaks of a warning sign."""
        if (
            weighs_danger(sentence)
            or names_a_sign(sentence, self._signs)
            or explains_a_complaint(sentence, self._complaints)
        ):
            yield "danger"

    def _is_of_pregnancy(self, text: ReadText) -> bool:
        return any(one.kind == FactKind.PREGNANCY for one in self._facts(text))

    @cached_property
    def _signs(self) -> frozenset[frozenset[str]]:
        """Return the signs that the page lists in its urgent advice, before and after."""
        return frozenset(sign for words in self._urgent_advice for sign in signs_of(words))

    @cached_property
    def _complaints(self) -> frozenset[str]:
        """Return the complaints in the urgent advice, without what the page is about."""
        own = {one.title for one in (self.before, self.after) if one}
        found = (complaints_of(words) for words in self._urgent_advice)
        return frozenset().union(*found) - frozenset().union(*map(complaints_of, own))

    @cached_property
    def _urgent_advice(self) -> tuple[str, ...]:
        return tuple(text.words for text in self._all_texts if text.is_boxed)

    @property
    def _all_texts(self) -> Iterator[ReadText]:
        return (text for one in (self.before, self.after) if one for text in texts_of(one))

    def _parts_of_facts(self, facts: Iterable[Fact]) -> Iterator[str]:
        return (f"fact {one.kind}" for one in facts if one.kind in _NAMED_FACTS)

    def _parts_of_pictures(self, change: TextChange) -> Iterator[str]:
        shown = {one.picture for one in change.texts if one.picture}
        if shown:
            yield "picture"
        if shown & self.known.patients:
            yield "patient picture"

    def _is_on_treatment(self, text: ReadText) -> bool:
        return (
            any(is_treatment_heading(title) for title in text.headings)
            or any(map(self._leads_to_a_remedy, text.links))
            or speaks_of_treatment(self._facts(text))
            or any(
                part.startswith((": ", "| ")) and speaks_of_treatment(facts_in(part)) for part in text.place
            )
        )

    def _leads_to_a_remedy(self, link: TextLink) -> bool:
        """Return whether a link leads to the page of a drug or treatment, or its target names a drug."""
        named = facts_in(f"{link.page} {link.address_in_words}", names=self.names)
        return link.page in self.known.remedies or any(one.kind == FactKind.DRUG for one in named)

    def _advises(self, text: ReadText) -> bool:
        return any(one.kind == FactKind.ADVICE for one in self._facts(text))

    def _facts(self, text: ReadText) -> tuple[Fact, ...]:
        return facts_in(text.words, text.heads, self.names)

    def _has_dose(self) -> bool:
        """Return whether a dose is added, removed or moved, or something beside a dose changes."""
        said = (fact for change in self.grave for text in change.texts for fact in self._facts(text))
        if any(fact.kind == FactKind.DOSE for fact in said):
            return True
        if _doses(self.before) != _doses(self.after):
            return True
        return bool(self.grave) and _dosed(self.before) != _dosed(self.after)


def _parts_of_directive(sentence: str) -> Iterator[str]:
    """Yield what a sentence is for the rules if it directs care, or what people do day by day."""
    match directive_of(sentence):
        case Directive.CARE:
            yield "treatment"
        case Directive.EVERYDAY:
            yield "fact advice"


def _is_on_inheritance(text: ReadText) -> bool:
    return speaks_of_inheritance(text.words) or any(map(is_inheritance_heading, text.headings))


def _is_trifle(change: RowChange) -> bool:
    """Return whether only what is prose of a statement differs, and that harmlessly; no detail ever is."""
    if change.old is None or change.new is None or set(change.fields) - _PROSE:
        return False
    before, after = change.old.texts, change.new.texts
    return before.keys() == after.keys() and all(
        before[name] == after[name]
        or shown_harmless(line_text(before[name], name), line_text(after[name], name))
        for name in before
    )


def _parts_of_links(change: TextChange) -> Iterator[str]:
    before, after = (Counter(one.links) if (one := text) else Counter() for text in (change.old, change.new))
    outside = [
        Counter(one.address for one in links.elements() if one.is_outside) for links in (before, after)
    ]
    if outside[0] != outside[1]:
        yield "outside link"
    pages = [{one.target for one in links if not one.is_outside} for links in (before, after)]
    if change.old and change.new and pages[0] - pages[1]:
        yield "link target"
    cited = [
        Counter(one.name for one in text.marks if one.name) if text else Counter()
        for text in (change.old, change.new)
    ]
    if change.old and cited[0] - cited[1]:
        yield "source"


def _doses(document: Document | None) -> Counter[str]:
    """Return the doses of a body by their words, at whatever place."""
    if document is None:
        return Counter()
    return Counter(one.text for passage in passages_of(document.body) for one in doses_of(passage))


def _dosed(document: Document | None) -> Counter[DosedPassage]:
    """Return the passages with a dose; their order within a section does not count."""
    return Counter(dosed_passages(document)) if document else Counter()


__all__ = ["Change", "KnownPages", "Trifle"]
