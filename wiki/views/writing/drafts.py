"""The form of a page, drafts, and the buttons of the form."""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wiki.acts.library.sources import add as add_to_sources
from wiki.acts.writing import drafts as drafts_acts
from wiki.acts.writing import submission
from wiki.acts.writing.drafts import begins_with
from wiki.acts.writing.submission import MergedWithNewVersion
from wiki.domain.kinds import KINDS
from wiki.domain.lifecycle import State
from wiki.forms.editing.draft import EMPTY, DraftForm
from wiki.forms.editing.edit_sidebar import EditSidebar
from wiki.forms.editing.page_choice import pages_named_like
from wiki.forms.editing.typed import Typed, readable, source_asked
from wiki.forms.library.source import SourceForm
from wiki.forms.numbers import number_in
from wiki.importing import finding
from wiki.models import Page, Revision
from wiki.models.queries.editing import waiting_on
from wiki.policy.refusal import Conflict, Refused, SavedElsewhere
from wiki.policy.submission_problems import LIMITS
from wiki.screens.edit_conflict import edit_conflict_of
from wiki.screens.statistics import sentence_when_sent, waits_in_words
from wiki.text.document import Document
from wiki.text.language.page_templates import skeleton_of
from wiki.views import unsaved_work
from wiki.views.access import (
    UserRequest,
    clinician_required,
    closed_to,
    page_at,
    refused,
    revision_or_404,
    revision_with_id,
)

LIST_LENGTH: Final = 100
# Where the session keeps a source that is typed into the form of a draft and not added yet.
HALF_TYPED_SOURCE: Final = "half-typed-source"


@clinician_required
def edit(request: UserRequest, slug: str) -> HttpResponse:
    """Show the form with the published version, or an earlier one; a POST begins the draft."""
    section = request.GET.get("section", "")
    if section and "/" not in section:
        return redirect("edit-section", slug, section)
    page = page_at(slug)
    if closed := closed_to(request, page):
        return closed
    begun = begins_with(page)
    if begun is None:
        return refused(request, "This page has not been published yet.", back=reverse("drafts"))
    if request.method == "POST":
        return _begin(request, page, begun)
    if post := unsaved_work.kept(request):
        return _put_back(request, post, begun.document, page=page, begun=begun)
    number = number_in(request.GET.get("from", ""))
    if draft := Revision.objects.drafts_of(request.user).on(page).first():
        return redirect("restore", slug, number) if number else redirect(draft)
    shown = revision_or_404(request, page=page, number=number) if number else begun
    cover = {"note": f"Goes back to version {shown.number}."} if shown != begun else {}
    form = DraftForm.of_document(shown.document, writer=request.user, cover=cover)
    restores = shown.number if shown != begun else ""
    return _form_page(request, form, page=page, begun=begun, shown=shown, restores=restores)


def _begin(request: UserRequest, page: Page, begun: Revision) -> HttpResponse:
    """Begin the draft with what was typed; if that is refused, show the form again."""
    form = _typed(request, begun.document)
    base, restores = (number_in(request.POST.get(name, "")) for name in ("base", "from"))
    document = form.document
    try:
        draft = drafts_acts.edit(page, author=request.user, document=document, shown=base, restores=restores)
    except Refused as refusal:
        mine = Revision.objects.drafts_of(request.user).on(page).first()
        context = {"page": page, "begun": begun, "other": mine, "restores": restores or ""}
        return _form_page(request, form, sentence=str(refusal), status=HTTPStatus.CONFLICT, **context)
    return _keep(request, draft, form)


