"""Credentials and interests: people enter them, administrators verify credentials."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wiki.acts.people import credentials, disclosures
from wiki.forms.people.credentials import (
    CredentialForm,
    DeclarationForm,
    EndCredentialForm,
    RevokeCredentialForm,
    VerifyForm,
)
from wiki.models import Credential, Disclosure
from wiki.policy.refusal import Refused
from wiki.text.days import day_in_words
from wiki.views.access import UserRequest, administrator_required, refused, signed_in_required

# Pages that send a person here for their declaration, and to which they return.
FROM = re.compile(r"/review/(?:[0-9]+/)?")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_required
def registrations(request: UserRequest) -> HttpResponse:
    """Show one's registrations and their status; a POST adds one."""
    form = CredentialForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _registrations(request, form, status=422 if form.is_bound else 200)
    try:
        credentials.enter(request.user, **form.cleaned_data)
    except Refused as refusal:
        return _registrations(request, form, sentence=str(refusal), status=409)
    messages.success(request, "Entered. An administrator looks it up, and you get a notification.")
    return redirect("registrations")


def _registrations(
    request: UserRequest, form: CredentialForm, *, sentence: str = "", status: int
) -> HttpResponse:
    context = {"form": form, "sentence": sentence, "held": Credential.objects.of_person(request.user)}
    return render(request, "trust/registrations.html", context, status=status)


@require_POST
@signed_in_required
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """End a registration of one's own."""
    try:
        credentials.withdraw(pk, by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("registrations"))
    messages.success(request, "Withdrawn. It stands beside your name no longer.")
    return redirect("registrations")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_required
def interests(request: UserRequest) -> HttpResponse:
    """Declare one's interests, beginning with the last declaration."""
    last = Disclosure.objects.with_titles().newest_of(request.user)
    data = request.POST if request.method == "POST" else None
    form = DeclarationForm(data, last=last)
    if data is None or "more" in data or not form.is_valid():
        bad = data is not None and "more" not in data
        return _interests(request, form, last, status=422 if bad else 200)
    made = disclosures.declare(request.user, form.declared)
    messages.success(request, f"Declared. It holds until {day_in_words(made.expires_on)}.")
    return redirect(_way_back(request))


def _interests(
    request: UserRequest, form: DeclarationForm, last: Disclosure | None, *, status: int
) -> HttpResponse:
    context = {"form": form, "last": last, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "trust/interests.html", context, status=status)


def _way_back(request: HttpRequest) -> str:
    """Return the page that the person came from, if it is one that asks for a declaration."""
    came_from = request.POST.get("next", "")
    return came_from if FROM.fullmatch(came_from) else reverse("profile")


@require_safe
@administrator_required
def to_verify(request: UserRequest) -> HttpResponse:
    """List the registrations that wait for an administrator, and the valid ones, earliest end first."""
    context = {"waiting": Credential.objects.unverified(), "verified": Credential.objects.verified()}
    return render(request, "trust/to_verify.html", context)


@require_safe
@administrator_required
def registration(request: UserRequest, pk: int) -> HttpResponse:
    """Show one registration with what can be decided on it."""
    return _registration(request, pk, {}, status=HTTPStatus.OK)


def _registration(request: UserRequest, pk: int, more: dict[str, Any], *, status: int) -> HttpResponse:
    one = get_object_or_404(Credential.objects.with_people(), pk=pk)
    context = {"one": one, "verify": VerifyForm.first(), "end": EndCredentialForm()}
    context |= {"revoke": RevokeCredentialForm(), **more}
    return render(request, "trust/registration.html", context, status=status)


@require_POST
@administrator_required
def verify(request: UserRequest, pk: int) -> HttpResponse:
    """Verify a registration."""
    form = VerifyForm(request.POST)
    return _decide(
        request, pk, "verify", form, lambda words: credentials.verify(pk, by=request.user, **words)
    )


@require_POST
@administrator_required
def decline(request: UserRequest, pk: int) -> HttpResponse:
    """Say that a registration could not be verified."""
    form = EndCredentialForm(request.POST)
    return _decide(request, pk, "end", form, lambda words: credentials.decline(pk, by=request.user, **words))


@require_POST
@administrator_required
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """End a verified registration."""
    form = RevokeCredentialForm(request.POST)
    return _decide(
        request, pk, "revoke", form, lambda words: credentials.revoke(pk, by=request.user, **words)
    )


def _decide(
    request: UserRequest,
    pk: int,
    name: str,
    form: VerifyForm | EndCredentialForm,
    act: Callable[[dict[str, Any]], Credential],
) -> HttpResponse:
    """Do the decided act; if it is refused, say why, with everything typed."""
    if not form.is_valid():
        return _registration(request, pk, {name: form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        one = act(form.cleaned_data)
    except Refused as refusal:
        more = {name: form, "sentence": str(refusal)}
        return _registration(request, pk, more, status=HTTPStatus.CONFLICT)
    messages.success(request, f"{one} of {one.person} is {STANDING_IN_WORDS[one.standing]}. They are told.")
    return redirect("to-verify")


STANDING_IN_WORDS = {"valid": "verified", "declined": "declined", "revoked": "revoked"}
