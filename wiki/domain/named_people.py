"""People as they are named under what they did, independent of their accounts."""

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
