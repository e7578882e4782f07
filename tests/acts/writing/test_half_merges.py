"""What PostgreSQL itself refuses of a merge of two pages."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from wiki.acts.reviewing import publishing
from wiki.acts.writing import page_merge
from wiki.domain.lifecycle import State
from wiki.models import Revision, Verdict


@pytest.mark.parametrize("half", [0, 1])
def test_postgresql_refuses_half_a_merge(merging, half):
    with pytest.raises(IntegrityError, match="both halves"), transaction.atomic():
        written(merging[half], state=State.REJECTED)


def test_postgresql_refuses_a_merge_without_its_other_half(published, stays, clinician):
    draft = page_merge.merge_pages(published, stays, by=clinician)
    sent_in = {"state": State.SUBMITTED, "number": 99, "submitted_at": draft.saved_at, "impact": "wording"}

    with pytest.raises(IntegrityError, match="both halves"), transaction.atomic():
        written(draft, **sent_in)


def test_postgresql_refuses_a_merge_of_which_one_half_is_published(merging, monkeypatch):
    def publish_one_half(act, verdict):
        going = act.retiring.revision
        going.state = State.APPROVED
        going.save(update_fields=["state"])
        return publishing._publish(act, verdict)

    monkeypatch.setattr(publishing, "publish", publish_one_half)
    *others, last = [cast.specialist_for(need) for need in merging[0].requirements.order_by("pk")]
    for signer in others:
        cast.sign(merging[0], signer)

    with pytest.raises(IntegrityError, match="both halves"), transaction.atomic():
        committed(lambda: cast.sign(merging[0], last))


@pytest.mark.parametrize("which", [0, 1])
def test_postgresql_refuses_a_signature_on_one_half(merging, second_moderator, which):
    signer = cast.specialist_for(merging[0].requirements.order_by("pk")[0])
    cast.sign(merging[0], signer)
    first = merging[which].verdicts.get()
    made = {one.attname: getattr(first, one.attname) for one in Verdict._meta.concrete_fields}

    with pytest.raises(IntegrityError, match="both halves"), transaction.atomic():
        committed(lambda: Verdict.objects.create(**{**made, "id": None, "reviewer_id": second_moderator.pk}))


def written(revision, **changes):
    """Write into the tables what no act writes, and ask the database as a commit does."""
    committed(lambda: Revision.objects.filter(pk=revision.pk).update(**changes))


def committed(act):
    act()
    connection.check_constraints()
