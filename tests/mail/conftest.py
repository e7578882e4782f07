"""A mail server, and letters that wait for it."""

import pytest

from tests import cast
from tests.mail.office import Office
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.safety import reports
from wiki.environment import mailer_at
from wiki.models import Letter, Sending


@pytest.fixture
def office(settings):
    """Return the mail server that the wiki sends to."""
    office = Office()
    settings.MAILERS = {"default": mailer_at(f"smtp://127.0.0.1:{office.port}")}
    yield office
    office.close()


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician))


@remembered
def letter(waiting, moderator, second_moderator):
    """Return the letter that tells an author of a verdict; nothing else is in the box."""
    Letter.objects.update(state=Sending.DROPPED)
    review.reject(waiting.pk, by=moderator, reason="The source says less.")
    return Letter.objects.get(state=Sending.WAITING)


@pytest.fixture
def report(published):
    """Return what a reader reported who left an address."""
    live = published.publications.get(in_force__upper_inf=True).revision
    made = reports.report(live, wrong="The figure is wrong.", email="reader@example.com")
    Letter.objects.update(state=Sending.DROPPED)
    return made


@pytest.fixture
def answer(report, moderator):
    """Return the letter with the answer to a report."""
    reports.close(report.pk, by=moderator, answer="It is put right.")
    return Letter.objects.answering(report)
