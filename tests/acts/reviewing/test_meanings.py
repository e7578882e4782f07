"""What approvers say that a change means: it takes two, says whose words it is, and can be withdrawn."""

import pytest

from tests import cast
from wiki.acts.people import disclosures
from wiki.acts.reviewing import diff_views, review
from wiki.acts.reviewing.meanings import withdraw_meaning
from wiki.domain.lifecycle import State
from wiki.domain.professions import Impact
from wiki.mail import notices
from wiki.models import Event, MeaningWithdrawal, Notice, Publication
from wiki.models.credentials import InterestNature
from wiki.policy.needs import CLINICIAN, MODERATOR
from wiki.policy.refusal import Refused
from wiki.screens.feed_entries import feed_entry

WORDS = "People stop taking calcium tablets."


def says(revision, by, impact, meaning=""):
    diff_views.open_comparison(revision, by=by)
    return review.approve(revision.pk, by=by, shown=cast.shown(revision), impact=impact, meaning=meaning)


@pytest.fixture
def comma(published, clinician):
    """Return a change that one moderator signs."""
    return cast.propose_change(published, clinician, summary="What it is in plain words.")


def told(revision):
    return Publication.objects.of_page(revision.page).get(revision=revision)


@pytest.mark.parametrize("impact", [Impact.SAFETY, Impact.ACTION])
def test_an_approver_who_says_safety_or_action_asks_for_a_second_signature(
    comma, moderator, second_moderator, impact
):
    assert [one.label for one in comma.requirements.all()] == [MODERATOR.label]

    assert says(comma, moderator, impact, WORDS) is None

    comma.refresh_from_db()
    assert comma.state == State.SUBMITTED
    asked = comma.requirements.get(label=CLINICIAN.label)
    assert asked.reason.startswith("Dr Amara Osei, who signed it, says that ")
    assert Event.objects.get(act="sign", revision=comma).data["needs"] == [CLINICIAN.label]

    assert cast.sign(comma, second_moderator) is not None


@pytest.mark.parametrize("impact", [Impact.NONE, Impact.WORDING])
def test_an_approver_who_does_not_raise_the_impact_signs_alone(comma, moderator, impact):
    assert says(comma, moderator, impact) is not None
    assert comma.requirements.count() == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Impact.SAFETY, Impact.ACTION),
        (Impact.SAFETY, Impact.WORDING),
        (Impact.SAFETY, Impact.NONE),
        (Impact.ACTION, Impact.WORDING),
    ],
)
def test_a_later_signature_cannot_lower_the_impact(comma, moderator, second_moderator, first, then):
    says(comma, moderator, first, WORDS)

    with pytest.raises(Refused, match=r"Dr Amara Osei signed this as .* cannot lower that"):
        says(comma, second_moderator, then, WORDS)

    assert says(comma, second_moderator, first, WORDS) is not None
    assert Event.objects.get(act="approve", revision=comma).data["impact"] == first


def test_a_later_signature_can_raise_the_impact(comma, moderator, second_moderator):
    says(comma, moderator, Impact.ACTION, WORDS)

    assert says(comma, second_moderator, Impact.SAFETY, WORDS) is not None
    assert Event.objects.get(act="approve", revision=comma).data["impact"] == Impact.SAFETY


def test_raising_the_impact_of_a_two_signature_change_asks_for_no_third(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="Take 5 mg.")
    before = set(waiting.requirements.values_list("label", flat=True))

    says(waiting, moderator, Impact.SAFETY, WORDS)

    assert set(waiting.requirements.values_list("label", flat=True)) == before


def test_a_meaning_confirmed_by_another_signer_is_not_marked_as_own_words(comma, moderator, second_moderator):
    says(comma, moderator, Impact.SAFETY, WORDS)
    cast.sign(comma, second_moderator)

    assert (told(comma).meaning, told(comma).meaning_in_words_of) == (WORDS, "")
    assert "in_own_words" not in Event.objects.get(act="approve", revision=comma).data


