"""The standing of a reviewer: what counts on the day in the wiki's own time zone."""

import datetime as dt

import pytest
from django.utils import timezone

from wiki.models import Credential, Disclosure, User, Verification, WholePageReview
from wiki.policy.eligibility import UNDECLARED, Signer
from wiki.policy.reviewer_standing import ReviewerStanding

LATE = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(("zone", "counts"), [("UTC", True), ("Pacific/Auckland", False)])
def test_a_declaration_expires_with_the_day_of_the_wiki_s_time_zone(clinician, zone, counts):
    Disclosure.objects.create(person=clinician, declared_at=LATE, expires_on=dt.date(2026, 3, 1))

    with timezone.override(zone):
        disclosure = ReviewerStanding(clinician, LATE).disclosure

    assert (disclosure is not None) is counts


@pytest.mark.parametrize("one", [WholePageReview(reviewed_at=LATE), Verification(verified_at=LATE)])
def test_a_signature_has_the_day_of_the_wiki_s_time_zone(one):
    with timezone.override("Pacific/Auckland"):
        assert one.on == dt.date(2026, 3, 2)


@pytest.mark.parametrize(("days", "why_not"), [(1, ""), (0, ""), (-1, UNDECLARED)])
def test_a_declaration_counts_to_the_end_of_its_last_day(days, why_not):
    day = LATE.date()
    registered = Credential(profession="physician", valid_until=day)
    declared = Disclosure(expires_on=day + dt.timedelta(days=days))

    assert Signer(User(username="moderator"), [registered], declared, day).why_not == why_not
