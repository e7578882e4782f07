"""Who may approve what today, and what runs out when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.screens.signers import signers_today
from wiki.views.access import UserRequest, desk_required


@require_safe
@desk_required
def signers(request: UserRequest) -> HttpResponse:
    """Show moderators and administrators who can give which signature, and what waits on nobody."""
    return render(request, "statistics/signers.html", {"today": signers_today()})
