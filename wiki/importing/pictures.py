"""Pictures beside a folder of page files: every rendition, and the details of the picture.

Photographs are WebP. Drawings are SVG, and only those that came with the program are taken.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

import yaml
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from wiki.acts.library import images
from wiki.images import drawings
from wiki.images.processing import CleanImage
from wiki.importing.front_matter import decoded
from wiki.importing.yaml_words import BadFile, words_in
from wiki.models import Image
from wiki.models.images import EXTENSIONS
from wiki.policy.checks.subject import Depicted
from wiki.policy.refusal import Refused

FOLDER: Final = "pictures"
# The folder of the starter content, which holds the drawings that come with the program.
STARTER: Final = Path(__file__).resolve().parent.parent / "starter"
# Fields in files. `has_looked` is left out: the check was made when the picture was added.
_RECORDED: Final = [one.name for one in fields(images.PictureDetails) if one.name != "has_looked"]


def write_folder(folder: Path) -> int:
    """Write every picture that a published page shows beneath `folder`; return how many there are."""
    shown = list(Image.objects.published().order_by("name"))
    for image in shown:
        told = images.PictureDetails(**{name: getattr(image, name) for name in _RECORDED})
        write(folder, _stored(image), told)
    return len(shown)


def write(folder: Path, developed: CleanImage, told: images.PictureDetails) -> None:
    """Write one picture: NAME.yaml with its details, NAME/WIDTH.webp for each size (.svg for a drawing)."""
    place = folder / FOLDER / developed.name
    place.mkdir(parents=True, exist_ok=True)
    for width, data in developed.renditions.items():
        (place / f"{width}.{EXTENSIONS[developed.format]}").write_bytes(data)
    record = {name: value for name, value in asdict(told).items() if name in _RECORDED and value}
    words = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    place.with_suffix(".yaml").write_text(words, encoding="utf-8", newline="\n")


class PictureFolder:
    """The pictures beneath a folder of page files; without a folder none."""

    def __init__(self, folder: Path | None) -> None:
        """Read them; raise `BadFile` for a file that is not what its name says."""
        self._written: list[CleanImage] = []
        self._found = list(_read(folder)) if folder else []

    @property
    def depicted(self) -> dict[str, Depicted]:
        """Return what the rules need to know about each, by its name."""
        return {developed.name: Depicted(told.alt) for developed, told in self._found}

    def add(self) -> int:
        """Add each in the wiki's own name; return how many are new. Raises `Refused` as for any picture."""
        for developed, told in self._found:
            if not images.add(developed, told, by=None).is_known:
                self._written.append(developed)
        return len(self._written)

    def delete_unused_files(self) -> None:
        """Delete the files of those that were added and whose rows are gone with the rest of a load."""
        known = Image.objects.by_name({developed.name for developed in self._written})
        for developed in self._written:
            if developed.name not in known:
                images.delete_files(developed)


def load_folder(folder: Path) -> int:
    """Add every picture beneath `folder` in the wiki's own name; return how many are new.

    Raises `BadFile` for a file that is not what its name says, `Refused` as for any picture.
    """
    return PictureFolder(folder).add()


def _stored(image: Image) -> CleanImage:
    renditions = {}
    for width in image.widths:
        with default_storage.open(image.file_of(width)) as file:
            renditions[width] = file.read()
    return CleanImage(image.name, image.format, image.width, image.height, renditions, ())


def _read(folder: Path) -> Iterator[tuple[CleanImage, images.PictureDetails]]:
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        place = path.with_suffix("")
        drawn = sorted(place.glob("*.svg"))
        yield (_drawn(drawn) if drawn else _developed(path.stem, _renditions(place))), _details(path)


def _renditions(place: Path) -> dict[int, bytes]:
    sizes = [one for one in place.glob("*.webp") if one.stem.isdecimal()]
    return {int(one.stem): one.read_bytes() for one in sorted(sizes)}


def _drawn(files: list[Path]) -> CleanImage:
    """Return a drawing if it is one of the program's own, byte for byte, and its name says what it is."""
    file, *others = files
    label = f"{FOLDER}/{file.parent.name}"
    try:
        drawing = drawings.checked(file.read_bytes())
    except Refused as refusal:
        raise BadFile(f"{label}: {refusal}") from refusal
    if others or [drawing.name, f"{drawing.width}.svg"] != [file.parent.name, file.name]:
        raise BadFile(f"{label} is not the picture of that name.")
    if not _came_with_the_program(drawing):
        raise BadFile(
            f"{label} is a drawing in SVG that did not come with this program. Save it as PNG, then add it "
            "as a picture."
        )
    return drawing


def _came_with_the_program(drawing: CleanImage) -> bool:
    """Return whether the starter content has the drawing, or had it when this wiki began."""
    data = drawing.renditions[drawing.width]
    ours = STARTER / FOLDER / drawing.name / f"{drawing.width}.svg"
    if ours.is_file() and ours.read_bytes() == data:
        return True
    known = Image.objects.filter(name=drawing.name, format="SVG").first()
    return known is not None and known.digests[str(drawing.width)] == hashlib.sha256(data).hexdigest()


_YES_OR_NO: Final = {"true": True, "false": False}


def _details(path: Path) -> images.PictureDetails:
    try:
        record: Any = words_in(decoded(path.read_bytes()), "It")
        shows_patient = _YES_OR_NO[str(record.pop("shows_patient", "false"))]
        told = {name: "" if value is None else str(value) for name, value in record.items()}
        return images.PictureDetails(**told, shows_patient=shows_patient, has_looked=True)
    except (BadFile, TypeError, AttributeError, KeyError) as error:
        raise BadFile(f"{path.name} does not tell of a picture: {error}") from error


def _developed(name: str, renditions: dict[int, bytes]) -> CleanImage:
    """Return the picture if its digest is its name and its format is ours; it is stored unchanged."""
    sizes = {width: _size(data) for width, data in renditions.items()}
    largest = max(renditions, default=0)
    same = hashlib.sha256(renditions.get(largest, b"")).hexdigest()[:16] == name
    if not same or any(size is None or size[0] != width for width, size in sizes.items()):
        raise BadFile(f"{FOLDER}/{name} is not the picture of that name.")
    height = sizes[largest][1]  # type: ignore[index]  # none of them is None
    return CleanImage(name, "WEBP", largest, height, renditions, ())


def _size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a WebP picture without metadata, or None."""
    try:
        with Pillow.open(io.BytesIO(data), formats=["WEBP"]) as file:
            return None if {"exif", "xmp", "icc_profile"} & file.info.keys() else file.size
    except (UnidentifiedImageError, OSError, ValueError):
        return None
