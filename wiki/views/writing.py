"""Writing: the form of a page, drafts, conflicts, sources, and what the form asks while one types."""

import re
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wiki import workflow
from wiki.forms.conflict import ConflictForm
from wiki.forms.draft import EMPTY, DraftForm
from wiki.forms.naming import reading_named
from wiki.forms.source import SourceForm
from wiki.forms.typed import Typed, readable
from wiki.lifecycle import State
from wiki.models import Family, Page, Publication, Revision, Source
from wiki.text.document import Document
from wiki.text.skeletons import skeleton_of
from wiki.views.access import UserRequest, clinician_required, page_at, refused, revision_or_404
from wiki.vocabulary import Kind
from wiki.workflow.drafts import begins_with
from wiki.workflow.gate import LIMITS
from wiki.workflow.sources import add as add_to_sources
from wiki.workflow.submission import merged_with_live

LIST_LENGTH: Final = 100


@clinician_required
def edit(request: UserRequest, slug: str) -> HttpResponse:
    """Show the form filled with what is in force, or with an earlier version; a POST begins the draft."""
    page = page_at(slug)
    begun = begins_with(page)
    if begun is None:
        return refused(request, "This page has not been published yet.", back=reverse("drafts"))
    if request.method == "POST":
        return _begin(request, page, begun)
    if draft := Revision.objects.drafts_of(request.user).on(page).first():
        return redirect(draft)
    number = _number(request.GET.get("from", ""))
    shown = revision_or_404(request, page=page, number=number) if number else begun
    note = f"Goes back to version {shown.number}." if shown != begun else ""
    form = DraftForm.of_document(shown.document, writer=request.user, note=note)
    return _form_page(request, form, page=page, begun=begun, shown=shown)


def _begin(request: UserRequest, page: Page, begun: Revision) -> HttpResponse:
    """Begin the draft with what was typed; when that is refused, show it again."""
    form = _typed(request, begun.document)
    base = _number(request.POST.get("base", ""))
    try:
        draft = workflow.edit(page, author=request.user, document=form.document, shown=base)
    except workflow.Refused as refusal:
        mine = Revision.objects.drafts_of(request.user).on(page).first()
        context = {"page": page, "begun": begun, "other": mine}
        return _form_page(request, form, sentence=str(refusal), status=HTTPStatus.CONFLICT, **context)
    return _keep(request, draft, form)


@clinician_required
def new(request: UserRequest) -> HttpResponse:
    """Ask for title and kind, then show the form with the kind's skeleton; a POST begins the draft."""
    if request.method == "POST":
        form = _typed(request, EMPTY)
        return _keep(request, workflow.propose(form.document, author=request.user), form)
    title = " ".join(readable(request.GET.get("title", "")).split())
    kind = request.GET.get("kind", "")
    known = reading_named(title) if title else None
    if kind not in Kind.values:
        choices = {"title": title, "kinds": Kind, "known": known}
        return render(request, "writing/new.html", choices)
    document = Document(title=title, kind=kind, body=skeleton_of(kind))
    return _form_page(request, DraftForm.of_document(document, writer=request.user), known=known)


@clinician_required
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """Show one's own draft with what still stands in the way of a review; a POST saves, then does more."""
    mine = _mine(request, pk)
    if request.method == "POST":
        return _save(request, mine)
    if mine.state != State.DRAFT:
        return redirect(mine)
    form = DraftForm.of_draft(mine, writer=request.user, spare=request.GET.get("add", ""))
    return _form_page(request, form, draft=mine)


def _save(request: UserRequest, mine: Revision) -> HttpResponse:
    form = _typed(request, mine.document)
    saved = request.POST.get("saved")
    if mine.state == State.DRAFT and saved and saved != mine.saved_at.isoformat():
        sentence = "This draft was saved in another window meanwhile. Saving again keeps what is shown here."
        return _form_page(request, form, draft=mine, sentence=sentence, status=409)
    return _keep(request, mine, form)


