"""Every field of a statement and of a document gets through every door; the one that drops it is named."""

import datetime as dt
import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.changed_values import (
    DOCUMENT,
    KEYS,
    OF_A_DOCUMENT,
    OF_A_STATEMENT,
    ROW,
    SOURCES,
    STATEMENT_SPECS,
    changed,
    changed_value,
    default_of,
    holds,
    is_absent,
    is_free_text,
    words_of,
)
from tests.reviewing import signed_in
from tests.shown import fields_of
from wiki.acts.writing import drafts
from wiki.domain.statement_fields import KEPT_IN_UNION
from wiki.importing import page_loads, pages
from wiki.models import Page, Revision, Statement, User
from wiki.policy.checks import RULES
from wiki.text.compare.diff import compare
from wiki.text.compare.merge import merge
from wiki.text.compare.union import made_by_both, union
from wiki.text.document import Document, Row
from wiki.text.redaction.passages import StandIn, holds_passage, without
from wiki.views.unsaved_work import seal_of


@pytest.fixture(autouse=True)
def _any_relation_takes_any_detail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one statement have every field at once, those that belong to different relations too."""
    monkeypatch.delitem(RULES, "details-belong")


def dropped(door: str, of: str, names: Iterable[str], gets_through: Callable[[str], bool]) -> list[str]:
    """Return, for each field that does not get through a door and should, which door and which field."""
    lost = (name for name in names if not is_absent(door, of, name) and not gets_through(name))
    return [f"{door} drops {name} of a {of}" for name in lost]


# What is worked out from documents alone.


def page_with(*rows: Row) -> Document:
    return replace(DOCUMENT, statements=rows)


def has_a_row_with(document: Document, name: str, number: int = 1) -> bool:
    wanted = changed_value(ROW, name, number)
    return any(holds(getattr(row, name), wanted) for row in document.statements)


def merges(base: Document, new: Document) -> bool:
    return merge(base, new, base).document == new and merge(base, base, new).document == new


def clashes(base: Document, ours: Document, theirs: Document) -> bool:
    return any(one.ours != one.theirs for one in merge(base, ours, theirs).clashes)


def unites(mine: Row, other: Row, name: str) -> bool:
    """Return whether a merge of two pages has the changed value, or shows both to whoever merges."""
    stays, goes = page_with(mine), page_with(other)
    whole = union(stays, goes, stays_id=98, goes_id=99)
    return has_a_row_with(whole, name) or (mine != other and (mine, other) in made_by_both(stays, goes))


def is_corrected(name: str) -> bool:
    """Return whether a passage can be taken out of a field that holds an author's words."""
    document, passage = page_with(changed(ROW, name)), str(changed_value(ROW, name))
    return holds_passage(document, passage) and not has_a_row_with(
        without(document, [StandIn(passage)]), name
    )


def stored(document: Document) -> Document:
    return Document.from_json(json.loads(json.dumps(document.as_json())))


STATEMENT_DOORS: dict[str, Callable[[str], bool]] = {
    "table": lambda name: name in STATEMENT_SPECS and STATEMENT_SPECS[name].default == default_of(name),
    "column": lambda name: (
        not STATEMENT_SPECS[name].is_own_column or name in {one.name for one in Statement._meta.fields}
    ),
    "digest": lambda name: page_with(ROW).digest() != page_with(changed(ROW, name)).digest(),
    "storage": lambda name: has_a_row_with(stored(page_with(changed(ROW, name))), name),
    "diff": lambda name: (
        not compare(page_with(ROW), page_with(changed(ROW, name))).is_empty
        and any(one.change != "same" for one in compare(page_with(ROW), page_with(changed(ROW, name))).rows)
    ),
    "merge": lambda name: merges(page_with(ROW), page_with(changed(ROW, name))),
    "conflict": lambda name: clashes(
        page_with(ROW), page_with(changed(ROW, name)), page_with(changed(ROW, name, 2))
    ),
    "union": lambda name: unites(ROW, changed(ROW, name), name) and unites(changed(ROW, name), ROW, name),
    "correction": lambda name: not is_free_text(name) or is_corrected(name),
}

