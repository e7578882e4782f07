"""What a document must satisfy before it can be submitted. Forms show the same list."""

from collections import Counter
from collections.abc import Iterator

from wiki.codes import CODE_SYSTEMS
from wiki.models import Address, Page, Reading, Revision, Source
from wiki.text.document import Document, Row
from wiki.text.identifiers import BadIdentifier, parse
from wiki.text.markdown import Outline, outline
from wiki.text.wikilinks import slug_of
from wiki.vocabulary import GRADES_TO_CHOOSE, RELATIONS, Basis, Grade, Kind, Stance
from wiki.workflow.refusal import Problem

LIMITS = {"title": 120, "summary": 300, "body": 100_000, "note": 400, "alias": 120}


def problems(document: Document, page_id: int | None) -> list[Problem]:
    """Return everything that stands between `document` and review, warnings last."""
    text = outline(document.body[: LIMITS["body"]])
    cited = [*text.citations, *(key for row in document.statements for key in row.sources)]
    known = Source.objects.by_key(cited)
    found = [
        *_head(document, page_id),
        *_codes(document),
        *_body(document, text, known),
        *_statements(document, page_id, known),
        *_links(text),
    ]
    return sorted(found, key=lambda problem: problem.warning)


def blocking(document: Document, page_id: int | None) -> list[Problem]:
    """Return the problems that stop a submission."""
    return [problem for problem in problems(document, page_id) if not problem.warning]


def _too_long(field: str, text: str, limit: int) -> Iterator[Problem]:
    if (over := len(text) - limit) > 0:
        yield Problem(field, f"Shorten this by {over:,} character{'s' if over > 1 else ''}")


def _head(document: Document, page_id: int | None) -> Iterator[Problem]:
    if not document.title.strip():
        yield Problem("title", "Give the page a title")
    elif not any(map(str.isalnum, document.title)):
        yield Problem("title", "Use at least one letter or digit in the title")
    elif Address.objects.taken_by_another(slug := slug_of(document.title), page_id):
        yield Problem(
            "title", f"There is already a page at /wiki/{slug}/. Edit that page, or choose another title"
        )
    yield from _too_long("title", document.title, LIMITS["title"])
    if document.kind not in Kind.values:
        yield Problem("kind", "Choose what kind of page this is")
    if not document.summary.strip():
        yield Problem("summary", "Write a plain summary of one to three sentences")
    yield from _too_long("summary", document.summary, LIMITS["summary"])
    for alias in document.aliases:
        yield from _too_long("aliases", alias, LIMITS["alias"])
    names = Counter(alias.casefold() for alias in (*document.aliases, document.title))
    for name in [name for name, times in names.items() if times > 1]:
        yield Problem("aliases", f"“{name}” is named twice, or is the title itself")


def _codes(document: Document) -> Iterator[Problem]:
    for code, times in Counter(document.codes).items():
        system = CODE_SYSTEMS.get(code.system)
        if system is None:
            yield Problem("codes", f"“{code.system}” is not a code system this wiki knows")
        elif not system.accepts(code.code):
            yield Problem(
                "codes", f"“{code.code}” has not the form of a {system.label} code, such as {system.example}"
            )
        if times > 1:
            yield Problem("codes", f"{code.system} {code.code} is given twice")


def _body(document: Document, text: Outline, known: dict[str, int]) -> Iterator[Problem]:
    if not document.body.strip():
        yield Problem("body", "Write the text of the page")
    yield from _too_long("body", document.body, LIMITS["body"])
    for key in dict.fromkeys(text.citations):
        if key not in known:
            yield Problem("body", _unknown(key))


def _unknown(key: str) -> str:
    try:
        parse(key)
    except BadIdentifier as error:
        return f"[@{key}]: {error}"
    return f"[@{key}] is not among the wiki’s sources yet. Add it, or correct the citation"


def _links(text: Outline) -> Iterator[Problem]:
    titles = {slug_of(title): title for title in text.links}
    known = Reading.objects.filter(page__addresses__slug__in=titles)
    found = set(known.values_list("page__addresses__slug", flat=True))
    for slug, title in titles.items():
        if slug not in found:
            yield Problem(
                "body", f"[[{title}]] leads nowhere yet; readers will be offered to propose it", warning=True
            )


def kinds_of(page_ids: set[int]) -> dict[int, str]:
    """Return the kind of each page: of what is in force, else of its newest revision."""
    newest = (
        Revision.objects.filter(page__in=page_ids).order_by("page_id", "pk").values_list("page_id", "kind")
    )
    live = Reading.objects.filter(page__in=page_ids).values_list("page_id", "kind")
    return {page.pk: "" for page in Page.objects.filter(pk__in=page_ids)} | dict(newest) | dict(live)


def _statements(document: Document, page_id: int | None, known: dict[str, int]) -> Iterator[Problem]:
    kinds = kinds_of({row.object for row in document.statements})
    seen: set[tuple[str, int]] = set()
    for number, row in enumerate(document.statements):
        field = f"statements-{number}"
        yield from _ends(field, row, document.kind, page_id, kinds)
        yield from _evidence(field, row, known)
        if row.key in seen:
            yield Problem(f"{field}-object", "This statement is already made above; put the sources together")
        seen.add(row.key)


def _ends(field: str, row: Row, kind: str, page_id: int | None, kinds: dict[int, str]) -> Iterator[Problem]:
    relation = RELATIONS.get(row.relation)
    if row.object not in kinds:
        yield Problem(f"{field}-object", "There is no such page")
    elif row.object == page_id:
        yield Problem(f"{field}-object", "A page cannot make a statement about itself")
    elif relation is not None and kind in Kind.values and not relation.fits(kind, kinds[row.object]):
        yield Problem(
            f"{field}-relation",
            f"A page of kind {kind} cannot say “{relation.label}” of one of kind "
            f"{kinds[row.object] or 'unknown'}",
        )
    if relation is None:
        yield Problem(f"{field}-relation", "Choose how the two pages are tied")


def _evidence(field: str, row: Row, known: dict[str, int]) -> Iterator[Problem]:
    relation = RELATIONS.get(row.relation)
    graded = relation is None or relation.graded
    if row.stance not in Stance.values:
        yield Problem(f"{field}-stance", "Say what the evidence says")
    if graded and row.grade not in GRADES_TO_CHOOSE:
        yield Problem(f"{field}-grade", "Say how certain this is")
    if not graded and row.grade != Grade.NOT_APPLICABLE:
        yield Problem(f"{field}-grade", "This is a matter of definition; it takes no grade")
    if row.basis not in Basis.values:
        yield Problem(f"{field}-basis", "Say what kind of evidence this rests on")
    if graded and not row.sources:
        yield Problem(f"{field}-sources", "Add a source: a statement cannot be reviewed without one")
    for key in row.sources:
        if key not in known:
            yield Problem(f"{field}-sources", _unknown(key).removeprefix("[@").replace("]", "", 1))
    yield from _too_long(f"{field}-note", row.note, LIMITS["note"])
