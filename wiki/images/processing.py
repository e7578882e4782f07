"""Processing of pictures: decoded by content and encoded again, without metadata."""

import hashlib
import io
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from PIL import ExifTags, ImageCms, ImageFile, ImageOps, IptcImagePlugin, UnidentifiedImageError
from PIL import Image as Pillow

from wiki.images.xmp import words_in_xmp
from wiki.policy.refusal import Refused
from wiki.text.language.image_phi import tell_of_a_patient

MOST_BYTES: Final = 15_000_000
MOST_PIXELS: Final = 40_000_000
# The WebP decoder needs several copies of the whole picture in memory.
MOST_PIXELS_OF_WEBP: Final = 12_000_000
LONGEST_SIDE: Final = 12_000
SHORTEST_SIDE: Final = 40
WIDTHS: Final = (480, 960, 1600)
TALLEST: Final = 3200
# How many rows of the reduced picture are made at once.
STRIP: Final = 64
# A small copy with more colours than this is of a photograph or a scan.
COLOURS_OF_A_DRAWING: Final = 256

# Pillow raises at twice this number of pixels; smaller excesses are refused below.
Pillow.MAX_IMAGE_PIXELS = MOST_PIXELS
_TAKEN: Final = ("JPEG", "PNG", "WEBP")
_BROKEN: Final = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError),
    struct.error,
)
_BOMBS: Final = (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning)
_IPTC: Final = {
    (2, 5): "title",
    (2, 25): "keywords",
    (2, 40): "instructions",
    (2, 105): "headline",
    (2, 120): "caption",
}


@dataclass(frozen=True)
class CleanImage:
    """A re-encoded picture. `traces` names the metadata fields that may identify a patient."""

    name: str
    format: str
    width: int
    height: int
    renditions: dict[int, bytes]
    traces: tuple[str, ...]

    @property
    def widths(self) -> list[int]:
        """Return the widths that there are, smallest first."""
        return sorted(self.renditions)


def clean(data: bytes) -> CleanImage:
    """Return the picture in a file, re-encoded without anything else of the file, or raise `Refused`."""
    if len(data) > MOST_BYTES:
        raise Refused(too_large())
    try:
        with _opened(data) as check:
            check.verify()
        with _opened(data) as file:
            width = _largest_width(*_upright_size(file))
            if width < SHORTEST_SIDE:
                raise Refused(_too_long())
            file.draft(None, _size_at(file, width))
            file.load()
            traces = tell_of_a_patient(_metadata(file))
            drawing = _is_drawing(file)
            picture = _as_displayed(file, width)
    except _BOMBS:
        raise Refused(_too_big()) from None
    except MemoryError:
        raise Refused(too_heavy()) from None
    except UnidentifiedImageError:
        raise Refused(
            "This is no JPEG, PNG or WebP picture, whatever its name says. Save it as one of these."
        ) from None
    except _BROKEN:
        raise Refused(
            "This file is broken or not complete, or it takes too much memory to open. "
            "Save the picture anew, smaller if it is large, then add it."
        ) from None
    return _developed(picture, width, traces, drawing=drawing)


def too_heavy() -> str:
    """Return the refusal of a file that needs too much memory or time."""
    return "This picture takes too much memory or time to open. Save it smaller, as JPEG or PNG, then add it."


def too_large() -> str:
    """Return the refusal of a file with too many bytes."""
    return f"This file is larger than {MOST_BYTES // 1_000_000} MB. Save it smaller, then add it."


def _opened(data: bytes) -> ImageFile.ImageFile:
    """Return the file opened by Pillow, before any pixel is read, if its format is allowed."""
    file = Pillow.open(io.BytesIO(data), formats=_TAKEN)
    if file.width * file.height > MOST_PIXELS or max(file.size) > LONGEST_SIDE:
        raise Refused(_too_big())
    if file.format == "WEBP" and file.width * file.height > MOST_PIXELS_OF_WEBP:
        most = MOST_PIXELS_OF_WEBP // 1_000_000
        raise Refused(
            f"A WebP picture may have {most} million pixels. Save it smaller, or as JPEG, then add it."
        )
    if min(file.size) < SHORTEST_SIDE:
        raise Refused(
            f"This picture is smaller than {SHORTEST_SIDE} pixels. Nobody could see anything on it."
        )
    # A telephone's JPEG may hold a second picture; only the first one is used.
    if getattr(file, "is_animated", False) and file.format != "MPO":
        raise Refused("This picture moves. Save the one frame that matters as a picture, then add that.")
    return file


def _too_long() -> str:
    return (
        f"This picture is more than {TALLEST // SHORTEST_SIDE} times as high as it is wide. "
        "Cut it into parts, then add each."
    )


def _too_big() -> str:
    return (
        f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels, or a side longer than "
        f"{LONGEST_SIDE:,}. Save it smaller, then add it."
    )


