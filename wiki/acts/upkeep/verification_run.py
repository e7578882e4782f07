"""Verification of verify_everything: the record, what readers are served, and the files of pictures."""

from collections.abc import Callable, Iterator

from wiki.audit.verify import Mismatch, Proof
from wiki.images.files import altered_files
from wiki.published.rebuild import differences
from wiki.published.stored_answers import altered_answers


def verify_everything(proof: Proof, progress: Callable[[str], object] = str) -> Iterator[Mismatch]:
    """Yield every mismatch: in the record and its chains, on pages, in stored answers, in picture files."""
    yield from proof.troubles()
    for done, (page, found) in enumerate(differences(), start=1):
        yield from (Mismatch(sentence, page.pk) for sentence in found)
        if done % 50 == 0:
            progress(f"{done} pages derived anew")
    yield from (Mismatch(sentence, page) for page, sentence in altered_answers())
    yield from map(Mismatch, altered_files())
