"""Forms of profiles, roles and accounts."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator
from django.http import HttpRequest, HttpResponse

from wiki.forms.people.signing_in import say_in_label_alone
from wiki.forms.text_fields import SeenTextField
from wiki.models import Attribution, Role, User
from wiki.models.users import AccountState, UserQuerySet
from wiki.policy import person_names, reasons
from wiki.text.sources import orcid

# User names are part of addresses and are read aloud: ASCII only, so that none look alike.
USERNAME_VALIDATORS = [
    RegexValidator(
        r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z", "Use the letters a to z, digits, dots, hyphens and underscores."
    ),
    MinLengthValidator(3, "Use at least 3 characters."),
]
NAME_HINT = "As it should stand under what you write, for example Dr Amara Osei."


class NameField(SeenTextField):
    """A person's name: one line, without characters that hide or reverse the text around them."""

    def __init__(self, **options: Any) -> None:
        """Set the length that signatures store."""
        super().__init__(**{"max_length": 120, "error_messages": {"required": "Enter your name."}, **options})

    def clean(self, value: Any) -> str:
        """Return the name with single spaces."""
        return " ".join(str(super().clean(value)).split())


def clean_name(name: str, person: User | None = None) -> str:
    """Return the name of an account; refuse one that a reader could take for somebody else's."""
    if sentence := person_names.why_not(name, person):
        raise ValidationError(sentence)
    return name


class SignUp(SignupForm):  # type: ignore[misc]  # allauth is not typed
    """The sign-up form with a name. The role is never chosen here."""

    name = NameField(
        label="Your name", help_text=NAME_HINT, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "username", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say things as the rest of the wiki does."""
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Email address"
        self.fields["email"].error_messages["required"] = "Enter your email address."
        self.fields["username"].error_messages["required"] = "Choose a user name."
        self.fields["password1"].error_messages["required"] = "Choose a password."
        self.fields["password2"].error_messages["required"] = "Enter the password again."
        self.fields["username"].label = "User name"
        self.fields["username"].help_text = "The letters a to z, digits, dots, hyphens and underscores."
        self.fields["password2"].label = "The same password again"
        say_in_label_alone(self)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Create the account; if the address has one already, respond the same and as slowly."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1", ""))
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved

    def clean_name(self) -> str:
        """Return the name, if no other account's looks like it."""
        return clean_name(self.cleaned_data["name"])


class SignIn(LoginForm):  # type: ignore[misc]  # allauth is not typed
    """Asks for user name or email address, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say things as the rest of the wiki does."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "User name or email address"
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].error_messages["required"] = "Enter your user name or email address."
        self.fields["password"].error_messages["required"] = "Enter your password."
        self.fields["remember"].label = "Keep me signed in on this device"
        say_in_label_alone(self)


class ProfileForm(forms.Form):
    """The person's profile."""

    name = NameField(
        label="Name",
        help_text="It is shown under what you write from now on. What you signed keeps the earlier name.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    profession = NameField(
        label="Profession",
        required=False,
        max_length=60,
        help_text="In your own words, for example neuroradiologist. It is shown as “not verified” until an "
        "administrator has verified a registration of yours.",
    )
    about = SeenTextField(
        label="About you",
        required=False,
        max_length=1000,
        help_text="For your public page: where you work, what you know about. Up to 1,000 characters.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    orcid = forms.CharField(
        label="ORCID iD",
        required=False,
        help_text="For example 0000-0002-1825-0097. Your public page links to it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    shown = forms.ChoiceField(
        label="Name to show if your account is removed",
        required=False,
        choices=Attribution,
        help_text="What you wrote and signed stays, with this name under it.",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Hold whose profile it is."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self) -> str:
        """Return the name, if no other account's looks like it."""
        return clean_name(self.cleaned_data["name"], self.person)

    def clean_orcid(self) -> str:
        """Return the iD in its normal form, its check digit verified."""
        try:
            return orcid.parse(self.cleaned_data["orcid"])
        except orcid.BadOrcid as bad:
            raise ValidationError(str(bad)) from bad

    def clean_shown(self) -> str:
        """Return the choice; the name as it stands where none was made."""
        return str(self.cleaned_data["shown"] or Attribution.NAME)

    @classmethod
    def for_person(cls, person: User, data: Any = None) -> "ProfileForm":
        """Return the form with the person's values, or with `data`."""
        kept = {"name": person.name, "profession": person.profession, "about": person.about}
        kept |= {"orcid": person.orcid, "shown": person.attribution}
        return cls(data, initial=kept, person=person)


class SuspendForm(forms.Form):
    """Why and until when an account is suspended, and who takes over its work."""

    use_required_attribute = False

    reason = SeenTextField(
        label="Why",
        max_length=1_000,
        help_text="The person reads it, wherever they would otherwise act.",
        error_messages={"required": reasons.ask_why(reasons.PERSON)},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label="Until the end of",
        error_messages={"required": "Choose a day.", "invalid": "Give a day such as 2027-05-31."},
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    to = forms.ModelChoiceField(
        label="Who carries on what waits for them",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody for now",
        help_text="The pages they look after, and what was returned to them. Authors stay named.",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Offer everybody else who may write."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.who_may_write().but(person)  # type: ignore[attr-defined]


class LiftSuspensionForm(forms.Form):
    """Why a suspension ends early."""

    use_required_attribute = False

    reason = SeenTextField(
        label="Why it ends now",
        max_length=1_000,
        help_text="The person reads it.",
        error_messages={"required": reasons.ask_why(reasons.PERSON)},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HandOverWorkForm(forms.Form):
    """Who takes over the work of a suspended person."""

    use_required_attribute = False

    to = forms.ModelChoiceField(
        label="Who carries it on",
        queryset=User.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose a colleague."},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Offer everybody else who may write."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.who_may_write().but(person)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """The role to grant; each choice says what it allows."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, f"{role.label}: {role.allows}") for role in Role],
        error_messages={"required": "Choose a role."},
        widget=forms.RadioSelect,
    )


class PeopleForm(forms.Form):
    """The search field for people, and what they may do and are."""

    q = forms.CharField(label="Name, user name or email address", required=False, max_length=120)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *Role.choices])
    state = forms.ChoiceField(
        label="Account", required=False, choices=[("", "Any account"), *AccountState.choices]
    )

    @property
    def words(self) -> str:
        """Return the search words, or ""."""
        return self._chosen("q")

    @property
    def people(self) -> UserQuerySet:
        """Return whom it finds."""
        return User.objects.named(self.words).of_role(self._chosen("role")).in_state(self._chosen("state"))

    @property
    def is_narrowed(self) -> bool:
        """Return whether it leaves anybody out."""
        return any(self._chosen(name) for name in self.fields)

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""
