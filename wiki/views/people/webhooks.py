"""The page of one's webhooks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wiki.acts.people import webhooks as acts
from wiki.forms.numbers import number_in
from wiki.models import Webhook
from wiki.models.followers.webhooks import Wanted
from wiki.policy.refusal import Refused
from wiki.views import access
from wiki.views.access import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_required
def webhooks(request: UserRequest) -> HttpResponse:
    """Show a person's webhooks; a POST adds one, ends one, sends again, or changes a secret."""
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _do(request))
            return redirect("webhooks")
        except Refused as why:
            refusal = str(why)
    context = {"webhooks": Webhook.objects.of_person(request.user), "refusal": refusal}
    context |= {"address": request.POST.get("address", ""), "choices": Wanted.choices}
    context["wanted"] = request.POST.get("wanted", Wanted.ALL.value)
    return render(request, "watching/webhooks.html", context, status=422 if refusal else 200)


def _do(request: UserRequest) -> str:
    """Do what was asked for; return the sentence that says so."""
    asked, number = request.POST, number_in(request.POST.get("webhook", "")) or 0
    match asked.get("act", ""):
        case "end":
            acts.end(request.user, number)
            return "Ended. Nothing more is sent there."
        case "again":
            acts.start_again(request.user, number, asked.get("position", ""))
            return "It is sent again what follows, within minutes."
        case "secret":
            acts.renew_secret(request.user, number)
            return "It has a new secret. What is sent from now on is signed with that."
    acts.add(request.user, asked.get("address", ""), asked.get("wanted", Wanted.ALL))
    return "Set up. Within minutes it is asked whether it wants this."
