"""Reasons that an act owes: asked for and refused in the same sentences everywhere."""

from typing import Final

from wiki.policy.refusal import Refused
from wiki.text import characters

# What readers are told, or everybody can read for good.
LONGEST_REASON: Final = 400

# Who reads a reason.
READERS: Final = "readers are told it"
HISTORY: Final = "it stays with the page’s history"
EDITORS: Final = "whoever wants to edit the page reads it"
PERSON: Final = "the person reads it"
PICTURE: Final = "it stays with the picture"
JUDGES: Final = "it is what the disagreement is judged by"


def ask_why(who_reads: str) -> str:
    """Return the sentence that asks for a reason and says who reads it."""
    return f"Say why in a sentence; {who_reads}."


def required_reason(reason: str, *, who_reads: str, longest: int | None = None) -> str:
    """Return a reason as it is kept; raise `Refused` if there is none, or it is too long."""
    return required_words(reason, ask_why(who_reads), longest=longest)


def required_words(text: str, ask: str, *, longest: int | None = None) -> str:
    """Return words as they are kept; raise `Refused` with `ask`, which asks for them, if there are none."""
    words = text.strip()
    if not words:
        raise Refused(ask)
    refuse_unseen(words)
    refuse_too_long(words, longest)
    return words


def refuse_unseen(*texts: str) -> None:
    """Raise `Refused` with what to delete and where, if any of the texts holds what nobody sees."""
    for text in texts:
        if told := characters.complaint(text):
            raise Refused(f"{told}.")


def refuse_too_long(text: str, longest: int | None) -> None:
    """Raise `Refused` with by how much a text has to be shortened, if it has to."""
    if longest is not None and (told := too_long(text, longest)):
        raise Refused(f"{told}.")


def too_long(text: str, longest: int) -> str:
    """Return by how much a text has to be shortened, in words without a stop; "" if it has not."""
    over = len(text) - longest
    return f"Shorten this by {over:,} character{'s' if over > 1 else ''}" if over > 0 else ""
