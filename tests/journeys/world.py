"""A small wiki in which every page of the site has something to show."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from tests import cast, pictures
from tests.made_up_data_set import MadeUpFiles
from tests.reviewing import draw
from wiki.acts.library import images
from wiki.acts.people import applications, credentials, disclosures, subscriptions, suspension
from wiki.acts.reviewing import remarks, review
from wiki.acts.safety import corrections, protection, reports, suppression
from wiki.acts.upkeep import retractions, reverification, tasks
from wiki.acts.writing import drafts, retirement, submission
from wiki.importing.data_sets.loading import load
from wiki.mail import unsubscribe
from wiki.models import Cause, LastRead, Page, Publication, RemarkPlace, Revision, Role, User, clock
from wiki.text.document import Code, Retirement

SECRET = generate_totp_secret()
BODY = """## What it is

Too little parathyroid hormone lets calcium fall [@pmid:22327515]. See [[Seizures]]
and [[Something unwritten]].

::: urgent Call an ambulance for
a first seizure.
:::

### In the blood

| Test | Finds |
| --- | --- |
| Calcium | low |
| Phosphate | high |

## What follows

It may go on for years [@pmid:22327515; @doi:10.1000/182].[^1]

- One thing
- Another thing

> Said by somebody.

[^1]: A footnote.
"""


@dataclass
class World:
    """The people of the wiki, and the ids from which addresses are built."""

    people: dict[str, User] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    def path(self, pattern: str) -> str:
        """Return the address that `pattern` stands for."""
        return pattern.format(**self.ids)

    def __getattr__(self, name: str) -> User:
        """Return a person by user name."""
        return self.people[name.replace("_", "-")]


def build() -> World:
    """Return a wiki where something is published, waiting, returned, clashing, taken back and begun."""
    world = World(_people())
    pages = _pages(world)
    _waiting(world, pages)
    _decided(world)
    _clashes(world)
    _begun(world, pages)
    _accounts(world)
    _retired(world, pages)
    _reported(world)
    _trusted(world, pages)
    _corrected(world)
    _looked_at(world, pages)
    files = MadeUpFiles(2, depth=4)
    load(files, progress=print)
    world.ids |= {"row": next(files.rows()).key, "gone_row": "0" * 64}
    return world


def _people() -> dict[str, User]:
    people = [
        cast.make_user("reader", Role.READER, "Sam Reader"),
        cast.make_user("clinician", Role.CLINICIAN, "Dr Ines Albrecht", "endocrinologist"),
        cast.make_user("colleague", Role.CLINICIAN, "Dr Tomás Rey", "infectious diseases physician"),
        cast.make_user("newcomer", Role.CLINICIAN, "Dr Nia New"),
        cast.make_user("moderator", Role.MODERATOR, "Dr Amara Osei", "neuroradiologist"),
        cast.make_user("second-moderator", Role.MODERATOR, "Dr Lena Fischer", "neurologist"),
        cast.make_user("admin", Role.ADMINISTRATOR, "Alex Admin"),
        cast.make_user("keyholder", Role.CLINICIAN, "Dr Kay Holder"),
    ]
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return {person.username: person for person in people}


def _pages(world: World) -> dict[str, Page]:
    """Publish pages in every standing, with statements of every stance and grade."""
    writer, judge = world.clinician, world.moderator
    source = cast.make_source(writer)
    world.ids |= {"source": source.pk, "source_check": cast.make_source_check(source, writer).pk}
    cast.make_source(writer, "doi:10.1000/182", "What is not known about calcium")
    others = {
        "seizures": cast.make_page(writer, judge, "Seizures", kind="symptom", aliases=("fits",)),
        "headache": cast.make_page(writer, judge, "Headache", kind="symptom"),
        "tetany": cast.make_page(writer, judge, "Tetany", kind="symptom"),
        "cataract": cast.make_page(writer, judge, "Cataract", kind="finding"),
        "basal": cast.make_page(writer, judge, "Basal ganglia calcification", kind="finding"),
    }
    page = cast.make_page(
        writer,
        judge,
        "Hypoparathyroidism",
        aliases=("low parathyroid hormone",),
        codes=(Code("OMIM", "146200"), Code("ICD-10-CM", "E20.9"), Code("ICD-10", "E20")),
        body=BODY + _pictured(world),
        statements=_statements(others),
    )
    gone = _reverted(world)
    world.ids |= {"printed": f"{page.pk}-1", "unprinted": f"{page.pk}-999", "undone": f"{gone.pk}-1"}
    world.ids["today"] = timezone.localdate()
    return others | {"page": page, "starter": _starter(world), "gone": gone}


def _pictured(world: World) -> str:
    """Return what shows a picture of a patient; another one is withdrawn."""
    consent: dict[str, Any] = {
        "shows_patient": True,
        "consent": "The patient consented. The form is kept in the archive.",
    }
    shown = pictures.make_image(world.clinician, **consent)
    gone = pictures.make_image(world.clinician, shade=90)
    images.withdraw(gone, by=world.moderator, reason="The patient’s consent has ended.")
    world.ids |= {"picture": shown.name, "withdrawn": gone.name}
    return f'\n![CT of the head: white patches](image:{shown.name} "Patches on both sides.")\n'


def _statements(others: dict[str, Page]) -> tuple[Any, ...]:
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("seizures", "has_manifestation", {"stance": "asserted", "grade": "high", "basis": "guideline"}),
        ("headache", "has_manifestation", {"stance": "disputed", "grade": "moderate", "note": "Two say no."}),
        (
            "tetany",
            "has_manifestation",
            {"stance": "unsupported", "grade": "very_low", "note": "Said, not shown."},
        ),
        ("cataract", "has_complication", {"stance": "refuted", "grade": "low", "note": "It was looked for."}),
        ("basal", "causes", {"sources": ("pmid:22327515", "doi:10.1000/182")}),
    ]
    return tuple(cast.statement(others[name], relation, **words) for name, relation, words in told)


def _starter(world: World) -> Page:
    return cast.load_page("Ataxia")


def _reverted(world: World) -> Page:
    """Return a page of which nothing is published, and one that went back to an earlier version."""
    gone = cast.make_page(world.clinician, world.moderator, "Taken back")
    review.unapprove(_live(gone), by=world.second_moderator, reason="The source was retracted.")
    back = cast.make_page(world.clinician, world.moderator, "Gone back")
    cast.approve(cast.submit(cast.make_edit(back, world.clinician)), world.moderator)
    review.unapprove(_live(back), by=world.second_moderator, reason="The number was wrong.")
    return gone


def _live(page: Page) -> int:
    return page.publications.open().get().revision_id


def _waiting(world: World, pages: dict[str, Page]) -> None:
    """Send in a change of everything, a change on top of it, a new page, and what will come too late."""
    first = cast.approve(
        cast.submit(cast.make_edit(pages["page"], world.clinician, summary="Too little of a hormone.")),
        world.moderator,
    ).revision
    rows = [
        cast.statement(pages["headache"], "has_manifestation", grade="low"),
        *first.document.statements[2:],
    ]
    waiting = cast.submit(
        cast.make_edit(
            pages["page"],
            world.clinician,
            title="Hypoparathyroidism of adults",
            summary="Too little of one hormone.",
            aliases=("HP",),
            codes=(Code("OMIM", "146255"),),
            body=BODY.replace("for years", "for a life").replace("### In the blood\n\n", ""),
            statements=tuple(rows),
        )
    )
    built = cast.submit(_built_on(waiting, world.colleague))
    new = cast.submit(drafts.propose(cast.document("Pseudohypoparathyroidism"), author=world.colleague))
    late = cast.submit(drafts.propose(cast.document("Came too late"), author=world.colleague))
    withdrawn_late = cast.submit(drafts.propose(cast.document("Withdrawn too late"), author=world.colleague))
    thread = remarks.remark(waiting.pk, by=world.colleague, at=remarks.WHOLE.key, text="Is that all of it?")
    remarks.answer(waiting.pk, thread.pk, by=world.clinician, text="All that is new.")
    at = remarks.RemarkTarget(RemarkPlace.SUMMARY, waiting.document.summary).key
    done = remarks.remark(waiting.pk, by=world.moderator, at=at, text="Which hormone?")
    remarks.resolve(waiting.pk, done.pk, by=world.moderator)
    ids = {"waiting": waiting, "built": built, "new": new, "late": late, "withdrawn_late": withdrawn_late}
    world.ids |= {name: revision.pk for name, revision in ids.items()}


def _built_on(revision: Revision, author: User) -> Revision:
    draft = drafts.build_on(revision, author=author)
    words = {**draft.document.__dict__, "summary": "Built upon."}
    return drafts.save(draft, cast.document(**words), by=author)


def _decided(world: World) -> None:
    """Let the clinician have something of each verdict, and something that was withdrawn."""
    sent = {
        name: cast.make_page(world.clinician, world.moderator, name.title())
        for name in ("returned", "rejected")
    }
    for name, act in (("returned", review.request_changes), ("rejected", review.reject)):
        revision = cast.submit(cast.make_edit(sent[name], world.clinician))
        act(revision.pk, by=world.moderator, reason="The source says something else.")
        world.ids[name] = revision.pk
    withdrawn = cast.submit(drafts.propose(cast.document("Withdrawn"), author=world.clinician))
    submission.withdraw(withdrawn, by=world.clinician)
    world.ids["approved"] = Revision.objects.get(page__published_page__slug="gone-back", number=1).pk


def _clashes(world: World) -> None:
    """Change the same words twice: once while the other waits, once while it is still being written."""
    for name, title in (("clash", "Clashing"), ("conflict", "Conflicting"), ("moved", "Moved on")):
        page = cast.make_page(world.clinician, world.moderator, title)
        mine = cast.make_edit(
            page, world.clinician, **({"aliases": ("mine",)} if name == "moved" else _words("my"))
        )
        if name != "conflict":
            cast.submit(mine)
        theirs = cast.submit(cast.make_edit(page, world.colleague, **_words("their")))
        cast.approve(theirs, world.second_moderator)
        world.ids[name] = mine.pk


def _words(whose: str) -> dict[str, str]:
    return {
        "summary": f"In {whose} words.",
        "body": f"## What it is\n\nA paragraph in {whose} words.\n\nA second one.\n\nA third one.",
    }


def _retired(world: World, pages: dict[str, Page]) -> None:
    """Retire a page, and let the retirement of another wait, on which other pages rest."""
    gone = cast.make_page(world.clinician, world.moderator, "Morbus Fahr")
    why = Retirement("Nobody calls it so any more.")
    cast.approve(retirement.retire(gone, by=world.clinician, retirement=why), world.moderator)
    old = cast.make_page(world.clinician, world.moderator, "Calcinosis")
    rests = {"statements": (cast.statement(old),), "body": "See [[Calcinosis]]."}
    cast.make_page(world.clinician, world.moderator, "Too much phosphate", **rests)
    why = Retirement("It says the same as another page.", pages["starter"].pk)
    world.ids["retiring"] = retirement.retire(old, by=world.clinician, retirement=why).pk


def _reported(world: World) -> None:
    """Let readers report what they found wrong: one is answered, one is not."""
    live = Revision.objects.get(
        page__published_page__slug="hypoparathyroidism", publications__in_force__upper_inf=True
    )
    answered = reports.report(live, wrong="It says 52%; the paper says 25%.")
    reports.close(answered.pk, by=world.moderator, answer="It is put right.")
    words = {"wrong": "The third paragraph cites nothing.", "source": "PMID 33788935"}
    seizures = Publication.objects.open().get(revision__title="Seizures")
    world.ids["again"] = draw(seizures).pk
    world.ids["report"] = reports.report(live, **words, email="reader@example.org").pk
    subscriptions.watch(live.page, by=world.reader, wanted=True)
    world.ids["ticket"] = unsubscribe.address_to_stop(world.newcomer, "kind:gene").split("/")[2]
    seen = live.page.revisions.get(number=1)
    LastRead.objects.create(person=world.reader, page=live.page, revision=seen, read_at=clock.now())


def _looked_at(world: World, pages: dict[str, Page]) -> None:
    """Retract a work on which a page rests, change its premise; let somebody look at another one again."""
    fell = cast.make_source(world.clinician, "doi:10.1000/183", "A trial that was made up")
    row = cast.statement(pages["seizures"], "has_manifestation", sources=("doi:10.1000/183",))
    rests = {"body": "## What it is\n\nIt is said there.[@doi:10.1000/183]", "statements": (row,)}
    page = cast.make_page(world.clinician, world.moderator, "Old advice", **rests)
    day = dt.date(2026, 5, 3)
    retractions.keep_notice(fell.pk, nature="retraction", on=day, reason="Made up.", reference="10.1000/184")
    world.ids["notice"] = fell.notices.get().pk
    premise = tasks.open_task(
        Cause.PREMISE,
        page,
        ref="1",
        relation=row.relation,
        object=pages["seizures"],
        title="Seizures",
        before="They are harmless.",
        after="They can kill.",
    )
    second = tasks.open_task(Cause.SECOND_READ, page, ref="1", reason="It says too much.")
    settled = tasks.open_task(Cause.LAPSED, page, ref="1")
    tasks.close_task(settled.pk, by=world.moderator, outcome="It was reviewed in full.")
    retracted = page.tasks.get(cause=Cause.RETRACTION)
    found = {"premise": premise, "second_read": second, "settled": settled, "retracted": retracted}
    world.ids |= {f"{name}_task": task.pk for name, task in found.items()}
    world.ids["seizures_row"] = f"has_manifestation/{pages['seizures'].pk}"
    reverification.change_owner(pages["headache"], to=world.clinician, by=world.moderator)
    cast.review_whole(pages["headache"], world.second_moderator)


def _corrected(world: World) -> None:
    """Correct one passage for safety and propose it of another; limit a page; suppress a version."""
    words = "Give it now.\n\nGive it twice.\n\nRest."
    page = cast.make_page(world.clinician, world.moderator, "Corrected", body=words)
    told = {"replacement": "Give it later.", "reason": "It was too soon."}
    one = corrections.propose(page, passage="Give it now.", by=world.moderator, **told)
    corrections.second(one.pk, by=world.second_moderator, digest=one.digest)
    other = corrections.propose(page, passage="Give it twice.", by=world.moderator, **told)
    world.ids |= {"correction": one.pk, "proposed": other.pk}
    guarded = cast.make_page(world.clinician, world.moderator, "Guarded")
    until = clock.now().date() + dt.timedelta(days=30)
    protection.protect(guarded, until=until, reason="An edit war.", by=world.moderator)
    hushed = cast.make_page(world.clinician, world.moderator, "Hushed")
    first = hushed.publications.get().revision_id
    cast.approve(cast.submit(cast.make_edit(hushed, world.clinician)), world.moderator)
    suppression.suppress(first, by=world.moderator, reason="A patient’s name.")


def _trusted(world: World, pages: dict[str, Page]) -> None:
    """Let registrations wait and count, an interest stand in the way, and an account be suspended."""
    words: dict[str, Any] = {"profession": "physician", "body": "Medical Council", "number": "12"}
    cast.make_qualified(world.clinician, "endocrinology")
    waiting = credentials.enter(world.clinician, specialties=["paediatrics"], **words)
    new = Revision.objects.get(pk=world.ids["new"])
    interest = disclosures.Declared("speaker", "Acme", pages=[pages["page"]], names=[new.title])
    tied = cast.make_user("tied", Role.MODERATOR, "Dr Tia Tied")
    disclosures.declare(tied, [interest])
    world.people["tied"] = tied
    idle = cast.make_user("idle", Role.CLINICIAN, "Dr Ida Idle")
    returned = cast.submit(cast.make_edit(pages["cataract"], idle, summary="It is asked."))
    review.request_changes(returned.pk, by=world.moderator, reason="Say more.")
    until = dt.date.today() + dt.timedelta(days=30)
    suspension.suspend(idle, by=world.admin, reason="A question is being looked into.", until=until)
    applied = applications.apply(world.people["reader"], profession="Nurse", wish="Seizures in children.")
    world.ids |= {"application": applied.pk}
    world.ids |= {"registration": waiting.pk, "suspended": idle.pk}


def _begun(world: World, pages: dict[str, Page]) -> None:
    """Leave drafts: one in order, one that is not, one that is open in two windows."""
    wrong = drafts.propose(
        cast.document("Not ready", summary="", body="Nobody [@pmid:1]."), author=world.clinician
    )
    row = cast.statement(pages["seizures"], "has_manifestation", grade="", sources=())
    words = {**wrong.document.__dict__, "statements": (row,), "codes": (Code("OMIM", "x"),)}
    world.ids["wrong"] = drafts.save(wrong, cast.document(**words), by=world.clinician).pk
    world.ids["draft"] = cast.make_edit(pages["seizures"], world.clinician).pk
    world.ids["twice"] = cast.make_edit(pages["headache"], world.clinician).pk
    world.ids["resumed"] = drafts.resume(
        Revision.objects.get(pk=world.ids["returned"]), author=world.clinician
    ).pk


def _accounts(world: World) -> None:
    """Make the links that come by email, and what belongs to a second step."""
    world.ids |= {"reader": world.reader.pk, "keys": "/accounts/2fa/webauthn/keys/"}
    TOTP.activate(world.keyholder, SECRET)
    RecoveryCodes.activate(world.keyholder)
    unconfirmed = EmailAddress.objects.create(user=world.reader, email="second@example.org")
    world.ids["confirm"] = EmailConfirmationHMAC(unconfirmed).key
    world.ids["uid"] = user_pk_to_url_str(world.reader)
    world.ids["key"] = default_token_generator.make_token(world.reader)
    EmailAddress.objects.filter(user=world.newcomer).delete()
