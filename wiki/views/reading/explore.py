"""The links between pages, and questions to the graph that they make."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wiki.forms.exploring import LinkFilterForm
from wiki.models import Page, PublishedPage, Statement
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.published_pages import A_TO_Z
from wiki.models.statements import SUREST_FIRST
from wiki.screens.exploring.around import Around
from wiki.screens.exploring.questions import HowLinked, Shared, names_in
from wiki.screens.published_page import PublishedPageContent
from wiki.views.access import at_its_address


@require_safe
@at_its_address
def links(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """List what links to a page, in text or by a statement."""
    published_page = get_object_or_404(PublishedPage.objects.for_page(), page=found)
    linking = PublishedPage.objects.linking_to(found.pk)
    told = part_of(
        Statement.objects.made_elsewhere_about(found),
        SUREST_FIRST,
        PartAsked.from_query(request.GET, "statements"),
    )
    own = Statement.objects.written_on(found) if told.is_first else ()
    context = {
        "published_page": published_page,
        "rows": part_of(linking, A_TO_Z, PartAsked.from_query(request.GET)),
        "statements": told,
        "sheet": PublishedPageContent(published_page, [*own, *told]),
    }
    return render(request, "reading/links.html", context)


@require_safe
@at_its_address
def around(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Show the neighbourhood of a page, as a picture and as a table, with filters."""
    published_page = get_object_or_404(PublishedPage.objects.for_lists(), page=found)
    form = LinkFilterForm(request.GET)
    context = {"published_page": published_page, "form": form, "around": Around(published_page, form.wanted)}
    return render(request, "exploring/around.html", context)


@require_safe
@at_its_address
def data(request: HttpRequest, found: Page, slug: str) -> HttpResponse:
    """Show what data sets say of the subject of a page, beside what the page says."""
    published_page = get_object_or_404(PublishedPage.objects.for_lists(), page=found)
    around_it = Around(published_page, part=PartAsked.from_query(request.GET))
    context = {"published_page": published_page, "around": around_it, "rows": around_it.rows}
    return render(request, "exploring/data.html", context)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show which questions can be asked of the links between pages, each with its form."""
    return render(request, "exploring/questions.html")


@require_safe
def linked(request: HttpRequest) -> HttpResponse:
    """Answer how two pages or entries are linked."""
    typed = [request.GET.get(name, "") for name in ("from", "to")]
    context = {"typed": typed, "answer": HowLinked(typed)}
    return render(request, "exploring/linked.html", context)


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Answer what some pages or entries share."""
    typed = names_in(request.GET.getlist("of"))
    return render(request, "exploring/shared.html", {"typed": typed, "answer": Shared(typed)})
