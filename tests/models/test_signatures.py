"""PostgreSQL itself keeps a version from readers that lacks a signature, and holds each to its sentence."""

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tests import cast
from wiki.models import Publication, Revision, Verdict, clock


def test_a_version_is_published_with_all_the_signatures_that_it_needs(clinician, moderator):
    gene = cast.make_page(clinician, moderator, "PDGFB", kind="gene")
    waiting = cast.propose_change(gene, clinician)
    cast.sign(waiting, moderator)
    Revision.objects.filter(pk=waiting.pk).update(state="approved")

    with pytest.raises(IntegrityError, match="all the signatures that it needs"), transaction.atomic():
        Publication.objects.create(
            page=gene,
            revision=waiting,
            verdict=waiting.verdicts.get(),
            in_force=DateTimeTZRange(clock.now(), None),
        )


@pytest.mark.parametrize("impact", ["action", "safety"])
def test_the_database_requires_a_meaning_for_action_or_safety(published, clinician, impact):
    draft = cast.make_edit(published, clinician)

    with pytest.raises(IntegrityError, match="impact_that_needs_a_meaning_has_one"), transaction.atomic():
        Revision.objects.filter(pk=draft.pk).update(
            impact=impact, state="submitted", number=9, submitted_at=clock.now()
        )


def test_the_database_requires_a_meaning_in_a_verdict_too(published, moderator):
    one = Verdict.objects.get()

    with pytest.raises(IntegrityError, match="verdict_says_what_it_means"), transaction.atomic():
        Verdict.objects.create(
            revision=one.revision,
            author=one.author,
            reviewer=None,
            reviewer_name="Nobody",
            reviewer_role="Moderator",
            decision="approve",
            decision_label="Approved",
            digest=one.digest,
            decided_at=clock.now(),
            impact="safety",
        )
