"""The impact of a retirement, shown before it is approved."""

from dataclasses import replace

from tests import cast
from tests.acts.writing.test_retirement import retire, send
from wiki.models import (
    PublishedPage,
)
from wiki.screens.retirement_impact import RetirementImpact
from wiki.text.document import Retirement


def foreseen(page, into=None):
    live = PublishedPage.objects.get(page=page).publication.revision.document
    return RetirementImpact(
        page, live, replace(live, retirement=Retirement("Why.", into.pk if into else None))
    )


def becomes(retiring):
    return [(one.subject.title, one.becomes) for one in retiring.statements]


def test_what_becomes_of_each_statement_is_foreseen(old, new, naming, clinician, moderator):
    rows = (cast.statement(old), cast.statement(new))
    cast.make_page(clinician, moderator, "Both", statements=rows)
    anatomy = cast.make_page(clinician, moderator, "Basal ganglia", kind="anatomy")

    assert becomes(foreseen(old)) == [("Both", "hidden"), ("Seizure trigger", "hidden")]
    assert becomes(foreseen(old, new)) == [("Both", "said"), ("Seizure trigger", "follows")]
    assert becomes(foreseen(old, anatomy)) == [("Both", "hidden"), ("Seizure trigger", "hidden")]
    assert len(foreseen(old).hidden) == 2


def test_links_and_what_waits_are_foreseen(old, naming, clinician, colleague):
    waiting = cast.submit(cast.make_edit(old, colleague))
    send(old, clinician)

    retiring = foreseen(old)

    assert [one.title for one in retiring.linked_from] == ["Seizure trigger"]
    assert retiring.waiting == [waiting]


def test_what_rests_on_pages_that_lead_here_is_foreseen_too(old, new, naming, clinician, moderator):
    retire(old, clinician, moderator, new)

    retiring = foreseen(new)

    assert becomes(retiring) == [("Seizure trigger", "hidden")]
    assert [one.title for one in retiring.linked_from] == ["Seizure trigger"]


def test_a_page_not_called_like_the_retired_one_is_pointed_out(old, new, clinician, moderator):
    assert foreseen(old, new).lacks_title
    assert not foreseen(old).lacks_title

    cast.approve(cast.submit(cast.make_edit(new, clinician, aliases=("Fahr Disease",))), moderator)

    assert not foreseen(old, new).lacks_title
