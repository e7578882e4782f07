"""Sources: adding them, and looking them up while one types."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wiki.acts.library import sources
from wiki.acts.writing import drafts
from wiki.forms.editing.draft import DraftForm
from wiki.forms.editing.typed import readable
from wiki.forms.library.source import SourceForm
from wiki.forms.numbers import number_in
from wiki.importing import finding
from wiki.models import Checked, NoticeNature, Source
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, clinician_required, revision_with_id


@dataclass(frozen=True)
class ReturnPlace:
    """Where a person came from to add a source: a draft, maybe one of its rows, and the key cited there."""

    draft: int | None
    row: int | None
    asked: str

    @classmethod
    def from_fields(cls, fields: QueryDict) -> Self:
        """Return the place in the fields of an address or a form."""
        draft, row = (number_in(fields.get(name, "")) for name in ("draft", "row"))
        return cls(draft, row, readable(fields.get("id", "")))


@clinician_required
def add_source(request: UserRequest) -> HttpResponse:
    """Find or type a source, confirm it, add it; then return to the draft that needed it."""
    if request.method != "POST":
        back = ReturnPlace.from_fields(request.GET)
        return _shown(request, SourceForm(initial={"identifier": back.asked, "pasted": back.asked}), back)
    back = ReturnPlace.from_fields(request.POST)
    if request.POST.get("act") == "find-source":
        return _find(request, back)
    form = SourceForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, back, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back_to_form(request, sources.add(**form.source, by=request.user), back)


def _find(request: UserRequest, back: ReturnPlace) -> HttpResponse:
    """Show what was found, for confirmation; a known source is reported at once."""
    found = finding.find_source(readable(request.POST.get("source-pasted", "")), by=request.user)
    if found.source:
        return _back_to_form(request, found.source, back, learned=found.sentence)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if found.bad else HTTPStatus.OK
    return _shown(request, SourceForm.from_record(found, request.POST), back, found=found, status=status)


def _shown(
    request: UserRequest, form: SourceForm, back: ReturnPlace, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    return render(request, "writing/source.html", {"form": form, "back": back, **context}, status=status)


def _back_to_form(
    request: UserRequest, source: Source, back: ReturnPlace, *, learned: str = ""
) -> HttpResponse:
    """Return to where the source was needed; a row of a draft that asked for it now cites it."""
    if back.draft is None:
        messages.success(request, finding.how_to_cite(source, learned))
        return redirect(source)
    if back.row is None:
        messages.success(request, finding.how_to_cite(source, learned))
        return redirect("draft", back.draft)
    return _cited(request, source, back.draft, back.row, back.asked)


def _cited(request: UserRequest, source: Source, pk: int, row: int, asked: str) -> HttpResponse:
    """Cite a source in a row of a draft; if that is impossible, say how to do it by hand."""
    draft = revision_with_id(request, pk, is_own=True)
    form = DraftForm.citing(draft, source.key, row=row, instead_of=asked, writer=request.user)
    try:
        if form is None:
            raise Refused("The statement that asked for it is gone.")
        seen = draft.saved_at.isoformat()
        drafts.save(draft, form.document, by=request.user, **form.cover, typed=form.left_over, seen=seen)
    except Refused as refusal:
        messages.warning(request, f"{refusal} {finding.how_to_cite(source)}")
        return redirect(draft)
    messages.success(request, f"“{source.title}” is among the sources, and statement {row + 1} cites it.")
    return redirect(f"{draft.get_absolute_url()}#statement-{row}")


@require_safe
@clinician_required
def lookup_sources(request: UserRequest) -> JsonResponse:
    """Return sources that contain the typed words."""
    found = Source.objects.mentioning(readable(request.GET.get("q", ""))).with_ids()[:10]
    return JsonResponse({"results": [_line(one) for one in found]})


def _line(source: Source) -> dict[str, Any]:
    doubt = "" if source.checked == Checked.FULL else source.get_checked_display()
    return {
        "value": source.key,
        "label": source.text,
        "kind": source.get_type_display(),
        "mark": doubt,
        "summary": ". ".join(filter(None, (*_notices_in_words(source), doubt))),
    }


def _notices_in_words(source: Source) -> list[str]:
    """Return the later notices of journals on the work, in words."""
    return [str(NoticeNature(nature).label) for nature in getattr(source, "natures", ())]
