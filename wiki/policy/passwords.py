"""What a password must be: Django's rules, said as the rest of the wiki says things."""

from typing import Final

from django.contrib.auth import password_validation as rules

LEAST: Final = 12
HINT: Final = (
    f"Use at least {LEAST} characters. Three words that have nothing to do with each other are enough."
)


class LongEnough(rules.MinimumLengthValidator):
    """Refuses a short password."""

    def __init__(self) -> None:
        """Set the least length."""
        super().__init__(LEAST)

    def get_error_message(self) -> str:
        """Return what to do."""
        return f"Use at least {self.min_length} characters."


class UnlikeThePerson(rules.UserAttributeSimilarityValidator):
    """Refuses a password that is like the name, user name or email address."""

    def get_error_message(self) -> str:
        """Return what to do."""
        return "Choose a password that is less like your name, user name or email address."


class UnlikeOthers(rules.CommonPasswordValidator):
    """Refuses a password that many people use."""

    def get_error_message(self) -> str:
        """Return what to do."""
        return "Many people use this password, so it is easy to guess. Choose another one."


class NotOnlyDigits(rules.NumericPasswordValidator):
    """Refuses a password of digits alone."""

    def get_error_message(self) -> str:
        """Return what to do."""
        return "Use letters too, not only digits."