DOCUMENT_DOORS: dict[str, Callable[[str], bool]] = {
    "digest": lambda name: DOCUMENT.digest() != changed(DOCUMENT, name).digest(),
    "storage": lambda name: stored(changed(DOCUMENT, name)) == changed(DOCUMENT, name),
    "diff": lambda name: not compare(DOCUMENT, changed(DOCUMENT, name)).is_empty,
    "merge": lambda name: merges(DOCUMENT, changed(DOCUMENT, name)),
    "conflict": lambda name: clashes(DOCUMENT, changed(DOCUMENT, name), changed(DOCUMENT, name, 2)),
    "union": lambda name: all(
        holds(getattr(union(*both, stays_id=98, goes_id=99), name), changed_value(DOCUMENT, name))
        for both in ((DOCUMENT, changed(DOCUMENT, name)), (changed(DOCUMENT, name), DOCUMENT))
    ),
}


@pytest.mark.parametrize("door", STATEMENT_DOORS)
def test_no_reader_or_writer_of_statements_drops_a_field(door):
    assert not dropped(door, "statement", OF_A_STATEMENT, STATEMENT_DOORS[door])


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
def test_no_reader_or_writer_of_documents_drops_a_field(door):
    assert not dropped(door, "document", OF_A_DOCUMENT, DOCUMENT_DOORS[door])


# What is written, reviewed and read.


@dataclass(frozen=True)
class FieldPages:
    """A published page with a statement to change by its weight, by its relation and by its page."""

    page: Page
    before: Document
    titles: dict[int, str]
    ids: dict[int, int]

    def rows(self, number: int) -> dict[str, Row]:
        """Return by field the statement that has its changed value; `number` 0 has those at first."""
        by_relation = replace(self.row, relation="associated_with")
        by_page = replace(self.row, relation="risk_factor_for")
        of_whom = replace(self.row, relation="has_complication", population="people of any age")
        weighed = self.row
        if number:
            weighed = replace(
                weighed,
                **{name: changed_value(ROW, name, number) for name in OF_A_STATEMENT if name not in KEYS},
            )
            by_relation = replace(by_relation, relation=changed_value(ROW, "relation", number))
            by_page = replace(by_page, object=self.ids[changed_value(ROW, "object")])
            of_whom = replace(of_whom, population=changed_value(ROW, "population", number))
        found = dict.fromkeys(OF_A_STATEMENT, weighed)
        return found | {"relation": by_relation, "object": by_page, "population": of_whom}

    @property
    def row(self) -> Row:
        """Return the statement at first."""
        return replace(ROW, object=self.ids[ROW.object])

    def document(self, number: int, *, retired: bool = False) -> Document:
        """Return the page with all fields changed, but the retirement."""
        rows = tuple(dict.fromkeys(self.rows(number).values()))
        if not number:
            return replace(DOCUMENT, statements=rows)
        names = [name for name in OF_A_DOCUMENT if name not in ("statements", "retirement")]
        new = {name: changed_value(DOCUMENT, name, number) for name in names}
        retirement = changed_value(DOCUMENT, "retirement") if retired else None
        return replace(DOCUMENT, **new, statements=rows, retirement=retirement)


@pytest.fixture
def world(clinician: User, moderator: User) -> FieldPages:
    for number, key in enumerate(SOURCES):
        cast.make_source(clinician, key, f"Study {number}")
    made = {
        2: cast.make_page(clinician, moderator, "Seizures"),
        3: cast.make_page(clinician, moderator, "Tremor"),
    }
    ids = {number: one.pk for number, one in made.items()}
    new = FieldPages(Page(), DOCUMENT, {ids[2]: "Seizures", ids[3]: "Tremor"}, ids)
    before = new.document(0)
    return replace(new, page=cast.make_page(clinician, moderator, **vars(before)), before=before)


