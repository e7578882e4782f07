"""Safety corrections: proposed by one moderator, agreed to by another."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wiki.acts.safety import corrections as acts
from wiki.forms.reviewing.corrections import (
    CorrectionForm,
    LiftCorrectionForm,
    PassageChoice,
    choices_of,
    chosen_among,
)
from wiki.models import Correction, Publication, Suppression
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.correction import corrected_passage
from wiki.views.access import UserRequest, moderator_required, page_at, refused

NOTHING = "Readers see no text of this page, so there is nothing to correct."
LIST_LENGTH = 100


@moderator_required
def correct(request: UserRequest, slug: str) -> HttpResponse:
    """Ask for the wrong passage, then for its replacement; a POST asks a second moderator."""
    live = Publication.objects.live_with_people(page_at(slug))
    if live is None or live.revision.document.retirement is not None:
        return refused(request, NOTHING, back=reverse("queue"))
    data = request.POST if request.method == "POST" else request.GET
    chosen = chosen_among(live.revision.document, data.get("passage", ""))
    if chosen is None:
        return _choose(request, live)
    form = CorrectionForm(request.POST if request.method == "POST" else None, chosen=chosen)
    if not form.is_valid():
        return _write(request, live, chosen, form, status=422 if form.is_bound else 200)
    return _propose(request, live, chosen, form)


def _choose(request: UserRequest, live: Publication) -> HttpResponse:
    """Show every passage of the page; if the chosen one is gone, with what was typed."""
    kept = [request.POST[name] for name in ("replacement", "reason") if request.POST.get(name)]
    context = {"live": live, "choices": choices_of(live.revision.document), "kept": kept}
    context["is_missing"] = request.method == "POST" or "passage" in request.GET
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "corrections/choose.html", context, status=status)


def _write(
    request: UserRequest,
    live: Publication,
    chosen: PassageChoice,
    form: CorrectionForm,
    *,
    sentence: str = "",
    status: int,
) -> HttpResponse:
    context = {"live": live, "chosen": chosen, "form": form, "sentence": sentence}
    return render(request, "corrections/write.html", context, status=status)


def _propose(
    request: UserRequest, live: Publication, chosen: PassageChoice, form: CorrectionForm
) -> HttpResponse:
    told = {name: form.cleaned_data[name] for name in ("replacement", "reason")}
    try:
        made = acts.propose(live.page, passage=chosen.passage, by=request.user, **told)
    except Refused as refusal:
        return _write(request, live, chosen, form, sentence=str(refusal), status=409)
    messages.success(request, "Every moderator is told now. Readers get it as soon as one of them agrees.")
    return redirect(made)


@require_safe
@moderator_required
def corrections(request: UserRequest) -> HttpResponse:
    """List what waits for a second moderator (hidden texts, too), what is in effect, and what was lifted."""
    known = Correction.objects.for_list()
    context = {
        "hidden": Suppression.objects.proposed(),
        "proposed": known.proposed(),
        "standing": known.in_effect(),
        "over": known.over()[:LIST_LENGTH],
    }
    return render(request, "corrections/corrections.html", context)


@require_safe
@moderator_required
def correction(request: UserRequest, pk: int) -> HttpResponse:
    """Show one correction word by word, with what this moderator can do."""
    one = get_object_or_404(Correction.objects.for_list(), pk=pk)
    return _correction_page(request, one, LiftCorrectionForm(correction=one))


def _correction_page(
    request: UserRequest, one: Correction, form: LiftCorrectionForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    passage = corrected_passage(one.passage, one.replacement)
    context = {"one": one, "form": form, "sentence": sentence, "passage": passage}
    context["stands_for_it"] = request.user.pk in (one.proposed_by_id, one.seconded_by_id)
    return render(request, "corrections/correction.html", context, status=status)


@require_POST
@moderator_required
def agree(request: UserRequest, pk: int) -> HttpResponse:
    """Agree to the correction that was shown; it takes effect at once."""
    return _act(
        request,
        pk,
        lambda _: acts.second(pk, by=request.user, digest=request.POST.get("digest", "")),
        "Readers get this now. It waits for full review as a version of its own.",
    )


@require_POST
@moderator_required
def lift(request: UserRequest, pk: int) -> HttpResponse:
    """Lift a correction, with a reason."""
    return _act(
        request,
        pk,
        lambda form: acts.lift(pk, by=request.user, reason=form.data.get("reason", "")),
        "The correction is lifted.",
    )


def _act(
    request: UserRequest, pk: int, act: Callable[[LiftCorrectionForm], Correction], done: str
) -> HttpResponse:
    """Do the decided act; if it is refused, show the present correction with the sentence and
    what was typed.
    """
    one = get_object_or_404(Correction.objects.for_list(), pk=pk)
    form = LiftCorrectionForm(request.POST, correction=one)
    if "digest" not in request.POST and not form.is_valid():
        return _correction_page(request, one, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        act(form)
    except Refused as refusal:
        one = get_object_or_404(Correction.objects.for_list(), pk=pk)
        return _correction_page(request, one, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    messages.success(request, done)
    return redirect("correction", pk)
