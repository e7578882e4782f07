"""Rules about the head of a page: title, kind, names, codes, lengths, and whether there is a text."""

from collections import Counter
from collections.abc import Iterator

from wiki.domain.codes import CODE_SYSTEMS, CodeMatch
from wiki.domain.kinds import KINDS
from wiki.domain.statement_values.days import EXAMPLES, day_in
from wiki.policy import reasons
from wiki.policy.checks.subject import LIMITS, Finding, Findings, Namesake
from wiki.text import characters
from wiki.text.confusables import name_skeleton, plain_words, word_skeleton
from wiki.text.days import day_in_words
from wiki.text.markdown.check_marks import MARK
from wiki.text.redaction.passages import holds
from wiki.text.slugs import fold, slug_of


def title_given(found: Findings) -> Iterator[Finding]:
    """Find a missing title."""
    if not found.document.title.strip():
        yield Finding("Give the page a title", "title")
    elif not any(map(str.isalnum, found.document.title)):
        yield Finding("Use at least one letter or digit in the title", "title")


def title_free(found: Findings) -> Iterator[Finding]:
    """Find a title whose address another page has."""
    if found.title_taken:
        slug = slug_of(found.document.title)
        if found.title_owner_is_retired:
            message = f"The page at /wiki/{slug}/ is retired. Bring that page back, or choose another title"
            yield Finding(message, "title", found.document.title)
            return
        owner = found.title_owner
        now = f", now called “{owner}”" if owner and slug_of(owner) != slug else ""
        message = f"There is already a page at /wiki/{slug}/{now}. Edit that page, or choose another title"
        yield Finding(message, "title", found.document.title, slug=slug if owner else "")


def looks_like_another(found: Findings) -> Iterator[Finding]:
    """Find a name that a reader cannot tell from that of another page."""
    for field, name, other in _look_alikes(found):
        if _is_refused(field, name, other):
            yield Finding(f"“{name}” looks like {_named_page(other)}. Choose another name", field, name)


def is_also_anothers(found: Findings) -> Iterator[Finding]:
    """Find a name of the page that is also a name of another page, or nearly so."""
    for field, name, other in _look_alikes(found):
        if not _is_refused(field, name, other):
            same = fold(name) == fold(other.text)
            yield Finding(f"“{name}” {'is' if same else 'reads much like'} {_named_page(other)}", field, name)


def _look_alikes(found: Findings) -> Iterator[tuple[str, str, Namesake]]:
    """Yield (field, name, namesake) of each name of the page that looks like one of another page."""
    document = found.document
    for field, name in (("title", document.title), *(("aliases", one) for one in document.aliases)):
        for other in found.namesakes.get(name_skeleton(name), ()):
            yield field, name, other


def _is_refused(field: str, name: str, other: Namesake) -> bool:
    """Return whether two names are the same title, or differ only in look-alike letters."""
    old, new = plain_words(other.text), plain_words(name)
    if other.is_waiting:
        # A waiting submission must not block a title for others, so it only warns.
        return False
    if fold(name) == fold(other.text):
        return field == "title" and other.is_title
    if old == new or word_skeleton(name) != word_skeleton(other.text):
        # A sign, another order of the words or an ending tells them apart.
        return False
    return not (old.isascii() and new.isascii())


def _named_page(other: Namesake) -> str:
    where = "waits for its review" if other.is_waiting else "is published"
    if other.is_title:
        return f"the title of a page that {where}: “{other.text}”"
    return f"“{other.text}”, another name of the page “{other.title}”"


def kind_given(found: Findings) -> Iterator[Finding]:
    """Find a missing kind."""
    if found.document.kind not in KINDS:
        yield Finding("Choose what kind of page this is", "kind")


def summary_given(found: Findings) -> Iterator[Finding]:
    """Find a page without a plain summary."""
    if not found.document.summary.strip():
        yield Finding("Write a plain summary of one to three sentences", "summary")


def text_given(found: Findings) -> Iterator[Finding]:
    """Find a page without a text."""
    if not found.document.body.strip():
        yield Finding("Write the text of the page", "body")


def not_corrected(found: Findings) -> Iterator[Finding]:
    """Find a passage that a safety correction replaced and the text brings back."""
    for passage, day in found.corrected:
        message = (
            f"It still holds a passage that was corrected for safety on {day_in_words(day)}. Build on the "
            "version that was sent in with the correction, or take the passage out"
        )
        start = found.body.find(passage)
        span = (start, start + len(passage)) if start >= 0 else (None, None)
        where = "summary" if holds(found.document.summary, passage) else "body"
        yield Finding(message, where, passage, start=span[0], end=span[1])


