"""Rules about wording: doses, shorthand, orders to a reader, patient identifiers."""

from collections.abc import Callable, Iterable, Iterator

from wiki.policy.checks.subject import Finding, Findings, ReaderText, each
from wiki.text.changes.read_texts import ReadText
from wiki.text.language import wording
from wiki.text.language.phi import looks_personal
from wiki.text.normal_form import normal
from wiki.text.quantities.doses import quantities_of, quantities_of_text
from wiki.text.quantities.extract import Quantity, quantities


def no_dose(found: Findings) -> Iterator[Finding]:
    """Find amounts to take, and how often or how long they are taken."""
    told = set()
    for said, some in _quantities(found):
        for words in dict.fromkeys(one.text for one in some if one.is_dose):
            told.add(normal(words))
            yield found.in_words(said, f"This looks like a dose: “{words}”", words)
    # Titles, names and link titles too: the check reports every dose for which a signature is required.
    for text in found.texts:
        for one in quantities(text.words, text.heads):
            if one.is_dose and normal(one.text) not in told:
                told.add(normal(one.text))
                yield Finding(f"This looks like a dose: “{one.text}”", _field(text), one.text)


def _field(text: ReadText) -> str:
    return {"title": "title", "name": "aliases", "summary": "summary"}.get(text.place[0], "body")


def no_trailing_zero(found: Findings) -> Iterator[Finding]:
    """Find doses with a trailing zero, such as 5.0 mg."""
    for said, words in _each(found, wording.trailing_zeros):
        yield found.in_words(said, f"“{words}” can be read ten times too high", words)


def no_naked_decimal(found: Findings) -> Iterator[Finding]:
    """Find amounts that begin with a decimal point."""
    for said, words in _each(found, wording.naked_decimals):
        yield found.in_words(said, f"“{words}” can be read without its point: write 0{words}", words)


def units_in_full(found: Findings) -> Iterator[Finding]:
    """Find abbreviated units that are easily misread."""
    for said, words in _each(found, wording.short_units):
        yield found.in_words(said, f"“{words}” has a unit that is easily misread", words)


def long_numbers_parted(found: Findings) -> Iterator[Finding]:
    """Find large numbers without separators."""
    for said, words in _each(found, wording.long_numbers):
        yield found.in_words(said, f"“{words}” is hard to read without a comma", words)


def no_latin_shorthand(found: Findings) -> Iterator[Finding]:
    """Find Latin prescription shorthand."""
    for said, some in _quantities(found):
        for words in dict.fromkeys(wording.latin_shorthand(said.words, some)):
            yield found.in_words(said, f"Most readers do not know “{words}”, and it is easily misread", words)


def _quantities(found: Findings) -> Iterator[tuple[ReaderText, tuple[Quantity, ...]]]:
    """Yield the texts that readers see with their quantities, as the signature rules find them."""
    for one in found.reader_texts:
        yield one, quantities_of(one.passage) if one.passage else quantities_of_text(one.words)


def _each(
    found: Findings, find: Callable[[Iterable[Quantity]], Iterable[str]]
) -> Iterator[tuple[ReaderText, str]]:
    for said, some in _quantities(found):
        for words in dict.fromkeys(find(some)):
            yield said, words


def nobody_ordered(found: Findings) -> Iterator[Finding]:
    """Find sentences that tell the reader what to do. Boxes of urgent advice may."""
    said = [one for one in found.reader_texts if not (one.passage and one.passage.boxed)]
    for one, words in each(said, wording.orders):
        yield found.in_words(one, f"This speaks to one reader: “{words}”", words)


def nobody_identified(found: Findings) -> Iterator[Finding]:
    """Find words that could identify a patient."""
    for said, words in each(found.reader_texts, looks_personal):
        yield found.in_words(said, f"This could identify somebody: “{words}”", words)


def reports_answered(found: Findings) -> Iterator[Finding]:
    """Find open reports of readers."""
    if found.reports:
        some = f"{found.reports} report{'s' if found.reports > 1 else ''}"
        yield Finding(f"{some} of readers on this page to be answered", "")


def people_qualified(found: Findings) -> Iterator[Finding]:
    """Find contributors whose profession readers are not shown."""
    for name, profession in found.professions.items():
        if not profession:
            yield Finding(f"No profession is given for {name}", "", name)
