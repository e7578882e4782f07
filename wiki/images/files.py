"""Files of pictures in storage, compared with the digests that the database has of them."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from wiki.models import Image


def digest_of_file(name: str) -> str:
    """Return the SHA-256 of a file in storage."""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def altered_files() -> Iterator[str]:
    """Yield a sentence for each picture file that is missing or differs from its digest."""
    for image in Image.objects.filter(withdrawn_at=None).order_by("pk").iterator(500):
        for width in image.widths:
            if trouble := _trouble_of(image, width):
                yield f"Picture {image.name}: {trouble}."


def _trouble_of(image: Image, width: int) -> str:
    """Return what is wrong with a picture's file in one width; "" if nothing is."""
    try:
        name = image.file_of(width)
    except KeyError:
        return f"its format “{image.format}” is none of the wiki’s"
    try:
        digest = digest_of_file(name)
    except OSError:
        return f"the file {name} cannot be read"
    if digest != image.digests.get(str(width)):
        return f"the file {name} is not what was put there"
    if width == max(image.widths) and not digest.startswith(image.name):
        return f"its name is not the digest of the file {name}"
    return ""
