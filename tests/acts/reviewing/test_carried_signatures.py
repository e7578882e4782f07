"""Signatures and a rebase: they go on with what was signed, or their givers are told."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import accounts, disclosures
from wiki.acts.reviewing import diff_views, review
from wiki.acts.writing import drafts, page_merge
from wiki.audit.verify import Proof
from wiki.models import Event, Letter, Mailing, Notice, Publication, Role, User, Verdict
from wiki.policy.refusal import Refused
from wiki.policy.signatures import signatures_of
from wiki.screens.reviewing.review import open_review_screen

BODY = """First words.

## Treatment

Give 50 mg of calcium a day.

Ask for the kidneys first.

## Outlook

It is good.

Most are well.
"""
DOSE = ("50 mg", "60 mg")
FAR = ("Most are well.", "Most of them are well.")
NEAR = ("Ask for the kidneys first.", "Never mind the kidneys.")


@remembered
def second():
    return cast.make_user("second", Role.MODERATOR)


@remembered
def drug(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, "Calcium by mouth", kind="drug", body=BODY)


def live(page):
    published = Publication.objects.live_of(page)
    assert published is not None
    return published.revision


def changed(drug, author, old, new, **more):
    body = live(drug).document.body
    assert old in body
    draft = cast.make_edit(drug, author, body=body.replace(old, new))
    return cast.submit(draft, **more)


@pytest.fixture
def signed(drug, clinician):
    """Return a dose change that one of two has signed, and who that is."""
    sent = changed(drug, clinician, *DOSE)
    need = sent.requirements.order_by("pk").first()
    signer = cast.specialist_for(need)
    assert sent.requirements.count() > 1
    assert cast.sign(sent, signer) is None
    return sent, signer


def meanwhile(drug, colleague, moderator, change):
    cast.approve(changed(drug, colleague, *change), moderator)


def troubles():
    connection.check_constraints()
    return list(Proof().troubles())


def told(person):
    return [
        one.event.data["reason"]
        for one in Notice.objects.filter(recipient=person, event__act="signature_fell")
    ]


def test_the_signature_of_somebody_who_may_not_review_any_more_is_not_carried(
    drug, signed, colleague, moderator, second
):
    sent, signer = signed
    meanwhile(drug, colleague, moderator, FAR)
    User.objects.filter(pk=signer.pk).update(role=Role.CLINICIAN)

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert told(signer) == ["You may not review at present."]


def test_a_rebase_past_a_change_elsewhere_keeps_the_signature(drug, signed, colleague, moderator, second):
    sent, signer = signed
    User.objects.filter(pk=signer.pk).update(mailing=Mailing.AT_ONCE)
    meanwhile(drug, colleague, moderator, FAR)

    merged = review.rebase(sent.pk, by=second)

    (carried,) = merged.verdicts.all()
    first = sent.verdicts.get()
    assert (carried.carried_from, carried.digest, first.digest) == (first, merged.digest, sent.digest)
    assert (carried.reviewer, carried.decided_at, carried.standing) == (
        signer,
        first.decided_at,
        first.standing,
    )
    assert not told(signer)
    assert len(signatures_of(merged).missing) == merged.requirements.count() - 1
    cast.approve(merged, moderator)
    assert live(drug) == merged
    assert Event.objects.filter(act="carry_signature", revision=merged, person=signer).count() == 1
    assert not troubles()


def test_the_screen_says_that_a_signature_was_carried(drug, signed, colleague, moderator, second, client):
    meanwhile(drug, colleague, moderator, FAR)
    merged = review.rebase(signed[0].pk, by=second)
    client.force_login(second)

    said = " ".join(client.get(f"/review/{merged.pk}/").content.decode().split())

    assert f"signed version {signed[0].number}; the signature is carried over" in said
    assert open_review_screen(merged, by=second).signatures.has_signed(signed[1])


def test_a_rebase_past_a_change_beside_it_drops_the_signature(drug, signed, colleague, moderator, second):
    sent, signer = signed
    meanwhile(drug, colleague, moderator, NEAR)

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert told(signer) == ["A passage that it changes, or what stands beside one, has changed."]
    letter = Letter.objects.filter(recipient=signer).order_by("-pk").first()
    assert letter is not None
    assert "Your signature no longer counts" in letter.subject
    assert "what stands beside one, has changed" in letter.body
    assert sent.verdicts.count() == 1


def test_a_carried_signature_is_carried_again_by_the_next_rebase(drug, signed, colleague, moderator, second):
    meanwhile(drug, colleague, moderator, FAR)
    once = review.rebase(signed[0].pk, by=second)
    meanwhile(drug, colleague, moderator, ("It is good.", "It is quite good."))

    twice = review.rebase(once.pk, by=second)

    assert twice.verdicts.get().carried_from == once.verdicts.get()
    cast.approve(twice, moderator)
    assert not troubles()


def test_a_signature_is_not_carried_to_words_of_its_signer(drug, clinician, colleague, moderator, second):
    sent = changed(drug, clinician, *DOSE)
    signer = cast.specialist_for(sent.requirements.order_by("pk")[0])
    cast.sign(sent, signer)
    words = "Give 60 mg of calcium a day."
    theirs = cast.make_edit(drug, signer, body=f"{BODY}\n\n{words}")
    review.reject(cast.submit(theirs).pk, by=moderator, reason="No.")
    meanwhile(drug, colleague, moderator, FAR)

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert told(signer) == ["Readers would get words of yours with it."]


def test_an_interest_declared_since_drops_the_signature(drug, signed, colleague, moderator, second):
    sent, signer = signed
    meanwhile(drug, colleague, moderator, FAR)
    interest = disclosures.Declared("employment", "A firm", names=("Calcium by mouth",))
    disclosures.declare(signer, [interest])

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert len(told(signer)) == 1


def test_a_name_of_an_interest_that_the_page_got_since_drops_the_signature(
    drug, clinician, colleague, moderator, second
):
    """The interest was declared before the signature, when the page was not yet called so."""
    sent = changed(drug, clinician, *DOSE)
    signer = cast.specialist_for(sent.requirements.order_by("pk")[0])
    disclosures.declare(signer, [disclosures.Declared("employment", "A firm", names=("Calvive",))])
    cast.sign(sent, signer)
    cast.make_qualified(second, profession="pharmacist")
    cast.approve(cast.propose_change(drug, colleague, aliases=("Calvive",)), second)

    merged = review.rebase(sent.pk, by=moderator)

    assert not merged.verdicts.exists()
    assert told(signer) == ["It touches an interest of yours."]


def test_a_signer_who_lost_the_role_has_the_signature_dropped(drug, signed, colleague, moderator, second):
    sent, signer = signed
    meanwhile(drug, colleague, moderator, FAR)
    User.objects.filter(pk=signer.pk).update(role=Role.CLINICIAN)

    assert not review.rebase(sent.pk, by=second).verdicts.exists()


def test_signers_are_told_when_the_author_settles_a_conflict(drug, signed, clinician, colleague, moderator):
    sent, signer = signed
    meanwhile(
        drug, colleague, moderator, ("Give 50 mg of calcium a day.", "Give 40 mg of calcium twice a day.")
    )

    review.settle_conflict(sent, by=clinician)

    assert told(signer) == ["Its author is merging it with what readers see now."]


def test_a_requirement_raised_by_a_signer_survives_a_rebase(drug, clinician, colleague, moderator, second):
    sent = changed(drug, clinician, "First words.", "First words; and a comma.")
    wanted = {*sent.requirements.values_list("label", flat=True)}
    signer = cast.specialist_for(sent.requirements.order_by("pk")[0])
    diff_views.open_comparison(sent, by=signer)
    seen = review.ShownComparison(sent.digest, live(drug).pk)
    review.approve(sent.pk, by=signer, shown=seen, impact="safety", meaning="Ask for help at once.")
    raised = {*sent.requirements.values_list("label", flat=True)}
    assert raised >= wanted
    meanwhile(drug, colleague, moderator, FAR)

    merged = review.rebase(sent.pk, by=second)

    assert {*merged.requirements.values_list("label", flat=True)} == raised


def test_postgresql_refuses_a_carried_signature_unlike_its_original(
    drug, signed, colleague, moderator, second
):
    meanwhile(drug, colleague, moderator, NEAR)
    merged = review.rebase(signed[0].pk, by=second)
    first = signed[0].verdicts.get()
    made = {one.attname: getattr(first, one.attname) for one in Verdict._meta.concrete_fields}
    made |= {"id": None, "revision_id": merged.pk, "digest": merged.digest, "carried_from_id": first.pk}

    # With another standing one signature could be made to count for a specialist's.
    for change in ({"reviewer_id": second.pk}, {"standing": first.standing | {"specialties": ["neurology"]}}):
        with pytest.raises(IntegrityError, match="as it was given"), transaction.atomic():
            Verdict.objects.create(**{**made, **change})


def signed_page_merge(stays, clinician, moderator):
    """Return a page, the submission that merges it into `stays`, and who signed that."""
    goes = cast.make_page(clinician, moderator, "Calcium tablets", kind="drug", body="Other words.")
    draft = page_merge.merge_pages(goes, stays, by=clinician)
    sent = cast.submit(drafts.save(draft, replace(draft.document), by=clinician, impact="wording"))
    signer = cast.specialist_for(sent.requirements.order_by("pk")[0])
    cast.sign(sent, signer)
    return goes, sent, signer


def test_a_rebase_of_a_page_merge_carries_signatures_of_both_halves(
    drug, clinician, colleague, moderator, second
):
    goes, sent, signer = signed_page_merge(drug, clinician, moderator)
    meanwhile(drug, colleague, moderator, ("Give 50 mg", "Give about 50 mg"))

    merged = review.rebase(sent.pk, by=second)

    assert merged.verdicts.get().carried_from == sent.verdicts.get()
    was, half = sent.retiring_half(), merged.retiring_half()
    assert was is not None
    assert half is not None
    assert half.verdicts.get().carried_from == was.verdicts.get()
    connection.check_constraints()

    cast.approve(changed(goes, colleague, "Other words.", "Other words now."), moderator)
    again = review.rebase(merged.pk, by=second)
    assert not again.verdicts.exists()
    assert len(told(signer)) == 1


def test_a_page_merge_whose_other_page_changed_drops_the_signature(
    drug, clinician, colleague, moderator, second
):
    """The summary of the page that goes is in no text of the merge: nobody signed that these words go."""
    goes, sent, signer = signed_page_merge(drug, clinician, moderator)
    cast.approve(cast.propose_change(goes, colleague, summary="Never take these with milk."), moderator)

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert told(signer) == ["The page that it takes over has changed."]


def test_a_change_with_every_signature_carried_can_be_published(
    drug, clinician, colleague, moderator, second
):
    """A suspended signer's signature does not count when the last one comes; it is lifted, then rebased."""
    sent = changed(drug, clinician, *DOSE)
    first, *rest = [cast.specialist_for(need) for need in sent.requirements.order_by("pk")]
    cast.sign(sent, first)
    User.objects.filter(pk=first.pk).update(role=Role.READER)
    for one in rest:
        cast.sign(sent, one)
    User.objects.filter(pk=first.pk).update(role=Role.MODERATOR)
    meanwhile(drug, colleague, moderator, FAR)

    merged = review.rebase(sent.pk, by=second)

    assert merged.verdicts.count() == sent.verdicts.count()
    with pytest.raises(Refused):
        review.finish(merged.pk, by=second, shown=cast.shown(merged))
    assert review.finish(merged.pk, by=first, shown=cast.shown(merged)).revision == merged


