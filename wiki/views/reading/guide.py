"""The help pages: writing, citing, linking, grading, and what reviewers check."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.domain.checklist import ITEMS, ItemGroup
from wiki.domain.evidence import Stance
from wiki.domain.help_topics import TOPICS
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import VALUE_FIELDS


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """List what there is help on."""
    return render(request, "guide/topics.html", {"topics": TOPICS})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Show the help on one topic."""
    if topic not in TOPICS:
        raise Http404("There is no help on that.")
    context: dict[str, Any] = {"topics": TOPICS, "topic": topic, "title": TOPICS[topic][0]}
    context |= {"relations": RELATIONS.values(), "stances": Stance, "fields": VALUE_FIELDS}
    context["groups"] = [
        (group, [one for one in ITEMS.values() if one.group == group]) for group in ItemGroup
    ]
    return render(request, f"guide/{topic}.html", context)
