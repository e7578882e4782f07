"""What only the owner of a wiki can say of themselves, and which setting says it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class OwnerFact:
    """One fact about whoever runs this wiki."""

    name: str
    label: str
    hint: str

    @property
    def setting(self) -> str:
        """Return the name of the setting in the environment."""
        return f"CAUSEWAY_OWNER_{self.name.upper()}"


OWNER_FACTS: Final = (
    OwnerFact("name", "Who runs this wiki", "the person or body that answers for it in law"),
    OwnerFact("address", "Postal address", "where letters reach them"),
    OwnerFact("email", "Email address", "where anybody can write to them"),
    OwnerFact("editors", "Who decides on the content", "the editorial board, with names and professions"),
    OwnerFact("funding", "Who pays for it", "every source of money, and whether there is advertising"),
    OwnerFact("hosting", "Where the data is kept", "the country, and the company that runs the servers"),
    OwnerFact("authority", "Where to complain about data", "the data protection authority and its address"),
)
