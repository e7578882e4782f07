"""Reverification: pages that are due, confirming a statement, and a page's owner."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wiki.acts.upkeep import reverification as acts
from wiki.domain.kinds import KINDS
from wiki.forms.reviewing.reverification import CheckedForm, OwnerForm
from wiki.models import Page, PublishedPage, Statement, Task, Verification
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.published_pages import A_TO_Z, NEXT_DUE_FIRST
from wiki.policy.refusal import Refused
from wiki.views import access
from wiki.views.access import UserRequest


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """List the pages whose review is overdue, longest first; of all kinds, or one."""
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in KINDS else ""
    pages = PublishedPage.objects.for_lists().of_kind(kind)
    asked = PartAsked.from_query(request.GET), PartAsked.from_query(request.GET, "unreviewed")
    context = {
        "rows": part_of(pages.overdue(timezone.localdate()), NEXT_DUE_FIRST, asked[0]),
        "counts": PublishedPage.objects.overdue(timezone.localdate()).counts_by_kind(),
        "soonest": pages.next_due().first(),
        "unreviewed": part_of(pages.unreviewed(), A_TO_Z, asked[1]),
        "kind": kind,
    }
    return render(request, "looking_again/overdue.html", context)


@access.moderator_required
@access.at_its_address
def look_again_at(request: UserRequest, page: Page, slug: str, relation: str, other: int) -> HttpResponse:
    """Show one statement and why it should be checked; a POST confirms that it holds."""
    published_page = get_object_or_404(PublishedPage.objects.for_lists(), page=page)
    statements = Statement.objects.readable(page, relation, other)
    if not statements:
        raise Http404("The page does not say that.")

    def act(digest: str, checked: str) -> Verification:
        return acts.verify_statement(page, relation, other, by=request.user, digest=digest, checked=checked)

    because = Task.objects.premises().of_page(page).for_list().of_statement(relation, other)
    return _ask(request, published_page, act, {"statements": statements, "tasks": because})


def _ask(
    request: UserRequest,
    published_page: PublishedPage,
    act: Callable[[str, str], Verification],
    shown: dict[str, Any],
) -> HttpResponse:
    """Show the form; after a POST, do the act and redirect to the page, or say why not with
    everything typed.
    """
    digest = published_page.publication.revision.digest
    form = CheckedForm(request.POST if request.method == "POST" else None, digest=digest)
    context = {"published_page": published_page, "form": form, "digest": digest, **shown}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "looking_again/look_again.html", context, status=status)
    try:
        made = act(form.cleaned_data["digest"], form.cleaned_data["checked"])
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "looking_again/look_again.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, made.sentence)
    return redirect(published_page)


@access.moderator_required
@access.at_its_address
def owner(request: UserRequest, page: Page, slug: str) -> HttpResponse:
    """Ask who owns a page; a POST sets the owner."""
    published_page = get_object_or_404(PublishedPage.objects.for_lists(), page=page)
    form = OwnerForm(request.POST if request.method == "POST" else None, owner=page.owner)
    context = {"published_page": published_page, "form": form, "owner": page.owner}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "looking_again/owner.html", context, status=status)
    to = request.user if "mine" in request.POST else form.cleaned_data["owner"]
    try:
        acts.change_owner(page, to=to, by=request.user)
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "looking_again/owner.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, f"{to or 'Nobody'} looks after “{published_page.title}” now.")
    return redirect(published_page)
