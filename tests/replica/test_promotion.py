"""The primary is killed while people act, and its synchronous replica takes over."""

import time
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections

from tests import cast
from wiki.models import Publication, Revision, Role
from wiki.models.reading import replicas

pytestmark = pytest.mark.slow

WRITERS = 3
ENOUGH = 24


def test_no_acknowledged_act_is_lost_with_the_primary(pair):
    moderator = cast.make_user("moderator", Role.MODERATOR)
    pages = [
        (clinician, cast.make_page(clinician, moderator, f"Condition of writer {number}"))
        for number in range(WRITERS)
        for clinician in [cast.make_user(f"clinician-{number}", Role.CLINICIAN)]
    ]
    pair.make_synchronous()
    sent_in: list[int] = []
    published: list[int] = []

    def act(clinician, page):
        try:
            for number in range(10_000):
                change = cast.submit(cast.make_edit(page, clinician, summary=f"Summary {number}."))
                sent_in.append(change.pk)
                published.append(cast.approve(change, moderator).pk)
        except DatabaseError:
            pass
        finally:
            connections.close_all()

    writers = [Thread(target=act, args=one) for one in pages]
    for writer in writers:
        writer.start()
    while len(published) < ENOUGH:
        time.sleep(0.01)
        assert any(writer.is_alive() for writer in writers)
    pair.kill_the_primary()
    for writer in writers:
        writer.join()
    pair.promote()

    assert set(Revision.objects.filter(pk__in=sent_in).values_list("pk", flat=True)) == set(sent_in)
    assert set(Publication.objects.filter(pk__in=published).values_list("pk", flat=True)) == set(published)
    call_command("verify_history")
    replicas._look_at[:] = [replicas.LONG_AGO]
    assert replicas.report()[0]["role"] == "primary"
    cast.approve(cast.propose_change(pages[0][1], pages[0][0]), moderator)