def _metadata(file: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    """Yield the text in the file's metadata, as pairs of field and text."""
    exif = file.getexif()
    for tags in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
        for tag, value in tags.items():
            yield f"EXIF {ExifTags.TAGS.get(tag, tag)}", _text(value)
    for key, value in {**file.info, **getattr(file, "text", {})}.items():
        if key in ("xmp", "XML:com.adobe.xmp"):
            yield from words_in_xmp(_text(value))
        elif isinstance(value, (str, bytes)) and key not in ("exif", "icc_profile", "photoshop"):
            yield f"text {key}", _text(value)
    for place, value in (IptcImagePlugin.getiptcinfo(file) or {}).items():
        for one in value if isinstance(value, list) else [value]:
            yield f"IPTC {_IPTC.get(place, 'field')}", _text(one)


def _text(value: Any) -> str:
    """Return a metadata field as text; Windows writes two bytes per letter."""
    if isinstance(value, bytes):
        wide = value.removeprefix(b"UNICODE\0")
        coding = "utf-16-le" if wide[1:2] == b"\0" else "utf-8"
        value = wide.removeprefix(b"ASCII\0\0\0").decode(coding, "replace")
    return str(value).replace("\0", " ").strip()


def _upright_size(file: Pillow.Image) -> tuple[int, int]:
    """Return width and height after applying the orientation in the metadata."""
    is_turned = file.getexif().get(ExifTags.Base.Orientation, 1) in range(5, 9)
    return (file.height, file.width) if is_turned else file.size


def _largest_width(width: int, height: int) -> int:
    """Return the width of the largest rendition of a picture."""
    return min(width, WIDTHS[-1], max(TALLEST * width // height, 1))


def _size_at(file: Pillow.Image, width: int) -> tuple[int, int]:
    """Return the least size, as the file has it, from which a rendition of this width can be made."""
    share = width / _upright_size(file)[0]
    return math.ceil(file.width * share), math.ceil(file.height * share)


def _as_displayed(file: Pillow.Image, width: int) -> Pillow.Image:
    """Return the picture upright and in sRGB, with nothing but its pixels.

    It is first reduced as far as `width` allows, strip by strip: no second copy as large as the file is made.
    """
    upright = _in_rgb(ImageOps.exif_transpose(_reduced(file, width)))
    plain = Pillow.new(upright.mode, upright.size)
    plain.paste(upright)
    return plain


def _reduced(file: Pillow.Image, width: int) -> Pillow.Image:
    """Return the picture in eight bits a channel, divided by the largest whole number that leaves `width`."""
    factor = max(_upright_size(file)[0] // width, 1)
    strips = range(0, file.height, STRIP * factor)
    parts = (
        _plain(file.crop((0, top, file.width, min(top + STRIP * factor, file.height)))) for top in strips
    )
    reduced: Pillow.Image | None = None
    for number, part in enumerate(one.reduce(factor) for one in parts):
        reduced = reduced or Pillow.new(part.mode, (part.width, math.ceil(file.height / factor)))
        reduced.paste(part, (0, number * STRIP))
    if reduced is None:
        raise ValueError("a picture without pixels")
    reduced.info = {name: value for name, value in file.info.items() if name != "transparency"}
    return reduced


def _plain(strip: Pillow.Image) -> Pillow.Image:
    """Return pixels that can be averaged: no palette, not one bit, not sixteen bits per channel."""
    if strip.mode.startswith("I"):
        # Pillow would clip bright values instead of scaling them.
        return strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if strip.mode in ("1", "P", "PA") or "transparency" in strip.info:
        return strip.convert("RGBA" if strip.has_transparency_data else "L" if strip.mode == "1" else "RGB")
    return strip


def _in_rgb(file: Pillow.Image) -> Pillow.Image:
    profile = file.info.get("icc_profile")
    if file.has_transparency_data:
        clear = file.convert("RGBA")
        return clear.convert("RGB") if clear.getchannel("A").getextrema() == (255, 255) else clear
    return (_by_profile(file, profile) if profile else None) or file.convert("RGB")


def _by_profile(file: Pillow.Image, profile: bytes) -> Pillow.Image | None:
    """Return the picture in sRGB, or None if its colour profile cannot be used."""
    try:
        return ImageCms.profileToProfile(
            file,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, *_BROKEN):
        return None


def _developed(picture: Pillow.Image, largest: int, traces: tuple[str, ...], *, drawing: bool) -> CleanImage:
    renditions = {
        width: _encoded(_scaled_to(picture, width), lossless=drawing)
        for width in (*(one for one in WIDTHS if one < largest), largest)
    }
    name = hashlib.sha256(renditions[largest]).hexdigest()[:16]
    return CleanImage(name, "WEBP", largest, _height(picture, largest), renditions, traces)


def _is_drawing(file: Pillow.Image) -> bool:
    """Return whether it has so few colours that it is a drawing, for which sharp lines matter."""
    share = min(400 / max(file.size), 1)
    size = max(round(file.width * share), 1), max(round(file.height * share), 1)
    small = _in_rgb(_plain(file.resize(size, Pillow.Resampling.NEAREST)))
    return small.getcolors(COLOURS_OF_A_DRAWING) is not None and not _is_grey(small)


def _is_grey(picture: Pillow.Image) -> bool:
    """Return whether it has the many greys of a scan, which are at most 256 colours."""
    colours = cast(list[tuple[int, Any]], picture.getcolors(COLOURS_OF_A_DRAWING))
    return len(colours) > 64 and all(max(one[:3]) == min(one[:3]) for _, one in colours)


def _scaled_to(picture: Pillow.Image, width: int) -> Pillow.Image:
    if width == picture.width:
        return picture
    return picture.resize((width, _height(picture, width)), Pillow.Resampling.LANCZOS)


def _height(picture: Pillow.Image, width: int) -> int:
    return max(round(picture.height * width / picture.width), 1)


def _encoded(picture: Pillow.Image, *, lossless: bool) -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", lossless=lossless, quality=70 if lossless else 86, method=4)
    return written.getvalue()
