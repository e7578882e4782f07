"""The page of the recalls that one is told of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wiki.acts.people import recall_watches as acts
from wiki.forms.numbers import number_in
from wiki.models import Address, RecallWatch
from wiki.policy.refusal import Refused
from wiki.views import access
from wiki.views.access import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_required
def recall_watches(request: UserRequest) -> HttpResponse:
    """Show what a person is told of when it is recalled; a POST adds one or ends one."""
    asked, refusal = request.POST or request.GET, ""
    if request.method == "POST":
        try:
            messages.success(request, _do(request))
            return redirect("recall-watches")
        except Refused as why:
            refusal = str(why)
    context = {
        "watches": RecallWatch.objects.of_person(request.user).select_related(
            "page__published_page", "revision"
        ),
        "refusal": refusal,
        "typed": {name: asked.get(name, "") for name in ("page", "version", "words")},
    }
    return render(request, "watching/recalls.html", context, status=422 if refusal else 200)


def _do(request: UserRequest) -> str:
    """Do what was asked for; return the sentence that says so."""
    asked = request.POST
    if asked.get("act") == "end":
        acts.switch(request.user, number_in(asked.get("watch", "")) or 0, is_on=False)
        return "You are no longer told of that."
    page, slug = None, asked.get("page", "").strip().strip("/").rpartition("/")[2]
    if slug:
        found = Address.objects.select_related("page").filter(slug=slug).first()
        if found is None:
            raise Refused("There is no page at this address.")
        page = found.page
    version = asked.get("version", "").strip()
    if version and number_in(version) is None:
        raise Refused("That is not a version.")
    acts.follow(request.user, page=page, version=number_in(version), words=asked.get("words", ""))
    return "You are told by email when it is recalled."
