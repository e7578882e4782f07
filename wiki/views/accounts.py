"""Accounts: one's own profile, and the roles that administrators grant."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wiki.forms.accounts import PeopleForm, ProfileForm, RoleForm
from wiki.models import Event, User
from wiki.views.access import UserRequest, administrator_required, refused, signed_in_required
from wiki.workflow import Refused, people

PEOPLE_A_PAGE = 50
EVENTS_A_PAGE = 20


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Opens accounts: the name comes from the form, the role from nobody."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the name together with the rest of the new account."""
        user.name = form.cleaned_data["name"]
        kept: User = super().save_user(request, user, form, commit)
        return kept


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_required
def profile(request: UserRequest) -> HttpResponse:
    """Show what one's role allows and where the account is looked after; change how one is named."""
    form = ProfileForm.of(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        people.introduce(request.user, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@administrator_required
def roles(request: UserRequest) -> HttpResponse:
    """List people with their roles, and the log of grants."""
    form = PeopleForm(request.GET)
    found = Paginator(User.objects.named(form.words).a_to_z(), PEOPLE_A_PAGE)
    log = Paginator(Event.objects.about_accounts(), EVENTS_A_PAGE)
    shown = {
        "people": found.get_page(request.GET.get("page")),
        "log": log.get_page(request.GET.get("log")),
        "words": form.words,
    }
    return render(request, "accounts/roles.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def grant(request: UserRequest, pk: int) -> HttpResponse:
    """Grant a person a role."""
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": person.role})
    if not form.is_valid():
        shown = {"person": person, "form": form}
        return render(request, "accounts/grant.html", shown, status=422 if form.is_bound else 200)
    try:
        person = people.grant_role(person, form.cleaned_data["role"], by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("grant", args=[pk]))
    messages.success(request, f"{person} is now {person.get_role_display().lower()}.")
    return redirect("roles")


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Remove a person's account; what they wrote and signed stays under their name."""
    person = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return render(request, "accounts/remove.html", {"person": person})
    try:
        people.remove_account(person, by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("grant", args=[pk]))
    messages.success(request, f"The account of {person} is removed.")
    return redirect("roles")
