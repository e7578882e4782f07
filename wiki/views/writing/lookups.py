"""Look-ups of the form while one types: preview, pasted text, pages and sources."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wiki.domain.lifecycle import State
from wiki.forms.editing.draft import DraftForm, preview_of
from wiki.forms.editing.page_choice import PageFilter, suggestions
from wiki.forms.editing.statement_preview import End, previews_of
from wiki.forms.editing.typed import readable
from wiki.forms.numbers import number_in
from wiki.models import Source
from wiki.policy.submission_problems import LIMITS
from wiki.text import characters
from wiki.text.paste.limits import TooMuch
from wiki.text.sources import identifiers
from wiki.views.access import UserRequest, asked_a_minute, clinician_required, revision_with_id

PREVIEWS_A_MINUTE: Final = 120
PASTES_A_MINUTE: Final = 60
UNSEEN: Final = "characters that nobody can see"


@require_POST
@clinician_required
def preview(request: UserRequest) -> HttpResponse:
    """Return the posted text as readers would see it."""
    if asked_a_minute("preview", request) > PREVIEWS_A_MINUTE:
        return _plain("Too many previews in a minute. Wait a little; nothing is lost.", 429)
    body = readable(request.POST.get("content", ""))
    if len(body) > LIMITS["body"]:
        return _plain(
            f"This text is longer than {LIMITS['body']:,} characters. Shorten it to see it here.", 413
        )
    return HttpResponse(preview_of(body, lines=True))


@require_POST
@clinician_required
def paste(request: UserRequest) -> JsonResponse:
    """Return pasted rich text as Markdown, or a pasted identifier as a citation."""
    # Loaded when the first text is pasted: it brings Beautiful Soup along, which no reader needs.
    from wiki.text.paste import cited_links, to_markdown

    if asked_a_minute("paste", request) > PASTES_A_MINUTE:
        return JsonResponse({"message": "Too much was pasted in a minute to take over its form."}, status=429)
    text, html, copied = (readable(request.POST.get(name, "")) for name in ("text", "html", "copied"))
    if plain := readable(request.POST.get("plain", ""))[: LIMITS["body"]]:
        return JsonResponse({"plain": characters.without_unseen(plain), "left_out": [UNSEEN]})
    try:
        if key := cited_links.citation_of(text):
            return JsonResponse(_citation(key))
        found = to_markdown.from_html(html, home=request.get_host(), has_plain=bool(copied))
    except TooMuch as much:
        return JsonResponse({"message": str(much)}, status=413)
    if copied and (changes := found.differences(characters.without_unseen(copied))):
        return JsonResponse({"message": f"Its form would change words. {' '.join(changes)}"}, status=422)
    # Lines of spaces come from other programs' spacing and are not suspicious.
    is_hiding = any(not one.character.isspace() for one in characters.unseen_in(html))
    left_out = [*found.left_out, *[UNSEEN] * is_hiding]
    markdown = characters.without_unseen(found.markdown)
    return JsonResponse({"markdown": markdown, "left_out": left_out, "doubts": found.doubts})


@require_POST
@clinician_required
def cite(request: UserRequest) -> JsonResponse:
    """Return the citation for an identifier, and its source."""
    if asked_a_minute("paste", request) > PASTES_A_MINUTE:
        return JsonResponse({"message": "That was asked too often in a minute. Wait a little."}, status=429)
    try:
        return JsonResponse(_citation(identifiers.parse(readable(request.POST.get("text", ""))).key))
    except identifiers.BadIdentifier as hint:
        return JsonResponse({"message": str(hint)}, status=422)


@require_safe
@clinician_required
def checks(request: UserRequest, pk: int) -> HttpResponse:
    """Return the results of the checks on one's saved draft."""
    mine = revision_with_id(request, pk, state=State.DRAFT, is_own=True)
    form = DraftForm.of_draft(mine, writer=request.user)
    return render(request, "writing/checks.html", {"form": form, "draft": mine})


@require_safe
@clinician_required
def lookup_pages(request: UserRequest) -> JsonResponse:
    """Return pages with a title, alias or code that begins like the typed text, those that fit first."""
    asked = {name: readable(request.GET.get(name, "")) for name in ("q", "relation", "kind", "title")}
    wanted = PageFilter(asked["relation"], asked["kind"], asked["title"])
    found = suggestions(asked["q"], reader=request.user, wanted=wanted)
    return JsonResponse({"results": found, "offer": wanted.offer})


@require_safe
@clinician_required
def lookup_tie(request: UserRequest) -> HttpResponse:
    """Return a statement in words while it is typed, and similar statements of the other page."""
    asked = {name: readable(request.GET.get(name, "")) for name in ("relation", "object", "kind", "title")}
    end = End(number_in(request.GET.get("page", "")), asked["title"], asked["kind"])
    (tie,) = previews_of([(asked["relation"], asked["object"])], end=end, reader=request.user)
    return render(request, "writing/tie.html", {"tie": tie})


def _citation(key: str) -> dict[str, str]:
    """Return the citation of `key` and its source, or where to add that."""
    known = Source.objects.in_order(list(Source.objects.by_key([key], with_former=False).values()))
    add = f"{reverse('add-source')}?{urlencode({'id': key})}"
    return {"markdown": f"[@{key}]", "key": key, "source": known[0].text if known else "", "add": add}


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
