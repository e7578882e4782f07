"""Protecting pages, suppressing texts, and withdrawing an approver's sentence."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wiki.acts.reviewing import meanings
from wiki.acts.reviewing.publishing import version_before
from wiki.acts.safety import suppression
from wiki.acts.safety.protection import lift_protection
from wiki.acts.safety.protection import protect as limit
from wiki.forms.reviewing.corrections import (
    CorrectionReasonForm,
    ProtectForm,
    ShowAgainForm,
    SuppressForm,
    WithdrawMeaningForm,
)
from wiki.models import Page, Publication, Revision, Suppression, User
from wiki.policy.refusal import Refused
from wiki.views.access import (
    UserRequest,
    at_its_address,
    moderator_required,
    revision_or_404,
    revision_with_id,
)


@moderator_required
@at_its_address
def protect(request: UserRequest, page: Page, slug: str) -> HttpResponse:
    """Ask until when and why a page is protected; a POST protects it, or ends the protection."""
    if request.method != "POST":
        return _protect_page(request, page, slug, ProtectForm())
    lifts = request.POST.get("act") == "lift"
    form = CorrectionReasonForm(request.POST) if lifts else ProtectForm(request.POST)
    if not form.is_valid():
        return _protect_page(request, page, slug, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        (lift_protection if lifts else limit)(page, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        page.refresh_from_db()
        return _protect_page(request, page, slug, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(request, "All who write may edit it again." if lifts else "Only moderators edit it now.")
    return redirect("history", slug)


def _protect_page(
    request: UserRequest,
    page: Page,
    slug: str,
    form: CorrectionReasonForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    lifting = form if not isinstance(form, ProtectForm) else CorrectionReasonForm()
    limiting = form if isinstance(form, ProtectForm) else ProtectForm()
    context: dict[str, Any] = {"page": page, "slug": slug, "sentence": sentence, "form": form}
    context |= {"lifting": lifting, "limiting": limiting, "live": Publication.objects.live_with_people(page)}
    return render(request, "protection/protect.html", context, status=status)


@moderator_required
@at_its_address
def suppress(request: UserRequest, page: Page, slug: str, number: int) -> HttpResponse:
    """Show what follows if a version’s text is hidden; a POST hides it, confirms that or shows it again."""
    one = revision_or_404(request, page=page, number=number)
    return _suppress(request, one, back=reverse("history", args=[slug]))


@moderator_required
def suppress_sent_in(request: UserRequest, pk: int) -> HttpResponse:
    """Do the same for any version that was sent in, also of a page that never had an address."""
    one = revision_with_id(request, pk)
    return _suppress(request, one, back=one.get_absolute_url())


def _suppress(request: UserRequest, one: Revision, *, back: str) -> HttpResponse:
    asked = request.POST.get("act", "hide") if request.method == "POST" else ""
    form = _suppress_form(request, asked)
    if form and not form.is_valid():
        return _suppress_page(request, one, back, form, status=422)
    try:
        told = _decided(one, asked, by=request.user, reason=form.cleaned_data["reason"] if form else "")
    except Refused as refusal:
        return _suppress_page(request, one, back, form, sentence=str(refusal), status=409)
    if not told:
        return _suppress_page(request, one, back, form, status=422 if asked else 200)
    messages.success(request, told)
    return redirect(back)


def _suppress_form(request: UserRequest, asked: str) -> CorrectionReasonForm | None:
    """Return what was typed, where the act that was asked for needs a reason."""
    kinds = {"hide": SuppressForm, "show": ShowAgainForm}
    return kinds[asked](request.POST) if asked in kinds else None


def _decided(one: Revision, asked: str, *, by: User, reason: str) -> str:
    """Do what was asked for and return what came of it, in a sentence; "" where nothing was asked."""
    match asked:
        case "hide":
            suppression.suppress(one.pk, by=by, reason=reason)
            return (
                f"Only moderators and administrators can read version {one.number} now. "
                "It is hidden for good once another moderator confirms it; all of them are told."
            )
        case "confirm":
            suppression.confirm(one.pk, by=by)
            return f"The text of version {one.number} is hidden for good."
        case "show":
            suppression.show_again(one.pk, by=by, reason=reason)
            return f"The text of version {one.number} can be read again by whoever could read it before."
        case _:
            return ""


def _suppress_page(
    request: UserRequest,
    one: Revision,
    back: str,
    form: CorrectionReasonForm | None,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    live = Publication.objects.live_with_people(one.page)
    is_live = live is not None and live.revision_id == one.pk
    hidden = Suppression.objects.filter(revision=one).first()
    fitting = ShowAgainForm if hidden else SuppressForm
    context = {"revision": one, "back": back, "sentence": sentence, "is_live": is_live, "hidden": hidden}
    context["form"] = form if isinstance(form, fitting) else fitting()
    context["is_own"] = hidden is not None and hidden.by_id == request.user.pk
    context["before"] = version_before(one) if is_live else None
    return render(request, "protection/suppress.html", context, status=status)


@moderator_required
@at_its_address
def withdraw_meaning(request: UserRequest, page: Page, slug: str, number: int) -> HttpResponse:
    """Show an approver's sentence about a version; a POST withdraws it."""
    one = revision_or_404(request, page=page, number=number)
    form = WithdrawMeaningForm(request.POST if request.method == "POST" else None)
    context = {"revision": one, "slug": slug, "form": form, "told": Publication.objects.last_of(one)}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "protection/withdraw_meaning.html", context, status=status)
    try:
        meanings.withdraw_meaning(one.pk, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "protection/withdraw_meaning.html", context, status=409)
    messages.success(request, "Readers are not told that any more.")
    return redirect("history", slug)