def publish(page: Page, author: User, moderator: User, document: Document) -> Revision:
    revision = cast.propose_change(page, author, **vars(document))
    cast.approve(revision, moderator)
    return revision


def told(client: Client, address: str, within: str = "<main.*</main>", **query: str) -> str:
    """Return the words of a part of a page as they are read."""
    answer = client.get(address, query)
    assert answer.status_code == 200, (address, answer.status_code)
    found = "\n".join(re.findall(within, answer.content.decode(), re.DOTALL))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())


def shows(text: str, of: Row | Document, name: str, titles: dict[int, str]) -> bool:
    return all(" ".join(one.split()) in text for one in words_of(of, name, titles))


def shown_at(door: str, text: str, rows: str, world: FieldPages, number: int = 1) -> list[str]:
    """Return the fields that a page does not show: `rows` is the part of it that lists statements."""
    stated, document = world.rows(number), world.document(number)
    names = [name for name in OF_A_DOCUMENT if name not in ("statements", "retirement")]
    return [
        *dropped(
            door, "statement", OF_A_STATEMENT, lambda name: shows(rows, stated[name], name, world.titles)
        ),
        *dropped(door, "document", names, lambda name: shows(text, document, name, world.titles)),
    ]


TABLE = '<table class="rows">.*?</table>'


def test_reviewers_and_readers_are_shown_every_field(world, client, clinician, moderator):
    revision = cast.propose_change(world.page, clinician, **vars(world.document(1)))
    review = reverse("review", args=[revision.pk])
    desk = signed_in(moderator)

    lost = shown_at(
        "review", told(desk, review), told(desk, review, TABLE).replace("Study 1", SOURCES[1]), world
    )
    cast.approve(revision, moderator)
    world.page.refresh_from_db()
    address = reverse("page", args=[world.page.published_page.slug])
    version = reverse("revision", args=[world.page.published_page.slug, revision.number])
    lost += shown_at(
        "version", told(client, version), told(client, version, TABLE).replace("Study 1", SOURCES[1]), world
    )
    lost += _shown_to_readers("page", client, address, world)
    today = timezone.localdate()
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        lost += _shown_to_readers("day", client, address, world, as_of=str(today))

    assert not lost


def _shown_to_readers(door: str, client: Client, address: str, world: FieldPages, **query: str) -> list[str]:
    """Return what a page does not show, where it names sources by their titles, not by their keys."""
    rows = told(client, address, '<section class="relation".*?</section>|<ol class="refs".*?</ol>', **query)
    rows = rows.replace("Study 1", SOURCES[1])
    return shown_at(door, told(client, address, **query), rows, world)


def test_reviewers_and_readers_are_shown_the_retirement(world, client, clinician, moderator):
    retired = replace(world.before, retirement=changed_value(DOCUMENT, "retirement"))
    revision = cast.propose_change(world.page, clinician, **vars(retired))
    slug = world.page.published_page.slug

    texts = {"review": told(signed_in(moderator), reverse("review", args=[revision.pk]))}
    cast.approve(revision, moderator)
    texts["version"] = told(client, reverse("revision", args=[slug, revision.number]))

    for door, text in texts.items():
        assert shows(text, retired, "retirement", world.titles), f"{door} drops retirement of a document"


def arrived(door: str, world: FieldPages, document: Document, *, retired: bool = False) -> list[str]:
    """Return the fields of which the changed value is not in a document."""
    rows, wanted = world.rows(1), world.document(1, retired=retired)
    return [
        *dropped(
            door,
            "statement",
            OF_A_STATEMENT,
            lambda name: any(
                holds(getattr(row, name), getattr(rows[name], name)) for row in document.statements
            ),
        ),
        *dropped(
            door,
            "document",
            [name for name in OF_A_DOCUMENT if name != "statements"],
            lambda name: holds(getattr(document, name), getattr(wanted, name)),
        ),
    ]


