"""The words that versions bring to their pages, kept when they are sent in; and words that drafts lost."""

from collections.abc import Collection

from wiki.models import DeletedWords, Revision, TypedWords
from wiki.policy import own_words


def keep(revisions: Collection[Revision]) -> None:
    """Keep which words some versions brought that were just numbered; all words of a first one are new."""
    found = [
        TypedWords(revision=one, numbers=sorted(numbers)) for one, numbers in own_words.typed_by(revisions)
    ]
    if found:
        TypedWords.objects.bulk_create(found)


def keep_deleted(draft: Revision, numbers: Collection[int]) -> None:
    """Keep which words the author of a draft typed that are not in it any more, or that went with it."""
    if numbers and (author := draft.author) is not None:
        DeletedWords.objects.create(
            page=draft.page, author=author, numbers=sorted(numbers), since=draft.created_at
        )
