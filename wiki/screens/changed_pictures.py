"""Pictures in a comparison: old and new side by side, with all their details."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wiki.models import Image
from wiki.text.compare.diff import BlockChange, Piece, words
from wiki.text.markdown.html import Picture, outline

# Details of a picture in a text, and details in the wiki's record of it.
_OF_A_TEXT: Final = (("Caption", "caption"), ("Alternative text", "alt"))
_OF_A_RECORD: Final = (
    ("Credit", "credit"),
    ("Licence", "licence_mark"),
    ("First shown", "origin"),
)


@dataclass(frozen=True)
class ShownPicture:
    """A picture in a version; `image` is None if the wiki does not have it."""

    picture: Picture
    image: Image | None

    @property
    def can_be_shown(self) -> bool:
        """Return whether the wiki has it and consent was not withdrawn."""
        return self.image is not None and self.image.withdrawn_at is None

    @property
    def consent(self) -> str:
        """Return whether it shows a patient, with the declaration of consent."""
        if self.image is None:
            return ""
        return f"Yes. {self.image.consent}" if self.image.shows_patient else "No"


@dataclass(frozen=True)
class PictureDetail:
    """One detail of a picture, compared word by word."""

    label: str
    pieces: Sequence[Piece]
    is_same: bool
    is_consent: bool = False


@dataclass(frozen=True)
class ChangedPicture:
    """A picture before and after; one of them is None if it is added or removed."""

    old: ShownPicture | None
    new: ShownPicture | None
    # Whether the block is only a picture, before and after.
    is_alone: bool = True

    @property
    def is_same(self) -> bool:
        """Return whether both versions show it alike."""
        return self.old is not None and self.new is not None and self.old.picture == self.new.picture

    @property
    def sentence(self) -> str:
        """Return what happened to it."""
        if self.old is None:
            return "A picture is added"
        if self.new is None:
            return "A picture is removed"
        if self.old.picture.name != self.new.picture.name:
            return "A picture is swapped"
        changed = [label.lower() for label, name in _OF_A_TEXT if self._differ(name)]
        return f"The {' and the '.join(changed)} of a picture changes" if changed else "A picture, as before"

    def _differ(self, name: str) -> bool:
        return bool(
            self.old and self.new and getattr(self.old.picture, name) != getattr(self.new.picture, name)
        )

    @property
    def brings_a_patient(self) -> bool:
        """Return whether it newly shows readers a patient."""
        shown, was = self.new, self.old
        if shown is None or shown.image is None or not shown.image.shows_patient:
            return False
        return was is None or was.picture.name != shown.picture.name

    @property
    def details(self) -> list[PictureDetail]:
        """Return its details, before and after."""
        told = [
            (label, *(_value(one.picture if one else None, name) for one in (self.old, self.new)))
            for label, name in _OF_A_TEXT
        ]
        told += [
            (label, *(_value(one.image if one else None, name) for one in (self.old, self.new)))
            for label, name in _OF_A_RECORD
        ]
        found = [PictureDetail(label, words(old, new), old == new) for label, old, new in told if old or new]
        old, new = (one.consent if one else "" for one in (self.old, self.new))
        return [*found, PictureDetail("Shows a patient", words(old, new), old == new, is_consent=True)]


def _value(of: Picture | Image | None, name: str) -> str:
    return str(getattr(of, name)) if of is not None else ""


def images_in(bodies: Iterable[str]) -> dict[str, Image]:
    """Return the pictures in some texts, by name: one query, or none if there are no pictures."""
    names = {one.name for body in bodies for one in outline(body).images}
    return Image.objects.by_name(names) if names else {}


def picture_changed(change: BlockChange, images: Mapping[str, Image]) -> ChangedPicture | None:
    """Return the picture of a block, before and after; None if it is no picture."""
    old, new = (one.picture if one else None for one in (change.old, change.new))
    if change.is_pointer or (old is None and new is None):
        return None
    is_alone = all(one.picture for one in (change.old, change.new) if one)
    return ChangedPicture(_shown(old, images), _shown(new, images), is_alone)


def _shown(picture: Picture | None, images: Mapping[str, Image]) -> ShownPicture | None:
    return ShownPicture(picture, images.get(picture.name)) if picture else None


def pictures_together(blocks: Iterable[BlockChange]) -> Iterator[BlockChange]:
    """Yield the blocks; a removed picture and the one added directly after it count as one change."""
    gone: BlockChange | None = None
    for block in blocks:
        if gone is not None and block.change == "added" and block.block.picture:
            yield BlockChange("changed", gone.old, block.new)
            gone = None
            continue
        if gone is not None:
            yield gone
        gone = block if block.change == "removed" and block.block.picture else None
        if gone is None:
            yield block
    if gone is not None:
        yield gone
