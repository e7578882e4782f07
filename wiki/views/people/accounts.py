"""Accounts: one's own profile, and the roles that administrators grant."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import email_changed
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wiki.acts.people import accounts, devices, open_work, suspension
from wiki.forms.people.accounts import (
    HandOverWorkForm,
    LiftSuspensionForm,
    PeopleForm,
    ProfileForm,
    RoleForm,
    SuspendForm,
    clean_name,
)
from wiki.mail import outbox
from wiki.models import Credential, Disclosure, Event, User
from wiki.models.events import NEWEST_EVENT_FIRST
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.users import BY_NAME
from wiki.policy.refusal import Refused
from wiki.text.days import day_in_words
from wiki.views.access import UserRequest, administrator_required, refused, signed_in_required

EVENTS_A_PART = 20
CANNOT_SIGN_IN = "The user name, the email address or the password is not right. Check them, and try again."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """allauth's adapter: the name comes from the form; nobody chooses a role."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_taken": "Somebody has this user name already. Choose another.",
        "username_blacklisted": "This user name cannot be used. Choose another.",
        "email_taken": "An account has this email address already. Sign in, or reset your password.",
        "duplicate_email": "Your account has this email address already.",
        "unknown_email": "No account has this email address.",
        "username_password_mismatch": CANNOT_SIGN_IN,
        "email_password_mismatch": CANNOT_SIGN_IN,
        "too_many_login_attempts": "Too many attempts to sign in. Wait five minutes, then try again.",
        "enter_current_password": "This is not your password. Enter the one you sign in with now.",
        "incorrect_password": "This is not your password. Enter it again.",
        "incorrect_code": "This code is not right. Enter the one that is shown now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anybody may open an account; where not, people are invited."""
        return bool(settings.SIGN_UP)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save the name with the new account."""
        user.name = form.cleaned_data["name"]
        kept: User = super().save_user(request, user, form, commit)
        return kept

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed sign-ins separately on devices where the account signed in before.

        So whoever guesses elsewhere locks the name, and not its owner.
        """
        key = str(super()._get_login_attempts_cache_key(request, **credentials))
        login = credentials.get("email", credentials.get("username", ""))
        device = devices.device_of(request.COOKIES.get(devices.COOKIE, ""), login)
        return f"{key}:{device}" if device else key

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Continue, and remember on this device who signed in."""
        response: HttpResponse = super().post_login(request, user, **how)
        response.set_cookie(
            devices.COOKIE,
            devices.remembered(request.COOKIES.get(devices.COOKIE, ""), user),
            max_age=devices.YEAR,
            path=reverse("account_login"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return the user name; refuse one that looks like another account's, or its name."""
        cleaned: str = super().clean_username(username, shallow)
        return cleaned if shallow else clean_name(cleaned)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the account's mail into the outbox, like all other mail.

        It may hold a link that opens the account: the database removes the text once the letter is sent.
        """
        shown = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        mail = self.render_mail(template_prefix, email, {**shown, **context})
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        letter = outbox.letter_to_address(
            email,
            subject=mail.subject,
            body=mail.body,
            ref=f"{template_prefix.rpartition('/')[2]} {uuid4().hex}",
            person=person,
        )
        outbox.post([letter])


@receiver(email_changed)
def keep_address(user: User, from_email_address: Any, to_email_address: Any, **_: Any) -> None:
    """Log that an account has another email address."""
    accounts.record_address(user, before=from_email_address.email, after=to_email_address.email)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_required
def profile(request: UserRequest) -> HttpResponse:
    """Show the person's role and account, and the form to change how they are named."""
    form = ProfileForm.for_person(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            accounts.introduce(request.user, **form.cleaned_data)
        except Refused as refusal:
            return refused(request, str(refusal), back=reverse("profile"))
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    context: dict[str, Any] = {"form": form, "declaration": Disclosure.objects.newest_of(request.user)}
    context["registrations"] = Credential.objects.of_person(request.user)
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)


@require_safe
@administrator_required
def roles(request: UserRequest) -> HttpResponse:
    """List people with their roles, and the log of grants."""
    form = PeopleForm(request.GET)
    log = PartAsked.from_query(request.GET, "log", EVENTS_A_PART)
    shown = {
        "people": part_of(form.people.with_credentials(), BY_NAME, PartAsked.from_query(request.GET)),
        "log": part_of(Event.objects.about_accounts(), NEWEST_EVENT_FIRST, log),
        "form": form,
        "words": form.words,
        "unverified": Credential.objects.unverified().count(),
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
        person = accounts.grant_role(person, form.cleaned_data["role"], by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("grant", args=[pk]))
    messages.success(request, f"{person} is now {person.get_role_display().lower()}.")
    return redirect("roles")


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Remove a person's account; their texts and signatures stay."""
    person = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return render(request, "accounts/remove.html", {"person": person})
    try:
        accounts.remove_account(person, by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("grant", args=[pk]))
    messages.success(request, f"The account of {person} is removed.")
    return redirect("roles")


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def suspend(request: UserRequest, pk: int) -> HttpResponse:
    """Suspend an account for a time and reassign its work; show its status."""
    person = get_object_or_404(User, pk=pk)
    form = SuspendForm(request.POST if request.method == "POST" else None, person=person)
    if not form.is_valid():
        return _suspension(request, person, {"form": form}, status=422 if form.is_bound else 200)
    try:
        handed = suspension.suspend(person, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _suspension(request, person, {"form": form, "sentence": str(refusal)}, status=409)
    until = day_in_words(form.cleaned_data["until"])
    messages.success(request, f"{person} is suspended until {until}. {handed}".strip())
    return redirect("suspend", pk)


@require_POST
@administrator_required
def lift(request: UserRequest, pk: int) -> HttpResponse:
    """End a suspension early."""
    person = get_object_or_404(User, pk=pk)
    form = LiftSuspensionForm(request.POST)
    if not form.is_valid():
        return _suspension(request, person, {"lift": form}, status=422)
    try:
        suspension.lift(person, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _suspension(request, person, {"lift": form, "sentence": str(refusal)}, status=409)
    messages.success(request, f"{person} may act again.")
    return redirect("grant", pk)


@require_POST
@administrator_required
def hand_over_work(request: UserRequest, pk: int) -> HttpResponse:
    """Reassign the work of a suspended person to a colleague."""
    person = get_object_or_404(User, pk=pk)
    form = HandOverWorkForm(request.POST, person=person)
    if not form.is_valid():
        return _suspension(request, person, {"hand_over_work": form}, status=422)
    try:
        handed = suspension.hand_over_work(person, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _suspension(request, person, {"hand_over_work": form, "sentence": str(refusal)}, status=409)
    messages.success(request, f"Handed on. {handed}".strip())
    return redirect("suspend", pk)


def _suspension(request: UserRequest, person: User, more: dict[str, Any], *, status: int) -> HttpResponse:
    forms = {
        "form": SuspendForm(person=person),
        "lift": LiftSuspensionForm(),
        "hand_over_work": HandOverWorkForm(person=person),
    }
    context = {"person": person, "work": open_work.work_of(person), **forms, **more}
    return render(request, "accounts/suspend.html", context, status=status)
