"""Pictures: adding one, what is known of it, its files, and withdrawing it."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from wiki.acts.library import images as acts
from wiki.domain.lifecycle import State
from wiki.forms.library.images import PictureForm, WithdrawForm
from wiki.forms.numbers import number_in
from wiki.models import Image, PublishedPage, Revision
from wiki.policy.refusal import Refused
from wiki.views.access import UserRequest, asked_a_minute, clinician_required, moderator_required

# The longest time that browsers and proxies may show a picture after its withdrawal.
PUBLIC = "public, max-age=300, must-revalidate"
PRIVATE = "private, no-cache"
# The most pictures that one person may add.
PICTURES_A_MINUTE: Final = 10
TOO_MANY: Final = "Too many pictures in a minute. Wait a little, choose this one again, then add it."
NOTHING_RUNS = "sandbox; default-src 'none'"
# Browsers put a stylesheet of their own around a drawing that is opened by itself.
DRAWING_RUNS_NOTHING = f"{NOTHING_RUNS}; style-src 'unsafe-inline'"


@require_safe
@clinician_required
def add(request: UserRequest) -> HttpResponse:
    """Show the form for a picture; `draft` names the draft that it is for."""
    return _form(request, PictureForm(by=request.user), draft=_draft(request, request.GET.get("draft", "")))


@require_POST
@clinician_required
def upload(request: UserRequest) -> HttpResponse:
    """Add a picture, or show the form again with everything typed and the uploaded file kept."""
    draft = _draft(request, request.POST.get("draft", ""))
    if request.FILES and asked_a_minute("picture", request) > PICTURES_A_MINUTE:
        form = PictureForm(request.POST, by=request.user)
        return _form(request, form, draft=draft, sentence=TOO_MANY, status=HTTPStatus.TOO_MANY_REQUESTS)
    form = PictureForm(request.POST, request.FILES, by=request.user)
    if not form.is_valid() or form.developed is None:
        return _form(request, form, draft=draft, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        taken = acts.add(form.developed, form.details, by=request.user)
    except Refused as refusal:
        return _form(request, form, draft=draft, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    return _taken(request, taken, form, draft)


def _taken(
    request: UserRequest, taken: acts.Taken, form: PictureForm, draft: Revision | None
) -> HttpResponse:
    """Respond with the picture's mark: as JSON to a script, inserted into the draft, or to be copied."""
    picture = form.picture(taken.image.name)
    sentence = "The wiki has this picture already; that one is used." if taken.is_known else "Picture added."
    if _is_script(request):
        answer = {"mark": picture.mark, "sentence": sentence}
        return JsonResponse(answer, status=HTTPStatus.OK if taken.is_known else HTTPStatus.CREATED)
    if draft and acts.show_in(draft, picture, by=request.user):
        messages.success(request, f"{sentence} It stands at the end of the text; move it where it belongs.")
        return redirect(f"{draft.get_absolute_url()}#text-h")
    context = {"picture": taken.image, "mark": picture.mark, "sentence": sentence, "draft": draft}
    return render(request, "images/added.html", context)


def _form(
    request: UserRequest, form: PictureForm, *, draft: Revision | None, sentence: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "draft": draft, "sentence": sentence}
    template = "images/form.html" if _is_script(request) else "images/add.html"
    return render(request, template, context, status=status)


def _is_script(request: UserRequest) -> bool:
    """Return whether the form is in the dialog above the form of a page."""
    return request.headers.get("X-Asked-By") == "pictures.js"


def _draft(request: UserRequest, typed: str) -> Revision | None:
    """Return one's own draft that was named, if it is one."""
    if (pk := number_in(typed)) is None:
        return None
    return get_object_or_404(Revision.objects.drafts_of(request.user).with_people(), pk=pk, state=State.DRAFT)


@require_safe
def rendition(request: HttpRequest, name: str, width: str, extension: str) -> HttpResponseBase:
    """Send a picture in one width: to everybody if a published page shows it, else to writers."""
    files = Image.objects.at(name, width=int(width), extension=extension)
    image = files.published().first()
    cached = PUBLIC if image else PRIVATE
    image = image or get_object_or_404(files.visible_to(request.user))
    policy = DRAWING_RUNS_NOTHING if image.format == "SVG" else NOTHING_RUNS
    headers = {"Cache-Control": cached, "Content-Security-Policy": policy, "ETag": f'"{name}-{width}"'}
    try:
        file = default_storage.open(image.file_of(int(width)))
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=image.media_type, headers=headers)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Show a picture with its details and the pages that show it."""
    image = get_object_or_404(Image.objects.visible_to(request.user), name=name)
    pages = PublishedPage.objects.showing(image)
    return render(request, "images/picture.html", {"picture": image, "pages": pages})


@moderator_required
def withdraw(request: UserRequest, name: str) -> HttpResponse:
    """Ask for the reason and a confirmation, then withdraw a picture."""
    image = get_object_or_404(Image, name=name)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    context = {"picture": image, "form": form, "pages": PublishedPage.objects.showing(image)}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "images/withdraw.html", context, status=status)
    try:
        acts.withdraw(image, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "images/withdraw.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, "The picture is withdrawn. The pages that showed it say so.")
    return redirect(image)
