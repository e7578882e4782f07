"""The pages about the site itself: who is behind it, contact, privacy and accessibility."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.domain.owner import OWNER_FACTS

BEHIND: Final = ("name", "address", "email", "editors", "funding")
DATA: Final = ("name", "address", "email", "hosting", "authority")
REACHED: Final = ("name", "address", "email")


@require_safe
def owner(request: HttpRequest) -> HttpResponse:
    """Say who stands behind the wiki."""
    return _page(request, "owner", BEHIND)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Say whom to write to, and for what."""
    return _page(request, "contact", REACHED)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of whoever reads, writes or reports, why, and for how long."""
    return _page(request, "privacy", DATA)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say for whom the wiki works, what is known not to, and whom to tell."""
    return _page(request, "accessibility", ("email",))


def _page(request: HttpRequest, name: str, wanted: tuple[str, ...]) -> HttpResponse:
    """Return one of the pages, with what the owner says of themselves; what they do not say is None."""
    facts = [(fact, settings.OWNER[fact.name].strip() or None) for fact in OWNER_FACTS if fact.name in wanted]
    return render(request, f"site/{name}.html", {"facts": facts})
