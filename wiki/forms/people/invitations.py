"""The list of people to invite, as an administrator types or pastes it."""

import csv
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki.acts.people.invitations import MOST, Invitation
from wiki.forms.people.accounts import USERNAME_VALIDATORS
from wiki.forms.text_fields import SeenTextField
from wiki.models import Role

# The stubs of Django lose what a decorated validator takes.
_USERNAME = forms.CharField(validators=USERNAME_VALIDATORS)  # type: ignore[arg-type]
COLUMNS = ("name", "email address", "user name", "role")


class InvitationsForm(forms.Form):
    """Lines of name, email address, user name and role, with commas or semicolons between."""

    people = SeenTextField(
        label="People to invite",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        max_length=300 * MOST,
        error_messages={"required": "Enter one person on each line."},
        help_text="One person a line: name, email address, user name and, if you like, the role, with "
        "commas or semicolons between. For example: Dr Amara Osei, amara@example.org, aosei, clinician.",
    )

    def clean_people(self) -> list[Invitation]:
        """Return whom to invite; raise with every line that cannot be read."""
        found, problems = [], []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if line.strip():
                try:
                    found.append(_invitation(line))
                except ValidationError as wrong:
                    problems += [f"Line {number}: {one}" for one in wrong.messages]
        if problems:
            raise ValidationError(problems)
        return found


def _invitation(line: str) -> Invitation:
    mark = ";" if ";" in line else "\t" if "\t" in line else ","
    cells = [
        " ".join(cell.split()) for cell in next(csv.reader([line], delimiter=mark, skipinitialspace=True))
    ]
    if not 3 <= len(cells) <= len(COLUMNS) or not all(cells[:3]):
        raise ValidationError(f"It needs {', '.join(COLUMNS[:3])} and, if you like, a {COLUMNS[3]}.")
    name, email, username, *role = cells
    _USERNAME.clean(username)
    return Invitation(name, email, username, _role((*role, "")[0]))


def _role(said: str) -> str:
    roles: dict[Any, str] = {one: role.value for role in Role for one in ("", role.value, role.label.lower())}
    roles[""] = Role.READER.value
    if said.lower() not in roles:
        raise ValidationError(f"There is no role “{said}”: {', '.join(role.value for role in Role)}.")
    return roles[said.lower()]
