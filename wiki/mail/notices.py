"""Notices: who is notified of an event, and in which words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from textwrap import indent

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from wiki.domain.professions import Impact
from wiki.mail import audience, outbox
from wiki.mail.audience import ACCOUNT, OWN, SIGNER
from wiki.models import Cause, Event, Letter, Mailing, Notice, Remark, Role, User
from wiki.models.events import SUPPRESSING
from wiki.text.days import day_in_words

SUBJECTS = {
    "submit": "Waiting for review: {title}",
    "rebase": "Waiting for review: {title}",
    "signature_fell": "Your signature no longer counts for a change: {title}",
    "sign": "Signed, and waits for another signature: {title}",
    "unmet": "Nobody can sign this today: {title}",
    "approve": "Approved: {title}",
    "include": "Approved as part of a later version: {title}",
    "request_changes": "Changes requested: {title}",
    "reject": "Rejected: {title}",
    "unapprove": "Approval reverted: {title}",
    "retire": "Retired: {title}",
    "role": "Your role on Causeway has changed",
    "apply_to_write": "Somebody applies to write",
    "answer_application": "Your application to write is answered",
    "check_source": "The record that you compared is verified",
    "decline_source_check": "What you said of a record was declined",
    "enter_credential": "A registration is to be verified",
    "verify_credential": "Your registration is verified",
    "decline_credential": "Your registration could not be verified",
    "revoke_credential": "Your registration is revoked",
    "change_account": "Your account was changed",
    "close_account": "Your account is closed",
    "open_account": "Your account is open again",
    "reset_second_step": "Your second step was removed",
    "change_address": "Your email address was changed",
    "suspend": "Your account is suspended",
    "lift_suspension": "Your account is open again",
    "hand_over_work": "To be carried on: {title}",
    "open_task": "To re-review: {title}",
    "recheck": "To re-review: {title}",
    "premise": "Others rest on what has changed: {title}",
    "remind": "Due for review: {title}",
    "review_page": "Whole page reviewed: {title}",
    "sign_page": "Whole page read, another signature needed: {title}",
    "verify": "Statement looked at again: {title}",
    "change_owner": "You look after a page: {title}",
    "report": "A reader reports a mistake: {title}",
    "correct": "Corrected for safety, if you agree: {title}",
    "second": "Corrected for safety: {title}",
    "lift": "A safety correction was lifted: {title}",
    "suppress": "A text was hidden for now: {title}",
    "confirm_suppression": "A text was hidden for good: {title}",
    "show_again": "A hidden text is shown again: {title}",
    "withdraw_meaning": "What a change means was withdrawn: {title}",
    "protect": "Limited to moderators for a time: {title}",
    "unprotect": "Open to all who write again: {title}",
    "remark": "Comment on {title}",
    "answer": "Answer to a comment on {title}",
    "second_read": "Two reviewers disagree: {title}",
}
SENTENCES = {
    "submit": "{who} sent in version {number} of “{title}”. It waits for review.",
    "rebase": "{who} put a change of “{title}” onto the page of today. Version {number} waits for review.",
    "signature_fell": "{who} merged a change of “{title}” that you had signed with what readers see now. "
    "Your signature stays on the version that you signed; it does not count for what comes of the change.",
    "sign": "{who} signed version {number} of “{title}”. It still needs {needs}.",
    "unmet": "Nobody can sign a change of “{title}” today as {needs}. It waits until somebody can.",
    "approve": "{who} approved version {number} of “{title}”. Readers see it now.",
    "request_changes": "{who} asks for changes to version {number} of “{title}”. The text is kept.",
    "reject": "{who} rejected version {number} of “{title}”. The text is kept.",
    "retire": "{who} approved that “{title}” is retired. What you have begun or sent in on it is kept.",
    "unapprove": "{who} reverted the approval of version {number} of “{title}”.",
    "report": "A reader reports a mistake on version {number} of “{title}”.",
    "correct": "{who} wants to correct a passage of “{title}” at once. Read it and agree, or say why not.",
    "second": "{who} agreed: a passage of “{title}” is corrected for readers now, for 72 hours at most.",
    "lift": "{who} lifted the correction of a passage of “{title}”.",
    "suppress": "{who} hid the text of version {number} of “{title}” for now. Another moderator "
    "confirms it, or shows it again.",
    "confirm_suppression": "{who} confirmed that the text of version {number} of “{title}” is hidden.",
    "show_again": "{who} ended the hiding of version {number} of “{title}”: its text can be read again.",
    "withdraw_meaning": "{who} withdrew what readers were told version {number} of “{title}” means.",
    "protect": "{who} limited “{title}” to moderators for a time. A draft that you have begun is kept.",
    "unprotect": "{who} opened “{title}” again to all who write.",
    "remark": "{who} commented on version {number} of “{title}”.",
    "answer": "{who} answered a comment on version {number} of “{title}”.",
    "second_read": "{who} read version {number} of “{title}” again, blind, and decided otherwise.",
    "role": "{who} changed what you may do on Causeway: you are now {role}.",
    "apply_to_write": "{who} applies to write. Read the application and answer it.",
    "answer_application": "{who} answered your application to write.",
    "check_source": "{who} signed what you said of a source: {words}. Its record is verified.",
    "decline_source_check": "{who} declined what you said of a source: {words}.",
    "enter_credential": "{who} entered a registration as {words}. Look it up in the register.",
    "verify_credential": "{who} verified your registration as {words}. It is valid until {until}.",
    "decline_credential": "{who} could not verify your registration as {words}.",
    "revoke_credential": "{who} revoked your registration as {words}. {stands}",
    "change_account": "{who} changed how your account names you.",
    "close_account": "{who} closed your account. You cannot sign in any more; what you signed stands.",
    "open_account": "{who} opened your account again.",
    "reset_second_step": "{who} removed the second step of your account. Set up a new one after you sign in.",
    "change_address": "{who} changed the email address of your account.",
    "suspend": "{who} suspended your account until {until}. Until then you can only read.",
    "lift_suspension": "{who} opened your account again, before its day.",
    "hand_over_work": "{who} handed on version {number} of “{title}”: the account of {person} is suspended. "
    "It goes on as the draft of a colleague, and {person} stays named.",
    "open_task": "“{title}” needs re-review. {why}.",
    "recheck": "A statement of “{title}” needs re-review. {why}.",
    "premise": "“{title}” changed in a way that others rest on. Their statements about it are to be checked.",
    "remind": "“{title}” is due for review: a review of the whole page is due on {due}.",
    "review_page": "{who} reviewed the whole of “{title}”, version {number}. Readers see that.",
    "sign_page": "{who} read the whole of “{title}”, version {number}, and signed. Others have to sign, too.",
    "verify": "{who} looked at a statement of “{title}” again, version {number}. Nothing was changed.",
    "change_owner": "{who} asks you to look after “{title}”. You hear when it is due or rests on a change.",
}
BECAUSE = {
    OWN: "it is about your work, or something is asked of you",
    ACCOUNT: "it concerns your account",
    SIGNER: "it needs a signature that you can give",
    "page": "you watch this page",
    "kind": "you watch pages of this kind",
    "specialty": "you watch changes that need this specialty",
    "queue": "you watch what waits for review",
}
REASON = {"submit": "Note to the reviewer", "rebase": "Note to the reviewer"}

_silent = ContextVar("silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Notify nobody while a folder of pages is loaded: hundreds of notices would hide the important ones."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def subject_of(event: Event) -> str:
    """Return the subject line of an event."""
    is_told = event.revision is not None and event.act not in SUPPRESSING
    title = event.revision.title if event.revision and is_told else "a page"
    return SUBJECTS.get(event.act, "{title}").format(title=title)


def sentence_of(event: Event) -> str:
    """Return who did what, in a sentence for the person who is notified."""
    known = {"title": "a page", "number": "", "who": event.actor_name, "role": ""}
    if event.revision:
        known |= {"title": event.revision.title, "number": f"{event.revision.number}"}
    if event.act in SUPPRESSING:
        known["title"] = "a page"
    known["needs"] = " and ".join(event.data.get("needs", ()))
    if after := event.data.get("after"):
        known["role"] = f"a {Role(after).label.lower()}".replace("a a", "an a")
    if event.data.get("cause") in Cause.values:
        known["why"] = str(Cause(event.data["cause"]).label)
    known |= {"person": event.person_name, "words": event.data.get("words", "")}
    is_false = event.data.get("was_false", False)
    known["stands"] = f"What you signed {'with it does not count any more' if is_false else 'stands'}."
    if until := event.data.get("until"):
        known["until"] = day_in_words(dt.date.fromisoformat(until[:10]))
    if due := event.data.get("due"):
        known["due"] = day_in_words(dt.date.fromisoformat(due))
    return SENTENCES.get(event.act, "{who}: “{title}”.").format(**known)


def reason_of(event: Event) -> str:
    """Return the words that came with the act: the reason, or the note to the reviewer."""
    words: str = event.data.get("reason") or event.data.get("note") or ""
    return words.strip()


def address_of(event: Event, person: User) -> str:
    """Return the path where a person reads on about an event.

    Who wrote a text that was hidden is led to the notifications: the text itself is shut to them.
    """
    if event.act in SUPPRESSING and not person.can_review:
        return reverse("notices")
    if number := event.data.get("report"):
        return reverse("report", args=[number])
    if number := event.data.get("correction"):
        return reverse("correction", args=[number])
    if event.act == "suppress":
        return reverse("suppress-sent-in", args=[event.revision_id])
    if event.act == "unmet" and event.revision is None:
        return reverse("signers")
    if event.act in ("check_source", "decline_source_check"):
        return reverse("source", args=[event.data["source"]])
    if event.act == "apply_to_write":
        return reverse("application", args=[event.data["application"]])
    if event.act == "answer_application":
        return reverse("apply")
    if event.act == "enter_credential":
        return reverse("registration", args=[event.data["credential"]])
    if "credential" in event.data:
        return reverse("registrations")
    if number := event.data.get("task"):
        return reverse("task", args=[number])
    if event.act == "premise":
        return reverse("tasks")
    return event.revision.get_absolute_url() if event.revision else reverse("profile")


def impact_of(event: Event) -> str:
    """Return the approved impact of a change for patients; "" if the event is no change."""
    impact: str = event.data.get("impact") or ""
    return impact


def meaning_of(event: Event) -> str:
    """Return the approved meaning of a change for patients, in a sentence; "" if there is none."""
    impact, meaning = impact_of(event), str(event.data.get("meaning") or "").strip()
    if not meaning and impact in ("", Impact.WORDING):
        return ""
    whose = f", in the words of {event.actor_name}" if event.data.get("in_own_words") else ""
    return f"What it means for a patient{whose}: {meaning or Impact(impact).label}"


# The most letters an hour to one person about subscriptions; the rest goes into the next daily digest.
MOST_AN_HOUR = 12
LONGEST_WHY = 50


def tell(
    event: Event,
    people: Iterable[User | None] = (),
    *,
    queue: bool = False,
    signers: Mapping[User, str] | None = None,
) -> None:
    """Tell those whom it concerns, and all who watch for it; each once, and nobody of their own act.

    With `queue`, those who watch the queue hear of it whatever it is. `signers` can give a signature that is
    still missing, and hear as what.
    """
    if _silent.get():
        return
    why = OWN if event.page_id is not None else ACCOUNT
    called = {one: f"{SIGNER}:{what}"[:LONGEST_WHY] for one, what in (signers or {}).items()}
    wanted = audience.listeners(event, queue=queue) | called | {one: why for one in people if one is not None}
    told = Notice.objects.ids_notified_of(event) if event.notified is None else event.notified
    new = {one: why for one, why in wanted.items() if one.pk != event.actor_id and one.pk not in told}
    kept = {letter.recipient_id: letter for letter in outbox.post(_letters(event, new))}
    Notice.objects.bulk_create(
        Notice(
            recipient=one,
            event=event,
            why=why,
            letter=kept.get(one.pk),
            by_mail=has_mail(one) and one.mailing != Mailing.NEVER and _comes_by_mail(why, one),
        )
        for one, why in new.items()
    )
    event.notified = told | {one.pk for one in new}


def tell_moderators(event: Event) -> None:
    """Notify the subscribers of the queue, or of the specialties that it needs, that there is work."""
    tell(event, queue=True)


def has_mail(person: User) -> bool:
    """Return whether this person can receive mail."""
    return bool(person.email) and person.is_active


def _letters(event: Event, new: dict[User, str]) -> Iterator[Letter]:
    """Write letters to those who are notified at once. Events of one's own account are always
    mailed at once.
    """
    hour_ago = event.at - dt.timedelta(hours=1)
    busy = Letter.objects.busy([one.pk for one in new], hour_ago, MOST_AN_HOUR)
    said = remark_of(event)
    for one, why in new.items():
        at_once = one.mailing == Mailing.AT_ONCE and (_is_personal(why) or one.pk not in busy)
        if has_mail(one) and _comes_by_mail(why, one) and (at_once or why == ACCOUNT):
            yield outbox.letter_to(
                one,
                subject=subject_of(event),
                body=_body(event, one, why, said),
                why=why,
                ref=f"event {event.pk} to {one.pk}",
                event=event,
            )


def _comes_by_mail(why: str, person: User) -> bool:
    """Return whether a person has not said that what they are told for this reason is to be news only."""
    return why.partition(":")[0] not in person.not_mailed


def _is_personal(why: str) -> bool:
    """Return whether somebody is told for what they do, and not for what they watch."""
    return why == OWN or why.startswith(SIGNER)


def remark_of(event: Event) -> str:
    """Return the remark that an event tells of, in the words in which it was made; "" for other events.

    Whoever hears of a remark takes part in what it is about, so they may read it.
    """
    if event.act not in ("remark", "answer"):
        return ""
    return Remark.objects.filter(pk=event.data.get("remark")).values_list("text", flat=True).first() or ""


def _body(event: Event, person: User, why: str, said: str) -> str:
    """Return the text of a letter: who did what, its meaning, the reason, and the link."""
    parts = [sentence_of(event)]
    if meaning := meaning_of(event):
        parts.append(meaning)
    if reason := reason_of(event):
        parts.append(f"{REASON.get(event.act, 'Reason')}:\n{indent(reason, '  ')}")
    if said:
        parts.append(indent(said, "  "))
    parts.append(f"Read it here: {settings.SITE_URL}{address_of(event, person)}")
    parts.append(f"You get this because {because(why)}.")
    return "\n\n".join(parts) + "\n"


def because(why: str) -> str:
    """Return for what reason somebody hears of something, in words."""
    reason, _, value = why.partition(":")
    return f"it needs you as {value}" if reason == SIGNER and value else BECAUSE[reason]


@transaction.atomic
def mark_seen(person: User) -> int:
    """Mark the person's notices as seen; return how many were new."""
    return Notice.objects.of_person(person).unseen().order_by().update(seen_at=Now())
