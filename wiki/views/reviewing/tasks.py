"""Tasks: the list, and a single one with its cause."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from wiki.acts.upkeep import tasks as acts
from wiki.forms.reviewing.reverification import OutcomeForm
from wiki.models import Cause, Task
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.models.tasks import OLDEST_TASK_FIRST
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, moderator_required

LAST_SETTLED = 20


@require_safe
@moderator_required
def tasks(request: UserRequest) -> HttpResponse:
    """List open tasks, oldest first, then those closed last."""
    cause = request.GET.get("cause", "")
    cause = cause if cause in Cause.values else ""
    rows = Task.objects.open().of_cause(cause).for_list()
    context = {
        "rows": part_of(rows, OLDEST_TASK_FIRST, PartAsked.from_query(request.GET)),
        "cause": cause,
        "counts": Task.objects.open().counts_by_cause(),
        "settled": Task.objects.for_list().closed().of_cause(cause)[:LAST_SETTLED],
    }
    return render(request, "tasks/tasks.html", context)


@moderator_required
def task(request: UserRequest, pk: int) -> HttpResponse:
    """Show the cause of a task and what closes it; a POST closes it in words."""
    found = get_object_or_404(Task.objects.for_list(), pk=pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    context = {"task": found, "form": form}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "tasks/task.html", context, status=status)
    try:
        acts.close_task(pk, by=request.user, outcome=form.cleaned_data["outcome"])
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "tasks/task.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, "It is settled, and what you found is on record.")
    return redirect("tasks")
