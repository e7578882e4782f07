"""The help pages: writing, citing, linking, grading, and what reviewers check."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wiki.domain.checklist import ITEMS, ItemGroup
from wiki.domain.evidence import Stance
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import TOLD_FIELDS

# Each topic is a template of its name; the forms link to its paragraphs.
TOPICS: Final = {
    "writing": ("Writing a page", "Title, plain summary, text and the few marks it needs"),
    "style": ("Style and words", "The words that we use, and how terms of art explain themselves"),
    "citing": ("Citing sources", "Paste a number or an address; which sources to prefer"),
    "linking": ("Statements and links", "How pages are linked, and which relation to choose"),
    "grading": ("Grading evidence", "How certain a statement is, with examples"),
    "pictures": ("Pictures", "What may be shown, licences, and consent of patients"),
    "reviewing": ("What reviewers look for", "The list that every approval answers for, and how to mend it"),
    "building": ("Building on the wiki", "For programs: pages, statements and changes as data, and recalls"),
    "after": ("After you send it", "Waiting, changes asked for, two people at once, retiring a page"),
}


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
    context |= {"relations": RELATIONS.values(), "stances": Stance, "fields": TOLD_FIELDS}
    context["groups"] = [
        (group, [one for one in ITEMS.values() if one.group == group]) for group in ItemGroup
    ]
    return render(request, f"guide/{topic}.html", context)