@clinician_required
def new(request: UserRequest) -> HttpResponse:
    """Ask for title and kind, then show the form with the kind's usual headings; a POST begins the draft."""
    if request.method == "POST":
        form = _typed(request, EMPTY)
        try:
            draft = drafts_acts.propose(form.document, author=request.user)
        except Refused as refusal:
            return _form_page(request, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
        return _keep(request, draft, form)
    if post := unsaved_work.kept(request):
        return _put_back(request, post, EMPTY)
    title = " ".join(readable(request.GET.get("title", "")).split())
    kind = request.GET.get("kind", "")
    known = pages_named_like(title) if title else []
    if kind not in KINDS:
        choices = {"title": title, "kinds": KINDS.values(), "known": known}
        return render(request, "writing/new.html", choices)
    document = Document(title=title, kind=kind, body=skeleton_of(KINDS[kind].sections))
    form = DraftForm.of_document(document, writer=request.user)
    return _form_page(request, form, known=known)


@clinician_required
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """Show one's draft with its problems; a POST saves it, then does what the button says."""
    mine = _mine(request, pk)
    if request.method == "POST":
        return _save(request, mine)
    if mine.state != State.DRAFT:
        return redirect(mine)
    if post := unsaved_work.kept(request):
        return _put_back(request, post, mine.document, draft=mine)
    form = DraftForm.of_draft(mine, writer=request.user, spare=request.GET.get("add", ""))
    return _form_page(request, form, draft=mine)


def _save(request: UserRequest, mine: Revision) -> HttpResponse:
    form = _typed(request, mine.document)
    return _keep(request, mine, form, seen=request.POST.get("saved") or None)


def _keep(request: UserRequest, draft: Revision, form: DraftForm, seen: str | None = None) -> HttpResponse:
    """Save everything typed, then do what the pressed button says."""
    typed = form.left_over
    try:
        draft = drafts_acts.save(draft, form.document, by=request.user, **form.cover, typed=typed, seen=seen)
    except Refused as refusal:
        if _is_sent(draft, form):
            return redirect(draft)
        context: dict[str, Any] = {"elsewhere": isinstance(refusal, SavedElsewhere), "draft": draft}
        return _form_page(request, form, sentence=str(refusal), status=HTTPStatus.CONFLICT, **context)
    unsaved_work.forget(request)
    _remember_source(request, draft)
    act = request.POST.get("act", "")
    if act == "submit":
        return _submit(request, draft, form)
    if act == "add-source":
        return _add_source(request, draft, form)
    if act == "find-source":
        return _find_source(request, draft, form)
    if asked := source_asked(request.POST):
        return redirect(f"{reverse('add-source')}?{urlencode({'draft': draft.pk} | asked)}")
    return redirect(_place_after(act, draft, form))


def _remember_source(request: UserRequest, draft: Revision) -> None:
    """Keep a source that is typed and not added yet: a draft has no place for it."""
    words = SourceForm.words_in(request.POST)
    if SourceForm.half_typed(words):
        request.session[HALF_TYPED_SOURCE] = {"draft": draft.pk, "words": words}
    else:
        request.session.pop(HALF_TYPED_SOURCE, None)


def _half_typed_source(request: UserRequest, draft: Revision | None) -> SourceForm | None:
    """Return the form of a source that is typed and not added yet, if there is one."""
    if request.method == "POST":
        return SourceForm.half_typed(SourceForm.words_in(request.POST))
    kept = request.session.get(HALF_TYPED_SOURCE, {})
    return SourceForm.half_typed(kept["words"]) if draft and kept.get("draft") == draft.pk else None


def _place_after(act: str, draft: Revision, form: DraftForm) -> str:
    """Return the place on the draft's page to show after a button that only saves."""
    if act == "add-picture":
        return f"{reverse('add-picture')}?draft={draft.pk}"
    address = draft.get_absolute_url()
    places = {
        "add-statement": f"?add=statement#statements-{len(form.statements)}-relation",
        "add-code": f"?add=code#codes-{len(form.codes)}-system",
        "preview": "#preview",
    }
    if act.startswith("add-statement-"):
        places[act] = f"?add={act.removeprefix('add-')}#statements-{len(form.statements)}-object"
    removed = "#statements" if act.startswith(("remove-statement", "remove-source")) else ""
    return address + places.get(act, "#codes" if act.startswith("remove-code") else removed)


def _submit(request: UserRequest, draft: Revision, form: DraftForm) -> HttpResponse:
    """Submit the draft, or show at each field why not."""
    _ask_of_new_page(form, draft)
    if not form.check(draft.page_id, for_review=True):
        if form.owes_summary_only:
            return redirect("submit-step", draft.pk)
        return _form_page(request, form, draft=draft, status=422)
    if edit_conflict_of(draft):
        return redirect("conflict", draft.pk)
    try:
        sent = submission.submit(draft, by=request.user, **form.cover)
    except MergedWithNewVersion as refusal:
        messages.warning(request, str(refusal))
        return redirect(draft)
    except Conflict:
        return redirect("conflict", draft.pk)
    except Refused as refusal:
        if _is_sent(draft, form):
            return redirect(draft)
        return _form_page(request, form, draft=draft, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(request, sentence_when_sent(sent))
    return redirect(sent)


def _ask_of_new_page(form: DraftForm, draft: Revision | None) -> None:
    """Ask for the edit summary of a page that readers do not have yet, if this is one."""
    if draft is None or draft.parent_id is None:
        form.head.ask_of_new_page()


def _is_sent(draft: Revision, form: DraftForm) -> bool:
    """Return whether these very words wait for review: who got no answer has pressed “Submit” again."""
    draft.refresh_from_db()
    return draft.state == State.SUBMITTED and draft.document == form.document


def _find_source(request: UserRequest, draft: Revision, form: DraftForm) -> HttpResponse:
    """Fill the source part of the form with what is found. The draft is saved already."""
    pasted = request.POST.get("source-pasted", "")
    found = finding.find_source(readable(pasted), by=request.user)
    if found.source:
        request.session.pop(HALF_TYPED_SOURCE, None)
        messages.success(request, finding.how_to_cite(found.source, found.sentence))
        return redirect(_place_of_statements(request, draft))
    source_form = SourceForm.from_record(found, request.POST)
    return _form_page(request, form, draft=draft, source_form=source_form, found=found)


def _add_source(request: UserRequest, draft: Revision, form: DraftForm) -> HttpResponse:
    """Add the source typed into the form of the page. The draft is saved already."""
    source_form = SourceForm(request.POST)
    if not source_form.is_valid():
        form.check(draft.page_id)
        return _form_page(
            request, form, draft=draft, source_form=source_form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    source = add_to_sources(**source_form.source, by=request.user)
    request.session.pop(HALF_TYPED_SOURCE, None)
    messages.success(request, finding.how_to_cite(source))
    return redirect(_place_of_statements(request, draft))


def _place_of_statements(request: UserRequest, draft: Revision) -> str:
    """Return where statements are written; a script knows by the key that its source has arrived."""
    key = number_in(request.POST.get("source-key", ""))
    asked = f"?source={key}" if key else ""
    return f"{draft.get_absolute_url()}{asked}#statements"


@require_safe
@clinician_required
def drafts(request: UserRequest) -> HttpResponse:
    """List one's drafts and submissions."""
    sent = list(Revision.objects.sent_in_by(request.user)[:LIST_LENGTH])
    returned = [one for one in sent if one.state in (State.CHANGES_REQUESTED, State.REJECTED)]
    asked = [one for one in returned if one.state == State.CHANGES_REQUESTED and not _is_continued(one)]
    context = {
        "drafts": Revision.objects.drafts_of(request.user).for_list(),
        "waiting": [one for one in sent if one.state == State.SUBMITTED],
        "asked": asked,
        "ended": [one for one in returned if one not in asked],
        "withdrawn": [one for one in sent if one.state == State.WITHDRAWN],
        "gone": number_in(request.GET.get("gone", "")),
    }
    return render(request, "writing/drafts.html", context)


def _is_continued(one: Revision) -> bool:
    return bool(one.is_continued)  # type: ignore[attr-defined]  # annotated


@clinician_required
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for a confirmation, then delete a draft."""
    mine = _mine(request, pk)
    if request.method != "POST":
        return render(request, "writing/discard.html", {"draft": mine})
    try:
        drafts_acts.discard(mine, by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))
    messages.success(request, f"The draft of “{mine.title or 'a page without a title'}” is gone.")
    return redirect(f"{reverse('drafts')}?gone={pk}")


@require_POST
@clinician_required
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take one's own submission back."""
    try:
        taken = submission.withdraw(revision_with_id(request, pk), by=request.user)
    except Refused as refusal:
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
        return redirect(drafts_acts.build_on(revision_with_id(request, pk), author=request.user))
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))


@require_POST
@clinician_required
def resume(request: UserRequest, pk: int) -> HttpResponse:
    """Begin a draft from one's own returned, rejected or withdrawn text."""
    try:
        return redirect(drafts_acts.resume(revision_with_id(request, pk), author=request.user))
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))


