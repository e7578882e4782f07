"""The addresses of pages in other forms than HTML."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wiki.models import Page, PublishedPage
from wiki.models.queries.page_addresses import led_to
from wiki.views import access
from wiki.views.negotiation import ENDINGS
from wiki.views.page_forms import page_in
from wiki.views.program_doors import for_programs


@for_programs
@access.at_its_address
def page_form(request: HttpRequest, found: Page, slug: str, ending: str) -> HttpResponse:
    """Send a published page in the form that its address ends with; of a retired one, why it is away."""
    published_page = PublishedPage.objects.for_page().of_page(found.pk)
    if published_page is not None:
        return page_in(ENDINGS[ending], request, published_page)
    if not found.retired:
        raise Http404
    led = led_to(slug)
    if led and led.slug:
        return redirect("page-form", led.slug, ending)
    return HttpResponse(
        access.why_retired(found.retired), status=HTTPStatus.GONE, content_type="text/plain; charset=utf-8"
    )


@for_programs
def json_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to a page as JSON, which is at the programming interface (API)."""
    return redirect("api:page", slug, permanent=True)