def test_a_meaning_by_one_approver_alone_is_marked_with_the_name(comma, moderator, second_moderator, client):
    says(comma, moderator, Impact.SAFETY, "Something else.")
    says(comma, second_moderator, Impact.SAFETY, WORDS)

    assert told(comma).meaning_in_words_of == "Dr Lena Fischer"
    assert "in the words of Dr Lena Fischer, who approved it" in feed_entry(told(comma)).summary
    for path in ("/latest/", "/wiki/hypoparathyroidism/history/"):
        assert "These are the words of Dr Lena Fischer, who approved it." in client.get(path).content.decode()
    approved = Event.objects.get(act="approve", revision=comma)
    assert approved.data["in_own_words"] is True
    assert "in the words of Dr Lena Fischer" in notices.meaning_of(approved)


def test_a_meaning_by_the_author_is_not_marked(published, clinician, moderator):
    draft = cast.make_edit(published, clinician, summary="Another.")
    waiting = cast.submit(draft, impact="action", meaning=WORDS)

    cast.approve(waiting, moderator)

    assert (told(waiting).meaning, told(waiting).meaning_in_words_of) == (WORDS, "")


@pytest.fixture
def said(comma, moderator, second_moderator):
    """Return a version of which an approver wrote what it means."""
    says(comma, moderator, Impact.SAFETY, WORDS)
    cast.sign(comma, second_moderator)
    return comma


def test_a_moderator_can_withdraw_a_meaning_written_by_an_approver(said, moderator, client):
    made = withdraw_meaning(said.pk, by=moderator, reason="It is wrong.")

    assert (made.by_name, made.reason) == ("Dr Amara Osei", "It is wrong.")
    assert told(said).meaning == ""
    assert WORDS not in feed_entry(told(said)).summary
    for path in ("/latest/", "/wiki/hypoparathyroidism/history/"):
        assert WORDS not in client.get(path).content.decode()
    event = Event.objects.get(act="withdraw_meaning")
    assert (event.revision, event.data["reason"]) == (said, "It is wrong.")
    assert Notice.objects.filter(event=event).exists()
    assert "It is wrong." in client.get("/record/").content.decode()


def test_a_meaning_is_withdrawn_once_by_a_moderator_with_a_reason(said, moderator, clinician):
    with pytest.raises(Refused, match="everybody can read the reason"):
        withdraw_meaning(said.pk, by=moderator, reason=" ")
    with pytest.raises(Refused):
        withdraw_meaning(said.pk, by=clinician, reason="It is wrong.")
    withdraw_meaning(said.pk, by=moderator, reason="It is wrong.")

    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_meaning(said.pk, by=moderator, reason="It is wrong.")
    assert MeaningWithdrawal.objects.count() == 1


def test_a_moderator_with_an_interest_cannot_withdraw_a_meaning(said, moderator):
    disclosures.declare(moderator, [disclosures.Declared(InterestNature.SHARES, "A firm", pages=[said.page])])

    with pytest.raises(Refused):
        withdraw_meaning(said.pk, by=moderator, reason="It is wrong.")


def test_withdrawing_is_refused_if_no_approver_wrote_a_meaning(published, moderator):
    version = published.publications.get().revision

    with pytest.raises(Refused, match="wrote for readers"):
        withdraw_meaning(version.pk, by=moderator, reason="It is wrong.")


def test_a_moderator_withdraws_a_meaning_from_the_history_page(said, moderator, client):
    client.force_login(moderator)
    path = f"/wiki/hypoparathyroidism/revisions/{said.number}/meaning/"
    assert path in client.get("/wiki/hypoparathyroidism/history/").content.decode()
    assert WORDS in client.get(path).content.decode()
    assert client.post(path, {"reason": ""}).status_code == 422

    assert client.post(path, {"reason": "It is wrong."}).status_code == 302
    assert MeaningWithdrawal.objects.get().verdict.revision == said
    again = client.post(path, {"reason": "It is wrong."})
    assert again.status_code == 409
    assert "withdrawn already" in again.content.decode()


def test_the_database_refuses_changes_of_a_withdrawn_meaning(said, moderator):
    made = withdraw_meaning(said.pk, by=moderator, reason="It is wrong.")

    with pytest.raises(Exception, match="append-only"):
        MeaningWithdrawal.objects.filter(pk=made.pk).update(reason="Right.")