def typed(world: FieldPages, shown: dict[str, list[str]]) -> dict[str, object]:
    """Return what a browser posts of a form when every field that it shows is changed."""
    document, places = world.document(1), {"relation": 0, "object": 1, "population": 3}
    new: dict[str, str] = {}
    for name in OF_A_STATEMENT:
        value = getattr(world.rows(1)[name], name)
        words = (
            world.titles[value] if name == "object" else " ".join(value) if name == "sources" else str(value)
        )
        new[f"statements-{places.get(name, 2)}-{name}"] = words
    for name in OF_A_DOCUMENT:
        value = getattr(document, name)
        new[name] = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    new |= {"codes-0-system": document.codes[0].system, "codes-0-code": document.codes[0].code}
    new["codes-0-match"] = document.codes[0].match
    return {**shown, **{name: value for name, value in new.items() if name in shown}}


def test_every_field_of_the_form_is_saved(world, client, clinician):
    client.force_login(clinician)
    draft = drafts.edit(world.page, author=clinician)
    address = reverse("draft", args=[draft.pk])

    client.post(address, typed(world, fields_of(client.get(address))) | {"saved": ""})

    draft.refresh_from_db()
    assert not arrived("form", world, draft.document)


def test_every_field_of_the_form_is_autosaved(world, client, clinician):
    client.force_login(clinician)
    draft = drafts.edit(world.page, author=clinician)
    shown = typed(world, fields_of(client.get(reverse("draft", args=[draft.pk]))))
    length = str(len(draft.document.body))
    body = {"body-from": "0", "body-to": length, "body-length": length, "body-words": shown.pop("body")}
    same = {"writer": seal_of(clinician), "draft": str(draft.pk), "saved": draft.saved_at.isoformat()}
    patch = shown | body | same | {"patch": "1", "rows": ["codes", "statements"]}

    answer = client.post("/drafts/autosave/", patch, headers={"Accept": "application/json"})

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert not arrived("autosave", world, draft.document)


def test_every_field_survives_export_and_import(world, clinician, moderator):
    retired = world.document(1, retired=True)
    publish(world.page, clinician, moderator, retired)
    files = [one.file for one in pages.export() if one.name.startswith("changed-title")]
    (filed,) = (replace(one, title="Another page", codes=(), aliases=()) for one in files)

    page_loads.load([filed], note="Loaded.")

    loaded = Revision.objects.latest("pk")
    assert loaded.note == "Loaded."
    came = replace(loaded.document, title=retired.title, codes=retired.codes, aliases=retired.aliases)
    assert not arrived("file", world, came, retired=True)


def test_an_author_chooses_between_two_values_of_every_field(world, client, clinician, colleague, moderator):
    client.force_login(clinician)
    draft = cast.make_edit(world.page, clinician, **vars(world.document(1)))
    cast.approve(cast.submit(cast.make_edit(world.page, colleague, **vars(world.document(2)))), moderator)

    sides = told(client, reverse("conflict", args=[draft.pk]), '<section class="box clash.*?</section>')

    assert not shown_at("conflict", sides, sides, world)
    assert not shown_at("conflict", sides, sides, world, number=2)


def test_whoever_merges_two_pages_is_shown_what_only_one_of_them_keeps(world, client, clinician, moderator):
    statements = (world.rows(1)["note"],)
    other = cast.make_page(clinician, moderator, "Other page", statements=statements)
    client.force_login(clinician)
    address = reverse("merge", args=[other.published_page.slug])

    text = told(client, address, into=world.page.published_page.title)

    for name in KEPT_IN_UNION:
        for row in (world.row, *statements):
            assert shows(text, row, name, world.titles), f"the page of a merge drops {name} of a statement"
