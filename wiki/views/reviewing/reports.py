"""Reports by readers: the form, which needs no account, and the list."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wiki.acts.safety import reports as acts
from wiki.forms.reviewing.reports import OLDEST_SECONDS, AnswerForm, ReportForm
from wiki.models import Letter, Page, Publication, Report
from wiki.policy.refusal import Refused
from wiki.views import access
from wiki.views.access import UserRequest

LIST_LENGTH = 100
# What whoever sent a report is shown it with, for a day.
SENT = "report-sent"
TOO_MANY = "Many reports came in from here, or on this page, in a short time. Wait an hour, then send it."


@access.at_its_address
def report(request: HttpRequest, page: Page, slug: str) -> HttpResponse:
    """Show the form for reporting a fault; a POST sends it to moderators and watchers."""
    live = Publication.objects.live_with_people(page)
    if live is None or page.retired:
        return render(request, "reports/nothing.html", {"slug": slug}, status=HTTPStatus.NOT_FOUND)
    number = live.revision.number or 0
    sections = _sections_of(live)
    if request.method != "POST":
        section = request.GET.get("section", "")
        return _form(request, live, ReportForm(number=number, sections=sections, section=section))
    form = ReportForm(request.POST, number=number, sections=sections)
    if not form.is_valid():
        return _form(request, live, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not ratelimit.consume(request, action="report", key=_counted_as(request, page)):
        return _form(request, live, form, sentence=TOO_MANY, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _report(request, live, form)


def _counted_as(request: HttpRequest, page: Page) -> str:
    """Return what many reports are limited by: the person, or for strangers the page.

    So nobody can use up a page's reports and silence those who have an account.
    """
    return f"person-{request.user.pk}" if request.user.is_authenticated else f"page-{page.pk}"


def _sections_of(live: Publication) -> list[tuple[str, str]]:
    """Return what of a page a report can be about: its sections, its statements, its references."""
    written = [(heading, text) for level, heading, text in live.published_page.contents if level == 2]
    return [*written, ("statements", "Statements"), ("references", "References")]


def _report(request: HttpRequest, live: Publication, form: ReportForm) -> HttpResponse:
    clean = form.cleaned_data
    wrong = f"In “{clean['section']}”: {clean['wrong']}" if clean["section"] else clean["wrong"]
    read = access.revision_or_404(request, page=live.page, number=clean["stamp"])
    try:
        made = acts.report(read, wrong=wrong, source=clean["source"], email=clean["email"])
    except Refused as refusal:
        return _form(request, live, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    sent = signing.dumps(made.pk, salt=SENT)
    return redirect(f"{reverse('reported', args=[live.revision.slug])}?sent={sent}")


def _form(
    request: HttpRequest, live: Publication, form: ReportForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "live": live, "sentence": sentence}
    return render(request, "reports/report.html", context, status=status)


@require_safe
@never_cache
@access.at_its_address
def reported(request: HttpRequest, page: Page, slug: str) -> HttpResponse:
    """Thank the reader, show them what they sent, and say what happens next."""
    try:
        sent = signing.loads(request.GET.get("sent", ""), salt=SENT, max_age=OLDEST_SECONDS)
    except signing.BadSignature:
        sent = None
    shown = Report.objects.for_list().filter(pk=sent, page=page).first() if sent else None
    return render(request, "reports/reported.html", {"sent": shown, "slug": slug})


@require_safe
@access.clinician_required
def reports(request: UserRequest) -> HttpResponse:
    """List the reports: open ones, oldest first, then answered ones."""
    context = {
        "open": Report.objects.open().oldest_first().for_list()[:LIST_LENGTH],
        "closed": Report.objects.closed().for_list()[:LIST_LENGTH],
    }
    return render(request, "reports/reports.html", context)


@access.clinician_required
def show_report(request: UserRequest, pk: int) -> HttpResponse:
    """Show one report to writers; a POST answers it."""
    found = get_object_or_404(Report.objects.for_list(), pk=pk)
    if request.method != "POST":
        context = {"report": found, "form": AnswerForm(), "letter": Letter.objects.answering(found)}
        return render(request, "reports/detail.html", context)
    form = AnswerForm(request.POST)
    context = {"report": found, "form": form}
    if not form.is_valid():
        return render(request, "reports/detail.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        acts.close(pk, by=request.user, answer=form.cleaned_data["answer"])
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "reports/detail.html", context, status=HTTPStatus.CONFLICT)
    letter = Letter.objects.answering(found)
    mailed = f" Email to the reader: {letter.get_state_display().lower()}." if letter else ""
    messages.success(request, f"The report on “{found.revision.title}” is answered.{mailed}")
    return redirect("reports")


@require_POST
@access.clinician_required
def take_up(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the draft that corrects what was reported."""
    found = get_object_or_404(Report, pk=pk)
    try:
        draft = acts.take_up(pk, by=request.user)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=found.get_absolute_url())
    messages.info(request, f"A reader reported: “{found.wrong[:300]}”")
    return redirect(draft)
