"""What an account is called once it is removed: as its person chose, everywhere and in no other way."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests import cast
from wiki.acts.people import accounts
from wiki.audit import attribution, log
from wiki.models import Event, PublishedPage, Revision, User, Verdict
from wiki.policy.refusal import Refused

NAMES = {"name": "Dr Ines Albrecht", "initials": "I. A.", "nobody": "Former contributor"}


def test_every_stored_name_column_is_in_the_table():
    beside = set()
    for model in apps.get_app_config("wiki").get_models():
        columns = {field.name for field in model._meta.get_fields()}
        people_of = [one for one in model._meta.fields if isinstance(one, models.ForeignKey)]
        keys = {one.name for one in people_of if one.related_model is User}
        beside |= {(model, key, f"{key}_name") for key in keys if f"{key}_name" in columns}

    assert beside == set(attribution.SIGNED)


@pytest.mark.parametrize("chosen", NAMES)
def test_edge_28_a_removed_account_is_named_as_its_person_chose(
    published, clinician, moderator, administrator, chosen
):
    User.objects.filter(pk=clinician.pk).update(attribution=chosen)
    accounts.grant_role(clinician, "moderator", by=administrator)

    accounts.remove_account(clinician, by=administrator)

    name = NAMES[chosen]
    assert Revision.objects.get().author_name == name
    assert PublishedPage.objects.get(page=published).authors == [{"name": name, "username": ""}]
    assert set(Event.objects.filter(act="submit").values_list("actor_name", flat=True)) == {name}
    assert Event.objects.get(act="role").person_name == name
    assert attribution.removals() == {clinician.pk: name}
    assert chosen == "name" or not Event.objects.filter(data__icontains="Albrecht").exists()


def test_edge_28_a_signature_is_shown_as_chosen_and_still_verifies(published, moderator, administrator):
    User.objects.filter(pk=moderator.pk).update(attribution="initials")
    before = Verdict.objects.values("digest", "standing", "decided_at", "reviewer_profession").get()

    accounts.remove_account(User.objects.get(pk=moderator.pk), by=administrator)

    verdict = Verdict.objects.get()
    assert (verdict.reviewer, verdict.reviewer_name) == (None, "A. O.")
    assert PublishedPage.objects.for_lists().get(page=published).standing.sentence.count("by A. O.") == 1
    assert Verdict.objects.values("digest", "standing", "decided_at", "reviewer_profession").get() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE wiki_verdict SET reviewer_name = 'Nobody'",
        "UPDATE wiki_verdict SET reviewer_id = NULL, reviewer_name = 'Nobody', decision_label = 'Rejected'",
        "UPDATE wiki_verdict SET reviewer_id = NULL, reviewer_profession = 'Wizard'",
        "UPDATE wiki_verdict SET reviewer_id = NULL; UPDATE wiki_verdict SET reviewer_name = 'Nobody'",
        "UPDATE wiki_revision SET author_name = 'Nobody'",
        "UPDATE wiki_revision SET author_id = NULL, author_name = 'Nobody', title = 'Other'",
        "UPDATE wiki_revision SET author_id = NULL; UPDATE wiki_revision SET author_name = 'Nobody'",
        "UPDATE wiki_event SET person_name = 'Nobody'",
        "UPDATE wiki_event SET actor_name = 'Nobody'",
    ],
)
def test_the_database_changes_a_name_only_when_removing_the_account(published, change):
    with (
        pytest.raises(IntegrityError, match=r"append-only|cannot be changed"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(change)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dr Amara Osei", "A. O."),
        ("Prof. Dr. med. Karl-Heinz Öz", "K. Ö."),
        ("Prince", "P."),
        ("Dr", "D."),
        ("", "P."),
    ],
)
def test_initials_omit_titles(name, initials):
    assert User(username="pat", name=name, attribution="initials").shown_as == initials


def test_log_lines_without_attribution_are_ignored(administrator):
    log.write("remove_account", by=administrator, name="Somebody")

    assert attribution.removals() == {}


def test_a_suspended_administrator_removes_nobody(clinician, administrator):
    User.objects.filter(pk=administrator.pk).update(
        suspended_until="2099-01-01T00:00Z", suspended_reason="A reason."
    )

    with pytest.raises(Refused, match="Only an administrator removes accounts"):
        accounts.remove_account(clinician, by=administrator)
    with pytest.raises(Refused, match="Only an administrator grants roles"):
        accounts.grant_role(clinician, "reader", by=administrator)


def test_stepping_down_is_refused_if_the_other_administrator_cannot_act(administrator):
    other = cast.make_user("other", "administrator")
    User.objects.filter(pk=other.pk).update(suspended_until="2099-01-01T00:00Z", suspended_reason="Why.")

    with pytest.raises(Refused, match="the only administrator"):
        accounts.grant_role(administrator, "reader", by=administrator)