def _mine(request: UserRequest, pk: int) -> Revision:
    """Return one's own revision; raise 404 for anybody else's."""
    return revision_with_id(request, pk, is_own=True)


def _typed(request: UserRequest, before: Document) -> DraftForm:
    return DraftForm(Typed.from_post(request.POST), writer=request.user, before=before, checked=True)


def _put_back(request: UserRequest, post: QueryDict, before: Document, **context: Any) -> HttpResponse:
    """Return the form with what was typed when a session ended."""
    form = DraftForm(Typed.from_post(post), writer=request.user, before=before, checked=True)
    tokens: dict[str, Any] = {name: post[name] for name in ("saved", "base", "from") if name in post}
    tokens["restores"] = tokens.pop("from", "")
    tokens["source_form"] = SourceForm.half_typed(SourceForm.words_in(post))
    return _form_page(request, form, returned=True, **tokens, **context)


def _form_page(
    request: UserRequest, form: DraftForm, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """Return the page with the form, and with what waits for review on the same page of the wiki."""
    draft = context.get("draft")
    page = draft.page if draft else context.get("page")
    if draft or page is None:
        _ask_of_new_page(form, draft)
    waiting = waiting_on(page.pk) if page else ()
    context |= {"form": form.prepare(page.pk if page else None), "page": page, "limits": LIMITS}
    context["beside"] = EditSidebar(page, form, draft.parent if draft else context.get("begun"))
    context |= {"writer": unsaved_work.seal_of(request.user), "expected_waits": waits_in_words()}
    context.setdefault("saved", draft.saved_at.isoformat() if draft else "")
    context["waiting"] = [one for one in waiting if one.pk != getattr(draft, "parent_id", None)]
    if "source_form" not in context:
        context["source_form"] = _half_typed_source(request, draft)
    context = {"shown": context.get("begun")} | context
    return render(request, "writing/edit.html", context, status=status)