def _keep(request: UserRequest, draft: Revision, form: DraftForm) -> HttpResponse:
    """Save all that was typed, then do what the pressed button says."""
    try:
        draft = workflow.save(draft, form.document, by=request.user, note=form.note, typed=form.left_over)
    except workflow.Refused as refusal:
        return _form_page(request, form, draft=draft, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    act = request.POST.get("act", "")
    if act == "submit":
        return _submit(request, draft, form)
    if act == "add-source":
        return _add_source(request, draft, form)
    return redirect(_place_after(act, draft, form))


def _place_after(act: str, draft: Revision, form: DraftForm) -> str:
    """Return where on the draft's page to go on after a button that only saves."""
    address = draft.get_absolute_url()
    places = {
        "add-statement": f"?add=statement#statements-{len(form.statements)}-relation",
        "add-code": f"?add=code#codes-{len(form.codes)}-system",
        "preview": "#preview",
    }
    removed = "#statements" if act.startswith(("remove-statement", "remove-source")) else ""
    return address + places.get(act, "#codes" if act.startswith("remove-code") else removed)


def _submit(request: UserRequest, draft: Revision, form: DraftForm) -> HttpResponse:
    """Send the draft for review, or say at each field why not."""
    if not form.check(draft.page_id, for_review=True):
        return _form_page(request, form, draft=draft, status=422)
    try:
        sent = workflow.submit(draft, by=request.user, note=form.note)
    except workflow.MovedOn as refusal:
        messages.warning(request, str(refusal))
        return redirect(draft)
    except workflow.Conflict:
        return redirect("conflict", draft.pk)
    except workflow.Refused as refusal:
        return _form_page(request, form, draft=draft, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(request, f"Sent for review as version {sent.number}. News tells you of the verdict.")
    return redirect(sent)


def _add_source(request: UserRequest, draft: Revision, form: DraftForm) -> HttpResponse:
    """Add the source typed into the form of the page. The draft has been saved before."""
    source_form = SourceForm(request.POST)
    if not source_form.is_valid():
        form.check(draft.page_id)
        return _form_page(
            request, form, draft=draft, source_form=source_form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    _tell_of_source(request, _added(request, source_form))
    return redirect(f"{draft.get_absolute_url()}#statements")


@require_safe
@clinician_required
def drafts(request: UserRequest) -> HttpResponse:
    """List one's own drafts, and what one has sent in."""
    sent = list(Revision.objects.sent_in_by(request.user)[:LIST_LENGTH])
    context = {
        "drafts": Revision.objects.drafts_of(request.user).for_list(),
        "waiting": [one for one in sent if one.state == State.SUBMITTED],
        "returned": [one for one in sent if one.state in (State.CHANGES_REQUESTED, State.REJECTED)],
        "withdrawn": [one for one in sent if one.state == State.WITHDRAWN],
    }
    return render(request, "writing/drafts.html", context)


@clinician_required
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a draft for good."""
    mine = _mine(request, pk)
    if request.method != "POST":
        return render(request, "writing/discard.html", {"draft": mine})
    try:
        workflow.discard(mine, by=request.user)
    except workflow.Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))
    messages.success(request, f"The draft of “{mine.title or 'a page without a title'}” is gone.")
    return redirect("drafts")


@require_POST
@clinician_required
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take one's own submission back."""
    try:
        taken = workflow.withdraw(revision_or_404(request, pk=pk), by=request.user)
    except workflow.Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))
    messages.success(
        request, f"“{taken.title}” is withdrawn. Its text is kept below; you can continue from it."
    )
    return redirect("drafts")


@require_POST
@clinician_required
def build_on(request: UserRequest, pk: int) -> HttpResponse:
    """Begin a draft on top of what waits for review."""
    try:
        return redirect(workflow.build_on(revision_or_404(request, pk=pk), author=request.user))
    except workflow.Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))


