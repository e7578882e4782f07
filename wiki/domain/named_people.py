"""People as they are named under what they did, independent of their accounts."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class NamedPerson:
    """A person under the name that was signed; `address` is their public page, or ""."""

    name: str
    profession: str = ""
    address: str = ""

    def __str__(self) -> str:
        """Return name and profession, as a signature gives them."""
        return ", ".join(part for part in (self.name, self.profession) if part)


def separators(people: Collection[NamedPerson]) -> tuple[str, str]:
    """Return what stands between several people, and before the last of them.

    A comma before a profession would run into one between people: it would be read as a profession of two.
    """
    if any(one.profession for one in people):
        return "; ", "; and " if len(people) > 2 else ", and "
    return ", ", " and "


def named(people: Collection[NamedPerson]) -> str:
    """Return people with their professions, in the form of signatures."""
    names = [str(one) for one in people]
    between, before_last = separators(people)
    return before_last.join(part for part in (between.join(names[:-1]), *names[-1:]) if part)
