"""Who signs for treatment, as an administrator chooses it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wiki.acts.people import signers
from wiki.domain.professions import Profession, Specialty
from wiki.forms.people.signers import SignersForm
from wiki.models import Event
from wiki.policy import signing_choices
from wiki.policy.needs import TREATING
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, administrator_required


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def choose(request: UserRequest) -> HttpResponse:
    """Show whose training counts as treating, and take another choice."""
    chosen = {"specialties": signing_choices.also_treating()}
    form = SignersForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        try:
            signers.choose_treating(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Chosen. It counts for what is sent in from now on.")
            return redirect("choose-signers")
    context = {"form": form, "choices": Event.objects.of_act(signing_choices.ACT)[:20]}
    context["fixed"] = [Profession(one).label for one in TREATING.professions] + [
        Specialty(one).label for one in TREATING.specialties
    ]
    return render(request, "accounts/signers.html", context, status=422 if form.is_bound else 200)