@require_POST
@clinician_required
def resume(request: UserRequest, pk: int) -> HttpResponse:
    """Begin a draft from one's own returned, rejected or withdrawn text."""
    try:
        return redirect(workflow.resume(revision_or_404(request, pk=pk), author=request.user))
    except workflow.Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))


@clinician_required
def conflict(request: UserRequest, pk: int) -> HttpResponse:
    """Show what two people changed differently; a POST puts the author's choices into the draft."""
    mine = _mine(request, pk)
    if mine.state not in (State.DRAFT, State.SUBMITTED) or mine.typed is not None:
        return redirect(mine)
    merge = merged_with_live(mine, Family(mine.page_id))
    if merge.clean:
        messages.info(request, "Nothing in this clashes with what readers see now.")
        return redirect(mine)
    live = Publication.objects.open().of_page(mine.page).get()
    post = request.POST if request.method == "POST" else None
    form = ConflictForm(merge, post, live=live.revision_id, writer=request.user)
    if form.is_valid:
        return _settle(request, mine, merge.resolved(form.choices), live.revision_id)
    context = {"draft": mine, "form": form, "live": live}
    return render(request, "writing/conflict.html", context, status=422 if form.is_asked else 200)


def _settle(request: UserRequest, mine: Revision, document: Document, live: int) -> HttpResponse:
    """Put the settled text into the draft; what waited is withdrawn and goes on in one."""
    try:
        draft = mine if mine.state == State.DRAFT else workflow.settle_conflict(mine, by=request.user)
        workflow.settle(draft, document, by=request.user, compared_with=live)
    except workflow.Conflict:
        return redirect("conflict", draft.pk)
    except workflow.Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))
    messages.success(request, "Your choices are in the text. Read it once more, then send it for review.")
    return redirect(draft)


@clinician_required
def add_source(request: UserRequest) -> HttpResponse:
    """Add a source to the wiki; then go back to the draft that needed it."""
    back = _number(request.POST.get("draft") or request.GET.get("draft", ""))
    if request.method != "POST":
        form = SourceForm(initial={"identifier": readable(request.GET.get("id", ""))})
        return render(request, "writing/source.html", {"form": form, "draft": back})
    form = SourceForm(request.POST)
    if not form.is_valid():
        return render(request, "writing/source.html", {"form": form, "draft": back}, status=422)
    source = _added(request, form)
    _tell_of_source(request, source)
    return redirect("draft", back) if back else redirect(source)


def _added(request: UserRequest, form: SourceForm) -> Source:
    clean = form.cleaned_data
    return add_to_sources([clean["identifier"]], form.csl, type=clean["type"], by=request.user)


def _tell_of_source(request: UserRequest, source: Source) -> None:
    messages.success(
        request, f"“{source.title}” is among the sources. Cite it in the text as [@{source.key}]."
    )


def _mine(request: UserRequest, pk: int) -> Revision:
    """Return one's own revision; anybody else's does not exist here."""
    return revision_or_404(request, pk=pk, author=request.user.pk)


def _typed(request: UserRequest, before: Document) -> DraftForm:
    return DraftForm(Typed.from_post(request.POST), writer=request.user, before=before, checked=True)


def _form_page(
    request: UserRequest, form: DraftForm, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """Return the page with the form, and with what waits for review on the same page of the wiki."""
    draft = context.get("draft")
    page = draft.page if draft else context.get("page")
    waiting = Revision.objects.waiting().on(page) if page else Revision.objects.none()
    context |= {"form": form.prepare(), "page": page, "limits": LIMITS}
    context["saved"] = draft.saved_at.isoformat() if draft else ""
    context["waiting"] = [one for one in waiting if one.pk != getattr(draft, "parent_id", None)]
    context = {"source_form": SourceForm(), "shown": context.get("begun")} | context
    return render(request, "writing/edit.html", context, status=status)


def _number(text: str) -> int | None:
    """Return the number that a field of ours or an address holds, None for anything else."""
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None
