"""Who may sign what today, and what expires when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.screens.reviewing.signers import signers_today
from wiki.views.access import UserRequest, desk_required


@require_safe
@desk_required
def signers(request: UserRequest) -> HttpResponse:
    """Show moderators and administrators who can give which signature, and what waits without a signer."""
    return render(request, "statistics/signers.html", {"today": signers_today()})
