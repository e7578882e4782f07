"""The pictures in texts, in the form that the renderer takes."""

from collections.abc import Iterable

from wiki.models import Image
from wiki.text.markdown.html import Figure, Picture


def figures(shown: Iterable[Picture]) -> dict[str, Figure]:
    """Return the pictures of a text that the wiki has, by name."""
    names = {one.name for one in shown}
    return {name: figure_of(image) for name, image in Image.objects.by_name(names).items()} if names else {}


def figure_of(image: Image) -> Figure:
    """Return a picture in the form that the renderer takes."""
    return Figure(
        address=image.get_absolute_url(),
        renditions=tuple(image.renditions),
        width=image.width,
        height=image.height,
        credit=image.credit,
        licence=image.licence_mark,
        terms=image.terms,
        is_withdrawn=image.withdrawn_at is not None,
    )
