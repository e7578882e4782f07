"""Inviting people by a list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wiki.acts.people import invitations
from wiki.forms.people.invitations import InvitationsForm
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, administrator_required


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def invite(request: UserRequest) -> HttpResponse:
    """Open accounts for a list of people, who get a link by mail to choose a password."""
    form = InvitationsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opened = invitations.invite(form.cleaned_data["people"], by=request.user)
        except Refused as refusal:
            form.add_error("people", str(refusal).splitlines())
        else:
            messages.success(request, f"Invited: {', '.join(map(str, opened))}.")
            return redirect("roles")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)
