"""The addresses of pages in other forms than HTML."""

from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from wiki.models import Page, PublishedPage
from wiki.views import access
from wiki.views.negotiation import ENDINGS
from wiki.views.page_forms import page_in, readable_elsewhere


def _for_programs_anywhere(view: access.View) -> access.View:
    """Decorate a view: programs on other sites may read its answer, wherever it leads."""

    @wraps(view)
    def answered(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        return readable_elsewhere(view(request, *args, **kwargs))

    return answered


@require_safe
@_for_programs_anywhere
@access.at_its_address
def page_form(request: HttpRequest, found: Page, slug: str, ending: str) -> HttpResponse:
    """Send a published page in the form that its address ends with; of a retired one, why it is away."""
    published_page = PublishedPage.objects.for_page().of_page(found.pk)
    if published_page is not None:
        return page_in(ENDINGS[ending], request, published_page)
    if not found.retired:
        raise Http404
    if instead := access.standing_for(found):
        return redirect("page-form", instead, ending)
    return HttpResponse(
        access.why_retired(found), status=HTTPStatus.GONE, content_type="text/plain; charset=utf-8"
    )