def check_marks_readable(found: Findings) -> Iterator[Finding]:
    """Find marks of a day to check again that name no day."""
    for match in MARK.finditer(found.body):
        if day_in(match[1]) is None:
            told = f"“{match[1]}” is no day. Write it as {EXAMPLES}"
            yield Finding(told, "body", match[0], start=match.start(), end=match.end())


def no_invisible_characters(found: Findings) -> Iterator[Finding]:
    """Find invisible characters, in any field."""
    for name, text in _texts(found):
        if told := characters.complaint(text):
            start = characters.unseen_in(text)[0].at if name == "body" else None
            yield Finding(told, name, start=start, end=start)
    if written := characters.written_out_in(found.body):
        start = found.body.find(written)
        told = f"Delete “{written}”: readers get a character that nobody can see"
        yield Finding(told, "body", written, start=start, end=start + len(written))


def _texts(found: Findings) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with the name of its field; of `body` only as much as a page
    may have.
    """
    document = found.document
    yield from (("title", document.title), ("summary", document.summary), ("body", found.body))
    yield from (("aliases", one) for one in document.aliases)
    yield from (("codes", one.code) for one in document.codes)
    for number, row in found.rows:
        yield from ((f"statements-{number}-{name}", text) for name, text in row.texts.items())
    if document.retirement:
        yield "retirement", document.retirement.reason


def short_enough(found: Findings) -> Iterator[Finding]:
    """Find texts that are longer than the database columns allow."""
    document = found.document
    texts = [(name, getattr(document, name), LIMITS[name]) for name in ("title", "summary", "body")]
    texts += [("aliases", alias, LIMITS["alias"]) for alias in document.aliases]
    texts += [
        (f"statements-{number}-{name}", text, LIMITS["note"])
        for number, row in found.rows
        for name, text in row.texts.items()
    ]
    if document.retirement:
        texts.append(("retirement", document.retirement.reason, reasons.LONGEST_REASON))
    for name, text, limit in texts:
        if told := reasons.too_long(text, limit):
            yield Finding(told, name)


def retirement_complete(found: Findings) -> Iterator[Finding]:
    """Find a retirement without a reason, or with a replacement that readers cannot open."""
    told = found.document.retirement
    if told is None:
        return
    if not told.reason.strip():
        yield Finding("Say for readers why the page is retired", "retirement")
    if told.replaced_by is not None and told.replaced_by == found.page_id:
        yield Finding("A page cannot be replaced by itself", "retirement")
    elif told.replaced_by is not None and not found.can_replace:
        message = "The page that should replace this one is not published, or is retired; choose another"
        yield Finding(message, "retirement")


def names_once(found: Findings) -> Iterator[Finding]:
    """Find a name that is given twice."""
    names = Counter(name.casefold() for name in (*found.document.aliases, found.document.title))
    for name in [name for name, times in names.items() if times > 1]:
        yield Finding(f"“{name}” is named twice, or is the title itself", "aliases", name)


def codes_known(found: Findings) -> Iterator[Finding]:
    """Find codes that are in no system that the wiki knows, or not of its form."""
    for one in dict.fromkeys(found.document.codes):
        system = CODE_SYSTEMS.get(one.system)
        if system is None:
            yield Finding(f"“{one.system}” is not a code system this wiki knows", "codes", one.system)
        elif not system.accepts(one.code):
            message = f"“{one.code}” is not a valid {system.label} code, such as {system.example}"
            yield Finding(message, "codes", one.code)
        elif one.match not in CodeMatch.values:
            yield Finding(f"Choose how {one.system} {one.code} is to this subject", "codes", one.code)


def codes_once(found: Findings) -> Iterator[Finding]:
    """Find a code that is given twice."""
    given = Counter(f"{one.system} {one.code}" for one in found.document.codes)
    for one, times in given.items():
        if times > 1:
            yield Finding(f"{one} is given twice", "codes")


def codes_new(found: Findings) -> Iterator[Finding]:
    """Find codes that the version before did not have."""
    for one in found.comparison.codes_added:
        yield Finding(f"Look up what is new: {one.in_words}", "codes")
