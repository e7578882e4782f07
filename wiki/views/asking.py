"""What the form of a page asks while one types: a preview, pages and sources to choose from."""

import time
from typing import Final

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from wiki.forms.draft import preview_of
from wiki.forms.naming import suggestions
from wiki.forms.typed import readable
from wiki.models import Source
from wiki.views.access import UserRequest, clinician_required
from wiki.workflow.gate import LIMITS

PREVIEWS_A_MINUTE: Final = 120


@require_POST
@clinician_required
def preview(request: UserRequest) -> HttpResponse:
    """Return the posted text as readers would see it."""
    minute = f"preview:{request.user.pk}:{int(time.time() // 60)}"
    cache.add(minute, 0, timeout=120)
    if cache.incr(minute) > PREVIEWS_A_MINUTE:
        return _plain("Too many previews in a minute. Wait a little; nothing is lost.", 429)
    body = readable(request.POST.get("content", ""))
    if len(body.encode()) > LIMITS["body"]:
        return _plain(f"This text is longer than {LIMITS['body']:,} bytes. Shorten it to see it here.", 413)
    return HttpResponse(preview_of(body))


@require_safe
@clinician_required
def lookup_pages(request: UserRequest) -> JsonResponse:
    """Return pages whose title, alias or code begins like what is being typed."""
    return JsonResponse({"results": suggestions(readable(request.GET.get("q", "")))})


@require_safe
@clinician_required
def lookup_sources(request: UserRequest) -> JsonResponse:
    """Return sources that mention what is being typed."""
    found = Source.objects.mentioning(readable(request.GET.get("q", ""))).with_ids()[:10]
    lines = [{"key": one.key, "text": one.text, "checked": one.get_checked_display()} for one in found]
    return JsonResponse({"results": lines})


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
