"""Characters that nobody sees: no act keeps one, whoever calls it; the refusal says where it stands."""

import datetime as dt
from typing import Any

import pytest

from tests import cast
from tests.pictures import file, picture
from tests.reviewing import draw
from wiki.acts.library import images, source_merging, sources
from wiki.acts.people import accounts, credentials, disclosures
from wiki.acts.reviewing import diff_views, remarks, review, second_reads
from wiki.acts.safety import corrections, protection, reports
from wiki.acts.writing import submission
from wiki.images import processing
from wiki.models import Publication, clock
from wiki.policy.refusal import NotReady, Refused
from wiki.text.document import Retirement
from wiki.text.sources.identifiers import parse

HIDDEN = "Do \u202eton\u202c stop calcium."
REFUSED = r"nobody can see: U\+202E"


@pytest.fixture
def source(clinician):
    """Return a source that the wiki has."""
    return cast.make_source(clinician)


@pytest.mark.parametrize(
    "field",
    [
        {"title": "Hypo\u200bparathyroidism"},
        {"title": "Ster\x02oid page"},
        {"summary": HIDDEN},
        {"body": f"{HIDDEN}\n"},
        {"body": "Give 5&#8203; mg.\n"},
        {"body": "> A myth is this:\n\u00a0\nGive nothing to drink.\n"},
        {"aliases": ("Hypo\u00adpara",)},
    ],
    ids=lambda one: f"{next(iter(one))} {next(iter(one.values()))!r}",
)
def test_a_submission_with_an_invisible_character_is_refused(published, clinician, field):
    draft = cast.make_edit(published, clinician, **field)

    with pytest.raises(NotReady, match="nobody can see") as refusal:
        cast.submit(draft)

    assert {one.field for one in refusal.value.problems} == set(field)


def test_a_statement_note_with_an_invisible_character_is_refused(published, clinician, moderator, source):
    other = cast.make_page(clinician, moderator, title="Basal ganglia")
    row = cast.statement(other, note=HIDDEN, sources=(source.key,))
    draft = cast.make_edit(published, clinician, statements=(row,))

    with pytest.raises(NotReady, match=REFUSED) as refusal:
        cast.submit(draft)

    assert [one.field for one in refusal.value.problems] == ["statements-0-note"]


def test_a_retirement_reason_with_an_invisible_character_is_refused(published, clinician):
    draft = cast.make_edit(published, clinician, retirement=Retirement(HIDDEN, None))

    with pytest.raises(NotReady, match=REFUSED):
        cast.submit(draft)


@pytest.mark.parametrize("told", [{"note": HIDDEN}, {"impact": "action", "meaning": HIDDEN}])
def test_a_note_to_reviewers_with_an_invisible_character_is_refused(published, clinician, told):
    draft = cast.make_edit(published, clinician, summary="Other words.")

    with pytest.raises(Refused, match=REFUSED):
        submission.submit(draft, by=clinician, **{"note": "Why.", "impact": "none", **told})


@pytest.fixture
def waiting(published, clinician):
    """Return a version that waits for its review."""
    return cast.submit(cast.make_edit(published, clinician, summary="Other words."))


def test_a_verdict_with_an_invisible_character_is_refused(waiting, moderator):
    shown = cast.shown(waiting)
    row = {"id": "S1", "text": "Sources?", "answer": "na", "why": HIDDEN}

    with pytest.raises(Refused, match=REFUSED):
        review.request_changes(waiting.pk, by=moderator, reason=HIDDEN)
    with pytest.raises(Refused, match=REFUSED):
        review.reject(waiting.pk, by=moderator, reason=HIDDEN)
    diff_views.open_comparison(waiting, by=moderator)
    with pytest.raises(Refused, match=REFUSED):
        review.approve(waiting.pk, by=moderator, shown=shown, checklist=[row])
    with pytest.raises(Refused, match=REFUSED):
        review.approve(waiting.pk, by=moderator, shown=shown, impact="action", meaning=HIDDEN)
    assert not waiting.verdicts.exists()


def test_a_remark_or_report_with_an_invisible_character_is_refused(published, waiting, moderator):
    live = Publication.objects.live_of(published.pk)
    assert live is not None

    with pytest.raises(Refused, match=REFUSED):
        remarks.remark(waiting.pk, by=moderator, at=remarks.WHOLE.key, text=HIDDEN)
    with pytest.raises(Refused, match=REFUSED):
        reports.report(live.revision, wrong=HIDDEN)
    with pytest.raises(Refused, match=REFUSED):
        reports.report(live.revision, wrong="The dose.", source=HIDDEN)


def test_a_moderators_reason_with_an_invisible_character_is_refused(published, moderator, second_moderator):
    live = Publication.objects.live_of(published.pk)
    assert live is not None
    tomorrow = clock.now().date() + dt.timedelta(days=1)

    with pytest.raises(Refused, match=REFUSED):
        review.unapprove(live.revision_id, by=moderator, reason=HIDDEN)
    with pytest.raises(Refused, match=REFUSED):
        protection.protect(published, until=tomorrow, reason=HIDDEN, by=moderator)
    with pytest.raises(Refused, match=REFUSED):
        second_reads.decide(draw(live).pk, by=second_moderator, decision="reject", reason=HIDDEN)
    passage = live.revision.document.summary
    with pytest.raises(Refused, match=REFUSED):
        corrections.propose(published, passage=passage, replacement=HIDDEN, reason="Wrong.", by=moderator)
    with pytest.raises(Refused, match=REFUSED):
        cast.review_whole(published, moderator, f"{HIDDEN} {cast.CHECKED}")


def test_a_source_record_with_an_invisible_character_is_refused(source, clinician, moderator):
    ids = [parse("pmid:33788935")]
    people = [{"family": "Os\u200bei", "given": "A"}]

    with pytest.raises(Refused, match=REFUSED):
        sources.add(ids, {"title": HIDDEN}, type="case_report", by=clinician)
    with pytest.raises(Refused, match=r"U\+200B"):
        sources.add(ids, {"title": "A case", "author": people}, type="case_report", by=clinician)
    with pytest.raises(Refused, match=REFUSED):
        source_merging.give_notice(source.pk, nature="retraction", by=moderator, reason=HIDDEN)


@pytest.mark.parametrize("field", ["alt", "credit", "consent"])
def test_picture_details_with_an_invisible_character_are_refused(clinician, field):
    told: dict[str, Any] = {"alt": "CT.", "credit": "A. Osei", "licence": "own", field: HIDDEN}
    developed = processing.clean(file(picture()))

    with pytest.raises(Refused, match=REFUSED):
        images.add(developed, images.PictureDetails(**told), by=clinician)


def test_a_profile_registration_or_declaration_with_one_is_refused(clinician):
    told = {"name": "Dr Ines Albrecht", "profession": "", "about": ""}

    for field in told:
        with pytest.raises(Refused, match=REFUSED):
            accounts.introduce(clinician, **(told | {field: HIDDEN}))
    with pytest.raises(Refused, match=REFUSED):
        credentials.enter(clinician, profession="physician", specialties=[], body=HIDDEN, number="1")
    with pytest.raises(Refused, match=REFUSED):
        disclosures.declare(clinician, [disclosures.Declared("employment", HIDDEN)])
