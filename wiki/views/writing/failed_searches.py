"""What readers searched for in vain, for those who write."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wiki.models import FailedSearch
from wiki.models.search.index import SHOWN_FROM
from wiki.views.access import UserRequest, clinician_required

DAYS: Final = 90


@require_safe
@clinician_required
def failed(request: UserRequest) -> HttpResponse:
    """List the words that readers searched for in vain, most often first."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = FailedSearch.objects.frequent(since)
    return render(request, "search/failed.html", {"rows": rows, "days": DAYS, "least": SHOWN_FROM})
