"""The words that versions bring to their pages, kept when they are sent in."""

from collections.abc import Collection

from wiki.models import Revision, TypedWords
from wiki.policy import own_words


def keep(revisions: Collection[Revision]) -> None:
    """Keep which words some versions brought that were just numbered; all words of a first one are new."""
    found = [
        TypedWords(revision=one, numbers=sorted(numbers)) for one, numbers in own_words.typed_by(revisions)
    ]
    if found:
        TypedWords.objects.bulk_create(found)