def test_the_signature_of_a_removed_account_falls_and_nobody_is_told(
    drug, signed, colleague, moderator, second, administrator
):
    sent, signer = signed
    accounts.remove_account(signer, by=administrator)
    meanwhile(drug, colleague, moderator, FAR)

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    fell = Event.objects.get(act="signature_fell")
    assert (fell.person, fell.data["reason"]) == (None, "The account was removed since.")
    assert not Notice.objects.filter(event=fell).exists()
    assert sent.verdicts.get().reviewer_name == str(signer)
    assert not troubles()


def test_a_signature_falls_when_readers_see_nothing_of_the_page_any_more(drug, signed, second):
    sent, signer = signed
    review.unapprove(live(drug).pk, by=second, reason="All of it is wrong.")

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert told(signer) == ["Readers see nothing of the page any more."]


def test_a_signature_falls_whose_giver_is_an_author_of_what_a_revert_brings_back(
    drug, clinician, colleague, moderator, second
):
    """The signer took a passage out, which brought no words. What came after holds that, and is restored."""
    signer = cast.make_user("signer", Role.MODERATOR)
    for one in (signer, second):
        cast.make_qualified(one, profession="pharmacist")
    cut = changed(drug, signer, FAR[0], "")
    for one in (moderator, second):
        cast.sign(cut, one)
    dosed = changed(drug, colleague, *DOSE)
    for one in (moderator, second):
        cast.sign(dosed, one)
    review.unapprove(dosed.pk, by=second, reason="Not yet.")
    again = cast.submit(drafts.revert(dosed, author=clinician))
    cast.sign(again, signer)
    review.unapprove(cut.pk, by=second, reason="It is needed.")

    merged = review.rebase(again.pk, by=second)

    assert FAR[0] in merged.document.body
    assert not merged.verdicts.exists()
    assert told(signer) == ["You are among its authors."]
    with pytest.raises(Refused, match="among the authors"):
        cast.sign(merged, signer)


def test_a_signature_falls_on_what_was_written_when_nothing_was_published(
    drug, clinician, colleague, moderator, second
):
    """Two begin anew from a page that was reverted; one of them is published while the other is signed."""
    other = cast.make_page(clinician, moderator, "Hypocalcaemia")
    review.unapprove(live(drug).pk, by=second, reason="Not yet.")
    draft = drafts.edit(drug, author=clinician)
    rows = (cast.statement(other, "treats"),)
    sent = cast.submit(drafts.save(draft, replace(draft.document, statements=rows), by=clinician))
    signer = cast.specialist_for(sent.requirements.order_by("pk")[0])
    assert cast.sign(sent, signer) is None
    cast.approve(cast.submit(drafts.edit(drug, author=colleague)), moderator)

    merged = review.rebase(sent.pk, by=second)

    assert not merged.verdicts.exists()
    assert told(signer) == [
        "It was written when readers saw nothing of the page, and they see a version of it now."
    ]
