"""People as they are named under what they did: not as accounts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NamedPerson:
    """Somebody under the name that was signed; `address` is their public page, "" where there is none."""

    name: str
    profession: str = ""
    address: str = ""

    def __str__(self) -> str:
        """Return name and profession, as a signature gives them."""
        return ", ".join(part for part in (self.name, self.profession) if part)
