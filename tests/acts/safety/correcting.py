"""Proposing and agreeing to a correction of a dangerous dose, for the tests of corrections."""

import datetime as dt

import time_machine
from django.db import connection

from wiki.acts.safety import corrections
from wiki.models import Correction, PublishedPage

DOSE = "Give 100 mg of calcium every hour."


SAFE = "Give 10 mg of calcium once a day."


BODY = f"## What helps\n\nA first paragraph.\n\n{DOSE}\n\nA third paragraph."


def propose(page, by, **changes):
    told = {"passage": DOSE, "replacement": SAFE, "reason": "Ten times the dose."}
    return corrections.propose(page, by=by, **{**told, **changes})


def second(one, by):
    return corrections.second(one.pk, by=by, digest=one.digest)


def corrected(page, first, other, **changes):
    return second(propose(page, first, **changes), other)


def html(page):
    return PublishedPage.objects.get(page=page).safe_html


def later(hours):
    return time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours), tick=True)


def bring_forward(one):
    """Let the 72 hours of a correction be over, as the database's owner with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Correction.objects.filter(pk=one.pk).update(
            seconded_at=one.seconded_at - dt.timedelta(hours=73),
            lapses_at=one.lapses_at - dt.timedelta(hours=73),
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
