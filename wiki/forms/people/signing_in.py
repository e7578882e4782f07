"""Forms of passwords, keys and addresses: those of allauth, in the words of the wiki."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as passkeys
from django import forms

from wiki.forms.text_fields import SeenTextField
from wiki.policy import passwords

LABELS = {
    "email": "Email address",
    "oldpassword": "Your password now",
    "password1": "New password",
    "password2": "The new password again",
}


class _InOurWords(forms.Form):
    """Says in the label alone what a field is for: a placeholder goes away while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields, and take the placeholders away."""
        super().__init__(*args, **kwargs)
        say_in_label_alone(self)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label


def say_in_label_alone(form: forms.Form) -> None:
    """Take away what stands in empty fields, and say in one sentence what a new password must be."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    if "password1" in form.fields:
        form.fields["password1"].help_text = passwords.HINT


class AddEmail(_InOurWords, account.AddEmailForm):  # type: ignore[misc]  # allauth is not typed
    """Asks for one more address."""


class ResetPassword(_InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Asks for the address of an account whose password is forgotten."""


class ResetPasswordKey(_InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Asks for the new password, after a mail about a forgotten one."""


class ChangePassword(_InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """Asks for the password and a new one."""


class Reauthenticate(_InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """Asks for the password once more."""


class AddPasskey(_InOurWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """Asks for the name of a passkey or security key, and whether it replaces the password."""

    name = SeenTextField(label="Name", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what the choice means."""
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = "Sign in with this key alone, without a password"
        self.fields["passwordless"].help_text = "The key then asks for your fingerprint, face or PIN."
