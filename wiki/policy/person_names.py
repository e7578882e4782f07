"""Names that an account may have: they must not look like another account's name, or like the wiki's own."""

from typing import Final

from wiki.models import User
from wiki.models.users import FORMER
from wiki.policy.refusal import Refused
from wiki.text.person_names import is_title_only, name_keys

# Names that the wiki shows where there is no account.
RESERVED: Final = ("Causeway", FORMER, "Starter content", "Administrator of Causeway")
NO_LETTERS: Final = "Give a name with letters in it."
IS_A_TITLE: Final = "This is a title, a role or an office, and names nobody. Give your own name."
IS_RESERVED: Final = "This name stands for the wiki itself. Choose another."
IS_TAKEN: Final = (
    "Another account has this name, or one that looks like it. Readers could not tell the two of you apart: "
    "add a middle name or an initial, or where you work."
)
_RESERVED_KEYS: Final = frozenset(key for name in RESERVED for key in name_keys(name))


def why_not(name: str, person: User | None = None) -> str:
    """Return why an account, that of `person` if there is one, may not have a name; "" if it may.

    Names and user names are told apart from each other too: who has no name is shown by the user name.
    """
    keys = name_keys(name)
    if not keys:
        return NO_LETTERS
    if any(reserved in key for key in keys for reserved in _RESERVED_KEYS):
        return IS_RESERVED
    others = User.objects.exclude(pk=person.pk) if person else User.objects.all()
    if others.filter(name_keys__overlap=sorted(keys)).exists():
        return IS_TAKEN
    is_theirs = person is not None and not keys.isdisjoint(person.name_keys)
    return IS_A_TITLE if is_title_only(name) and not is_theirs else ""


def refuse_name(name: str, person: User | None = None) -> None:
    """Refuse a name that an account may not have."""
    if sentence := why_not(name, person):
        raise Refused(sentence)
