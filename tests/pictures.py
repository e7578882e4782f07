"""Pictures for the tests' stories, made on the spot."""

import io
from typing import Any

from PIL import Image as Pillow
from PIL import ImageDraw

from wiki.acts.library import images
from wiki.images.processing import clean
from wiki.models import Image, User

DETAILS = images.PictureDetails(
    alt="CT of the head with white patches on both sides", credit="Dr Ines Albrecht", licence="own"
)


def picture(width: int = 600, height: int = 400, mode: str = "RGB", shade: int = 0) -> Pillow.Image:
    """Return a picture with shades in it, as a photograph has."""
    grey = Pillow.linear_gradient("L").resize((width, height))
    other = grey.transpose(Pillow.Transpose.ROTATE_180).point(lambda value: (value + shade) % 256)
    return Pillow.merge("RGB", (grey, other, grey.point(lambda value: value // 2))).convert(mode)


def drawing(width: int = 600, height: int = 400) -> Pillow.Image:
    """Return a picture with few colours, as a drawing has."""
    made = Pillow.new("RGB", (width, height), "white")
    ImageDraw.Draw(made).ellipse((50, 50, width - 50, height - 50), fill="navy", outline="red", width=9)
    return made


def file(made: Pillow.Image | None = None, format: str = "JPEG", **options: Any) -> bytes:  # noqa: A002
    """Return the bytes of a file that holds the picture."""
    written = io.BytesIO()
    (made or picture()).save(written, format, **options)
    return written.getvalue()


def make_image(by: User, shade: int = 0, **told: Any) -> Image:
    """Return a picture that the wiki has."""
    developed = clean(file(picture(shade=shade)))
    return images.add(developed, images.PictureDetails(**{**DETAILS.__dict__, **told}), by=by).image


def shown(image: Image, caption: str = "") -> str:
    """Return the body of a page that shows a picture."""
    return f'## What it is\n\nText.\n\n![White patches](image:{image.name} "{caption}")\n'


def exif(description: str) -> Pillow.Exif:
    """Return what a camera writes into a file, with a description."""
    told = Pillow.Exif()
    told[0x010E] = description
    return told
