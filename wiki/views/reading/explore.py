"""The links between pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wiki.models import Page, PublishedPage
from wiki.screens.published_page import PublishedPageContent
from wiki.views.access import at_its_address


@require_safe
@at_its_address
def links(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """List what links to a page, in text or by a statement."""
    published_page = get_object_or_404(PublishedPage.objects.for_page(), page=found)
    return render(
        request,
        "reading/links.html",
        {"published_page": published_page, "sheet": PublishedPageContent(published_page)},
    )
