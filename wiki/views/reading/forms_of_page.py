"""The addresses of pages in other forms than HTML."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from wiki.models import Page, PublishedPage
from wiki.views import access
from wiki.views.negotiation import ENDINGS
from wiki.views.page_forms import page_in


@require_safe
@access.at_its_address
def page_form(request: HttpRequest, found: Page, slug: str, ending: str) -> HttpResponse:
    """Send a published page in the form that its address ends with."""
    published_page = get_object_or_404(PublishedPage.objects.for_page(), page=found)
    return page_in(ENDINGS[ending], request, published_page)
