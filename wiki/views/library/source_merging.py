"""Merging records of a work, and entering a journal's notice."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wiki.acts.library import source_merging
from wiki.forms.library.source_merging import DetachForm, NoticeForm, SameWorkForm
from wiki.models import Source, SourceNotice
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, moderator_required, refused


@moderator_required
def merge(request: UserRequest, pk: int) -> HttpResponse:
    """Ask which record replaces this one; a POST merges them."""
    source = get_object_or_404(Source.objects.kept().with_ids(), pk=pk)
    form = SameWorkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "same_work/merge.html", {"source": source, "form": form}, status=status)
    try:
        kept = source_merging.merge_sources(pk, into=form.cleaned_data["into"], by=request.user)
    except Refused as refusal:
        form.add_error("into", str(refusal))
        context = {"source": source, "form": form}
        return render(request, "same_work/merge.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, "The two records are merged. Every page that cites either leads here.")
    return redirect(kept)


@require_POST
@moderator_required
def part(request: UserRequest, pk: int) -> HttpResponse:
    """Undo the merge of a record."""
    try:
        parted = source_merging.unmerge_sources(pk, by=request.user)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("source", args=[pk]))
    messages.success(request, "The two records are separate again.")
    return redirect(parted)


@moderator_required
def give_notice(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for a journal's notice about a work; a POST stores it."""
    source = get_object_or_404(Source.objects.kept().with_ids(), pk=pk)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "same_work/notice.html", {"source": source, "form": form}, status=status)
    clean = form.cleaned_data
    words = {"nature": clean["nature"], "reason": clean["reason"], "reference": clean["reference"]}
    source_merging.give_notice(pk, **words, on=clean["noticed_on"], by=request.user)
    messages.success(request, "It is kept, and shown wherever the work is cited.")
    return redirect(source)


@moderator_required
def detach_notice(request: UserRequest, pk: int) -> HttpResponse:
    """Ask why a notice is not about this work; a POST takes it off the record."""
    notice = get_object_or_404(SourceNotice.objects.select_related("source").filter(keys=None), pk=pk)
    form = DetachForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        context = {"notice": notice, "source": notice.source, "form": form}
        return render(request, "same_work/detach.html", context, status=status)
    try:
        source_merging.detach_notice(pk, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        return refused(request, str(refusal), back=notice.source.get_absolute_url())
    messages.success(request, "The notice is not shown beside this work any more. It stays on record.")
    return redirect(notice.source)
