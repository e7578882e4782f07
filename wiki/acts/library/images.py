"""Acts on pictures: adding one, and withdrawing it when consent ends."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from wiki.acts.locking import lock_page, lock_revision
from wiki.acts.writing import drafts
from wiki.audit import log
from wiki.domain.lifecycle import State
from wiki.images.files import digest_of_file
from wiki.images.processing import CleanImage
from wiki.models import Image, Licence, Page, Revision, User, clock
from wiki.models.locks import lock_names, lock_site
from wiki.models.publications import live_revision
from wiki.policy import interests, reasons
from wiki.policy.permissions import reload
from wiki.policy.refusal import Refused
from wiki.published.derive import derive_live
from wiki.text.language.phi import looks_personal
from wiki.text.markdown.html import Picture

# How long an uploaded picture is kept after its form was refused, so that the file need not be chosen again.
KEPT_SECONDS: Final = 60 * 60
_TOKEN: Final = re.compile(r"[\w-]{1,40}", re.ASCII)
# Licences for which no earlier place of publication is asked: own work, and work in the public domain.
FIRST_SHOWN_HERE: Final = frozenset({Licence.OWN, Licence.CC0, Licence.PUBLIC_DOMAIN})


@dataclass(frozen=True)
class PictureDetails:
    """What the person who adds a picture says about it."""

    alt: str
    credit: str
    licence: str
    origin: str = ""
    shows_patient: bool = False
    consent: str = ""
    has_looked: bool = False


@dataclass(frozen=True)
class Taken:
    """A picture that the wiki has now; `is_known` when it had it before."""

    image: Image
    is_known: bool


def keep_for(user: User, developed: CleanImage) -> str:
    """Keep an uploaded picture for an hour for one person; return the token that asks for it again."""
    token = secrets.token_urlsafe(16)
    cache.set(f"picture:{user.pk}:{token}", developed, timeout=KEPT_SECONDS)
    return token


def kept_for(user: User, token: str) -> CleanImage | None:
    """Return the picture that was kept under this token for this person, if it is still there."""
    kept: CleanImage | None = cache.get(f"picture:{user.pk}:{token}") if _TOKEN.fullmatch(token) else None
    return kept


# Shown in place of a person's name where the wiki itself added the picture.
FROM_FILES = "Loaded from files"


def add(developed: CleanImage, told: PictureDetails, *, by: User | None) -> Taken:
    """Add a picture and return it. A picture that the wiki already has stays as it is.

    `by` is None when the wiki adds it from files.
    """
    if by is not None and not reload(by).can_write:
        raise Refused("Only clinicians and moderators may add pictures.")
    if by is not None and developed.format == "SVG":
        raise Refused("Drawings in SVG come with the program only. Save this one as a PNG, then add it.")
    reasons.refuse_unseen(told.alt, told.credit, told.origin, told.consent)
    _refuse_missing_details(told)
    if developed.traces and not told.has_looked:
        raise Refused(sentence_on(developed.traces))
    known = Image.objects.filter(name=developed.name).first()
    if known is None:
        return _add(developed, told, by=by)
    if known.withdrawn_at:
        raise Refused("This picture was in the wiki and has been withdrawn. It cannot come back.")
    return Taken(known, is_known=True)


def sentence_on(traces: Iterable[str]) -> str:
    """Return the sentence that warns of fields in the file that may identify a patient."""
    return (
        f"The file says what looks like a patient’s name or number ({', '.join(traces)}). The wiki does not "
        "keep that, but the picture itself may show it too. Look at its corners, then say that you have."
    )


def _refuse_missing_details(told: PictureDetails) -> None:
    if not (told.alt.strip() and told.credit.strip()):
        raise Refused("Say what the picture shows and who made it.")
    if told.licence not in Licence.values:
        raise Refused("Choose the licence under which it may be shown.")
    if told.licence not in FIRST_SHOWN_HERE and not told.origin:
        raise Refused("Give the address where it was first shown; its licence asks for that.")
    if told.shows_patient and not told.consent.strip():
        raise Refused("A picture of a patient needs a declaration of consent.")
    for text in (told.alt, told.consent):
        if found := next(looks_personal(text), ""):
            raise Refused(f"“{found}” could tell who somebody is. Say it without.")


def _add(developed: CleanImage, told: PictureDetails, *, by: User | None) -> Taken:
    """Write the files first, then the row: a row must never name a file that does not exist."""
    image = Image(
        name=developed.name,
        format=developed.format,
        width=developed.width,
        height=developed.height,
        widths=developed.widths,
        alt=told.alt,
        credit=told.credit,
        licence=told.licence,
        origin=told.origin,
        shows_patient=told.shows_patient,
        consent=told.consent if told.shows_patient else "",
        uploaded_by=by,
        uploaded_by_name=str(by or FROM_FILES),
    )
    for width, data in developed.renditions.items():
        image.digests[str(width)] = _write(image.file_of(width), data)
    with transaction.atomic():
        found, is_new = Image.objects.get_or_create(
            name=image.name,
            defaults={one.name: getattr(image, one.name) for one in _detail_fields()},
        )
        if is_new:
            log.write("add_picture", by=by, picture=image.name, looked=told.has_looked)
    return Taken(found, is_known=not is_new)


def delete_files(developed: CleanImage) -> None:
    """Delete the files of a picture that has no row."""
    image = Image(name=developed.name, format=developed.format)
    for width in developed.widths:
        default_storage.delete(image.file_of(width))


def _detail_fields() -> list[Any]:
    """Return the fields that the person who adds a picture fills in."""
    unasked = {"id", "name", "uploaded_at", "withdrawn_at", "withdrawn_why"}
    return [one for one in Image._meta.concrete_fields if one.name not in unasked]


def _write(name: str, data: bytes) -> str:
    """Write a file unless it exists already; return the digest of the stored file."""
    if not default_storage.exists(name):
        try:
            written = default_storage.save(name, ContentFile(data))
        except FileExistsError:
            written = name
        if written != name:
            default_storage.delete(written)
    return digest_of_file(name)


@transaction.atomic
def show_in(draft: Revision, picture: Picture, *, by: User) -> bool:
    """Put a picture at the end of one's draft, as it is now; it may have been saved while the file came.

    Return False where the draft holds what only its form can, and where it is no draft any more.
    """
    try:
        draft = lock_revision(draft.pk)
    except Refused:
        return False
    if draft.state != State.DRAFT or draft.typed is not None:
        return False
    document = draft.document
    body = f"{document.body.rstrip()}\n\n{picture.mark}\n".lstrip()
    drafts.save(draft, replace(document, body=body), by=by, note=draft.note)
    return True


@transaction.atomic
def withdraw(image: Image, *, by: User, reason: str) -> Image:
    """Hide a picture everywhere, for good. Pages that showed it say that it was withdrawn."""
    if not reload(by).can_review:
        raise Refused("Only moderators may withdraw a picture.")
    reason = reasons.required_reason(reason, who_reads=reasons.PICTURE)
    # The exclusive lock on names keeps other acts from publishing a page that would still show the picture.
    lock_site()
    lock_names(exclusive=True)
    pages = [lock_page(pk) for pk in Page.objects.that_show(image.pk)]
    interests.refuse("withdraw_picture", by, map(live_revision, pages))
    image = Image.objects.select_for_update(no_key=True).get(pk=image.pk)
    if image.withdrawn_at:
        raise Refused("This picture has been withdrawn already.")
    image.withdrawn_at, image.withdrawn_why = clock.now(), reason
    image.save(update_fields=["withdrawn_at", "withdrawn_why"])
    for page in pages:
        derive_live(page)
    places: list[Page | None] = [*pages] or [None]
    for place in places:
        log.write("withdraw_picture", by=by, page=place, picture=image.name, reason=image.withdrawn_why)
    return image
