"""Reasons that an act requires: the same sentences ask for them and refuse them everywhere."""

from typing import Final

from wiki.policy.refusal import Refused
from wiki.text import characters

# The longest reason that readers are shown, or that is public for good.
LONGEST_REASON: Final = 400
# The longest reason of a verdict, which quotes open remarks.
LONGEST_VERDICT_REASON: Final = 4_000

# The audience of a reason, in words.
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
    """Return a reason, cleaned; raise `Refused` if it is empty or too long."""
    return required_words(reason, ask_why(who_reads), longest=longest)


def required_words(text: str, ask: str, *, longest: int | None = None) -> str:
    """Return words, cleaned; raise `Refused` with the request `ask` if they are empty."""
    words = text.strip()
    if not words:
        raise Refused(ask)
    refuse_unseen(words)
    refuse_too_long(words, longest)
    return words


def refuse_unseen(*texts: str) -> None:
    """Raise `Refused` if any text holds an invisible character, with what to delete and where."""
    for text in texts:
        if told := characters.complaint(text):
            raise Refused(f"{told}.")


def refuse_too_long(text: str, longest: int | None) -> None:
    """Raise `Refused` if a text is too long, with by how much to shorten it."""
    if longest is not None and (told := too_long(text, longest)):
        raise Refused(f"{told}.")


def too_long(text: str, longest: int) -> str:
    """Return by how much a text must be shortened, in words without a full stop; "" if it fits."""
    over = len(text) - longest
    return f"Shorten this by {over:,} character{'s' if over > 1 else ''}" if over > 0 else ""
