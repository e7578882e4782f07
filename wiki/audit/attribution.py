"""Attribution: the names shown for removed accounts, as each person chose."""

from typing import Final

from django.db.models import Model

from wiki.models import (
    Application,
    Attribution,
    Correction,
    Credential,
    Event,
    Image,
    MeaningWithdrawal,
    Remark,
    Report,
    Revision,
    SecondRead,
    SourceCheck,
    Suppression,
    Task,
    User,
    Verdict,
    Verification,
    WholePageReview,
)

# Every place where a name is kept beside the key of its person: table, key, name. Removing an account sets
# the key to null and, in that one statement, the name to what the person chose; the database refuses any
# other change of it.
SIGNED: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (Revision, "author", "author_name"),
    (Verdict, "reviewer", "reviewer_name"),
    (Event, "actor", "actor_name"),
    (Event, "person", "person_name"),
    (Verification, "by", "by_name"),
    (WholePageReview, "by", "by_name"),
    (Remark, "author", "author_name"),
    (Remark, "resolved_by", "resolved_by_name"),
    (SecondRead, "reader", "reader_name"),
    (Correction, "proposed_by", "proposed_by_name"),
    (Correction, "seconded_by", "seconded_by_name"),
    (Correction, "lifted_by", "lifted_by_name"),
    (Suppression, "by", "by_name"),
    (Suppression, "confirmed_by", "confirmed_by_name"),
    (MeaningWithdrawal, "by", "by_name"),
    (Report, "handled_by", "handled_by_name"),
    (Application, "answered_by", "answered_by_name"),
    (SourceCheck, "asked_by", "asked_by_name"),
    (SourceCheck, "decided_by", "decided_by_name"),
    (Task, "closed_by", "closed_by_name"),
    (Credential, "verified_by", "verified_by_name"),
    (Image, "uploaded_by", "uploaded_by_name"),
)
# The act whose event keeps, as `data`, who is shown as what: {"account": id, "shown_as": name, "role": role}.
REMOVAL: Final = "remove_account"


def rename_signatures(person: User) -> None:
    """Change a person's name everywhere to what they chose to be shown as after removal."""
    if person.attribution == Attribution.NAME:
        return
    for model, key, name in SIGNED:
        rows = model._default_manager.filter(**{key: person})
        rows.update(**{key: None, name: person.shown_as})


def removals() -> dict[int, str]:
    """Return the shown name of each removed account, by the id that the account had.

    Of somebody who kept their name as it stands nothing changed, and this is the name that they had last.
    """
    told = Event.objects.filter(act=REMOVAL).order_by("pk").values_list("data", flat=True)
    return {one["account"]: one["shown_as"] for one in told if "account" in one}
