"""The form of a page as a whole: everything in a revision, and the problems that stop its submission."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, Final, Self

from django.forms import BoundField
from django.utils.safestring import SafeString

from wiki.domain.document_fields import HEAD_FIELDS
from wiki.domain.kinds import KINDS
from wiki.domain.relations import RELATIONS, Relation
from wiki.forms.editing.edit_summary import missing_of_summary
from wiki.forms.editing.empty_parts import blank_statement, empty_source
from wiki.forms.editing.page_choice import pages_named, titles_of
from wiki.forms.editing.parts import CodeForm, HeadForm, Part, StatementForm
from wiki.forms.editing.statement_preview import End, previews_of
from wiki.forms.editing.typed import CODE, COVER, STATEMENT, Typed
from wiki.models import Revision, Source, User
from wiki.models.queries.editing import all_titles
from wiki.policy.checks import CheckReport, draft_report
from wiki.policy.refusal import Problem
from wiki.policy.submission_problems import LIMITS
from wiki.published.links import render_now
from wiki.text.document import Document
from wiki.text.markdown.html import TooLong
from wiki.text.markdown.parser import refused_structure

EMPTY: Final = Document(title="", kind="")
# In the order of the page, so that the error summary follows it.
FIRST: Final = ("title", "kind", "aliases", "summary")


class DraftForm:
    """The typed values, cleaned. The form never saves."""

    def __init__(
        self, typed: Typed, *, writer: User, before: Document = EMPTY, checked: bool = False, spare: str = ""
    ) -> None:
        """Hold what was typed; with `spare` "statement" or "code", one empty row more, with "usual" some.

        Where something typed fits no document, `document` says what it said `before`.
        """
        self.typed = typed
        self.writer = writer
        self.before = before
        self.checked = checked
        self.head = HeadForm(typed.head, checked=checked)
        self.codes = [
            CodeForm(row, checked=checked, prefix=f"codes-{n}") for n, row in enumerate(typed.codes)
        ]
        pages = pages_named((row["object"] for row in typed.statements), reader=writer) if checked else {}
        kind = typed.head["kind"]
        self.statements = [
            StatementForm(row, checked=checked, number=n, kind=kind, cited=cited, pages=pages)
            for n, (row, cited) in enumerate(zip(typed.statements, typed.cited, strict=True))
        ]
        self.document = self._document() if checked else before
        self.is_whole = checked and all(part.is_valid() for part in self._parts())
        self.code_problems: list[str] = []
        self.retirement_problems: list[str] = []
        self.report: CheckReport | None = None
        self._add_spare(spare, kind)

    @classmethod
    def of_document(
        cls,
        document: Document,
        *,
        writer: User,
        cover: dict[str, str] | None = None,
        spare: str = "",
    ) -> Self:
        """Return the form with the values of `document`, not yet checked."""
        titles = titles_of((row.object for row in document.statements), reader=writer)
        return cls(Typed.from_document(document, titles, cover), writer=writer, before=document, spare=spare)

    @classmethod
    def of_draft(cls, draft: Revision, *, writer: User, spare: str = "") -> Self:
        """Return the form of a saved draft, with the problems that stop its submission."""
        typed = typed_of(draft, reader=writer)
        form = cls(typed, writer=writer, before=draft.document, checked=True, spare=spare)
        form.check(draft.page_id)
        return form

    @classmethod
    def citing(cls, draft: Revision, key: str, *, row: int, instead_of: str, writer: User) -> Self | None:
        """Return the form of a saved draft with `key` added to the sources of one row; None if there is no
        such row.
        """
        typed = typed_of(draft, reader=writer)
        if row >= len(typed.statements):
            return None
        typed = typed.citing(row, key, instead_of=instead_of)
        return cls(typed, writer=writer, before=draft.document, checked=True)

    @property
    def cover(self) -> dict[str, str]:
        """Return the edit summary; parts that are too long are ""."""
        clean = self.head.cleaned_data if self.checked else {}
        return {name: str(clean.get(name, "")) for name in COVER}

    @property
    def left_over(self) -> dict[str, Any] | None:
        """Return the whole form as typed if no document can hold it, else None."""
        return None if self.is_whole else self.typed.as_json()

    @property
    def to_the_letter(self) -> dict[str, Any] | None:
        """Return the whole form as typed unless the document reproduces it exactly.

        Somebody is typing it: what is saved next is told as a change of exactly these letters.
        """
        is_same = self.is_whole and Typed.from_document(self.document, {}, self.cover).head == self.typed.head
        return None if is_same else self.typed.as_json()

    def check(self, page_id: int | None, *, for_review: bool = False) -> bool:
        """Add every problem that stops a submission to its field; return whether there is none."""
        report = draft_report(self.document, page_id, by=self.writer)
        for problem in report.problems:
            self.put(problem)
        self.report = report.moved(self._on_the_form)
        missing = missing_of_summary(self.typed.head, of=self.head) if for_review else {}
        for field, sentence in missing.items():
            self.put(Problem(field, sentence))
        return not self.errors

    @property
    def owes_summary_only(self) -> bool:
        """Return whether all that is wrong is that the edit summary is not given in full. After `check`."""
        missing = missing_of_summary(self.typed.head, of=self.head)
        said = [self.head[name].errors for name in missing]
        return bool(missing) and len(self.errors) == len(missing) and all(len(one) == 1 for one in said)

    @property
    def is_head_open(self) -> bool:
        """Return whether title, kind, names, summary and codes are shown: one is missing or wrong."""
        is_missing = not all(self.typed.head[name].strip() for name in ("title", "kind", "summary"))
        is_wrong = any(self.head[name].errors for name in FIRST) or any(one.errors for one in self.codes)
        return is_missing or is_wrong or bool(self.code_problems) or len(self.codes) > len(self.typed.codes)

    def put(self, problem: Problem) -> None:
        """Add a problem of the document to the field that it comes from."""
        if problem.warning:
            return
        if problem.field == "retirement":
            self.retirement_problems.append(problem.message)
        elif problem.field == "codes":
            self.code_problems.append(problem.message)
        elif problem.field.startswith("statements-"):
            _, number, name = problem.field.split("-")
            self._add(self._stated[int(number)], name, problem.message)
        else:
            self._add(self.head, problem.field, problem.message)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return (field's id, sentence) of all errors, in the order of the page."""
        codes = [("codes", f"Codes: {problem}") for problem in self.code_problems]
        after = [name for name in self.head.fields if name not in FIRST]
        return [
            *(("retirement", f"Retirement: {problem}") for problem in self.retirement_problems),
            *_field_errors(self.head["body"], ""),
            *chain.from_iterable(_field_errors(self.head[name], "") for name in FIRST),
            *codes,
            *chain.from_iterable(
                _field_errors(field, "Code: ", own=False) for part in self.codes for field in part
            ),
            *self._statement_errors(),
            *chain.from_iterable(_field_errors(self.head[name], "") for name in after if name != "body"),
        ]

    def prepare(self, page_id: int | None = None) -> Self:
        """Load what the page shows beside the fields: titles of sources, statements in words, the preview."""
        keys = {key for row in self.statements for key in row.cited}
        ids = Source.objects.by_key(keys)
        found = Source.objects.with_ids().in_bulk(set(ids.values())) if ids else {}
        for row in self.statements:
            row.sources_shown = [(key, found.get(ids.get(key, 0))) for key in row.cited]
        self._tie(End(page_id, self.typed.head["title"], self.typed.head["kind"]))
        self.pages = all_titles()
        self.head.fields["body"].widget.preview = preview_of(self.typed.head["body"])
        return self

    @property
    def blank_statement(self) -> SafeString:
        """Return the row that a script copies, rendered."""
        return blank_statement()

    @property
    def usual_relations(self) -> list[Relation]:
        """Return what pages of the kind usually state and this one does not yet."""
        kind = KINDS.get(self.typed.head["kind"])
        stated = {row["relation"].value() for row in self.statements}
        return [RELATIONS[id_] for id_ in kind.usual_relations if id_ not in stated] if kind else []

    @property
    def empty_source(self) -> SafeString:
        """Return the fields for a new source, rendered."""
        return empty_source()

    def _tie(self, end: End) -> None:
        """Add to each row the statement in words, and what the other page states already."""
        rows = [(row["relation"].value() or "", row["object"].value() or "") for row in self.statements]
        for row, tie in zip(self.statements, previews_of(rows, end=end, reader=self.writer), strict=True):
            row.tied(tie)

    def _parts(self) -> Iterator[Part]:
        yield self.head
        yield from self.codes
        yield from self.statements

    def _add_spare(self, spare: str, kind: str) -> None:
        what, _, relation = spare.partition("-")
        if what == "code":
            fields = dict.fromkeys(CODE, "")
            self.codes.append(CodeForm(fields, checked=False, prefix=f"codes-{len(self.codes)}"))
        elif what == "statement":
            usual = KINDS[kind].usual_relations if kind in KINDS else ()
            fields = dict.fromkeys(STATEMENT, "") | {"relation": relation if relation in usual else ""}
            row = StatementForm(fields, checked=False, number=len(self.statements), kind=kind)
            self.statements.append(row)

    def _document(self) -> Document:
        """Return the typed values where they are valid, and the values from before elsewhere."""
        self.head.is_valid()
        clean = {name: value for name, value in self.head.cleaned_data.items() if name in HEAD_FIELDS}
        self._stated = [row for row in self.statements if row.is_valid()]
        return replace(
            self.before,
            **clean,
            codes=tuple(row.value for row in self.codes if row.is_valid()),
            statements=tuple(row.value for row in self._stated),
        )

    def _on_the_form(self, field: str) -> str:
        """Return the id of a field on this form, where empty rows are not statements."""
        if not field.startswith("statements-"):
            return field
        _, number, name = field.split("-")
        return f"statements-{self._stated[int(number)].number}-{name}"

    @staticmethod
    def _add(part: Part, name: str, message: str) -> None:
        """Add an error. A field's own errors begin with what to do; in a text each place is named."""
        if name == "body" or not part.errors.get(name):
            part.add_error(name, message)

    def _statement_errors(self) -> Iterator[tuple[str, str]]:
        for row in self.statements:
            for field in row:
                yield from _field_errors(field, f"Statement {row.number + 1}: ", own=False)


def typed_of(draft: Revision, *, reader: User) -> Typed:
    """Return the form of a draft as its author left it."""
    if draft.typed is not None:
        return Typed.from_json(draft.typed)
    document = draft.document
    titles = titles_of((row.object for row in document.statements), reader=reader)
    return Typed.from_document(document, titles, {name: getattr(draft, name) for name in COVER})


def preview_of(body: str, *, lines: bool = False) -> str:
    """Return the body as readers would see it, or why it cannot be rendered."""
    try:
        if len(body) > LIMITS["body"]:
            raise TooLong(
                f"This text is longer than {LIMITS['body']:,} characters. Shorten it to see it here."
            )
        if problem := refused_structure(body):
            raise TooLong(problem)
        return render_now(body, lines=lines).html
    except TooLong as error:
        return str(error)


def _field_errors(field: BoundField, before: str, *, own: bool = True) -> Iterator[tuple[str, str]]:
    for message in field.errors:
        label = f"{field.label}: " if own and not field.label.endswith("?") else ""
        yield field.auto_id, f"{before}{label}{message}"
