"""Acts that a browser test performs on a page before the page is checked."""

from collections.abc import Callable

from allauth.core import ratelimit
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import FilePayload
from playwright.sync_api import Page as Tab

from tests import cast, pictures
from tests.journeys.browsing import answer_yes, unfold
from tests.journeys.world import World
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import Revision

Act = Callable[[Tab, World], None]


def press(name: str, *, exact: bool = True) -> Act:
    """Return the act of pressing the first button of that name."""

    def act(tab: Tab, world: World) -> None:
        tab.get_by_role("button", name=name, exact=exact).first.click()

    return act


def fill_and_press(button: str, **fields: str) -> Act:
    """Return the act of typing into fields, by name, and pressing a button."""

    def act(tab: Tab, world: World) -> None:
        for name, words in fields.items():
            tab.locator(f"[name={name}]:not([type=hidden])").last.fill(words)
        press(button)(tab, world)

    return act


def _add_a_picture(tab: Tab, world: World) -> None:
    scan: FilePayload = {
        "name": "scan.jpg",
        "mimeType": "image/jpeg",
        "buffer": pictures.file(pictures.drawing()),
    }
    tab.set_input_files("[name=file]", scan)
    tab.get_by_label("Licence", exact=True).select_option("own")
    fill_and_press("Add this picture", alt="A drawing", credit="Dr Ines Albrecht")(tab, world)


def _choose_a_passage(tab: Tab, world: World) -> None:
    tab.get_by_role("radio").last.check()
    press("Correct the chosen passage")(tab, world)


def _correct_without_a_reason(tab: Tab, world: World) -> None:
    _choose_a_passage(tab, world)
    press("Ask a second moderator to agree")(tab, world)


def _remark_on_the_whole(tab: Tab, world: World) -> None:
    tab.get_by_text("Comment on this version as a whole", exact=True).click()
    tab.get_by_role("button", name="Post the comment").last.click()


def _with_a_lost_token(tab: Tab, world: World) -> None:
    tab.context.clear_cookies(name="csrftoken")
    fill_and_press("Sign in", login="reader", password="x")(tab, world)


def _after_ten_others(tab: Tab, world: World) -> None:
    for _ in range(10):
        ratelimit.consume(RequestFactory().post("/"), action="signup")
    words = {"email": "eleventh@example.org", "username": "eleventh", "name": "Eleven"}
    passwords = dict.fromkeys(("password1", "password2"), cast.PASSWORD)
    fill_and_press("Create account", **words, **passwords)(tab, world)


def _choose_what_there_is_not(tab: Tab, world: World) -> None:
    tab.locator("[name=mailing]").first.evaluate("one => { one.value = 'hourly'; one.checked = true; }")
    press("Save notification settings")(tab, world)


def _when_the_server_breaks(tab: Tab, world: World) -> None:
    tab.route(
        "**/breaks/", lambda route: route.fulfill(body=render_to_string("500.html"), content_type="text/html")
    )
    tab.goto("/breaks/")


def _approve_too_late(tab: Tab, world: World) -> None:
    review.reject(world.ids["late"], by=world.second_moderator, reason="It is there already.")
    answer_yes(tab)
    tab.get_by_label("Or: what should").fill("Typed in vain.")
    press("Approve and publish version 1")(tab, world)


def _withdraw_too_late(tab: Tab, world: World) -> None:
    review.reject(world.ids["withdrawn_late"], by=world.moderator, reason="It is there already.")
    press("Withdraw Withdrawn too late, version 1")(tab, world)


def _save_twice(tab: Tab, world: World) -> None:
    draft = Revision.objects.get(pk=world.ids["twice"])
    drafts.save(draft, cast.document("Headache", kind="symptom"), by=world.clinician)
    tab.get_by_role("button", name="Save draft").last.click()


def _edit_what_is_begun_elsewhere(tab: Tab, world: World) -> None:
    drafts.edit(Revision.objects.get(pk=world.ids["approved"]).page, author=world.clinician)
    tab.get_by_role("button", name="Save draft").last.click()


def _ask_for_the_editors_help(tab: Tab, world: World) -> None:
    tab.get_by_label("Write").press_sequentially("More. ")
    tab.locator("#preview", has_text="More.").wait_for()


def _save_in_two_windows(tab: Tab, world: World) -> None:
    unfold(tab)
    summary = tab.get_by_label("Plain summary")
    summary.fill("In this window.")
    tab.get_by_role("status").filter(has_text="Draft saved at").wait_for()
    draft = Revision.objects.get(author=world.people["newcomer"], page__published_page__slug="headache")
    words = {**draft.document.__dict__, "summary": "In the other window."}
    drafts.save(draft, cast.document(**words), by=world.people["newcomer"])
    summary.fill("In this window, later.")
    tab.get_by_text("Compare the two").click()


def _type_into_a_section_when_signed_out(tab: Tab, world: World) -> None:
    cookies = tab.context.cookies()
    tab.context.clear_cookies(name="sessionid")
    tab.get_by_label("Write").press_sequentially("More. ")
    tab.get_by_role("link", name="Sign in and go on").first.wait_for()
    tab.locator("#preview-status", has_text="signed out").wait_for()
    tab.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave it takes


def _come_back_to_words(tab: Tab, world: World) -> None:
    """Store a summary in the browser that the server does not have."""
    tab.evaluate(KEPT)
    tab.reload()
    tab.get_by_role("status").filter(has_text="are back, and saved now").wait_for()


def _look_for_what_was_kept(tab: Tab, world: World) -> None:
    """Store text in the browser of a draft that no longer exists."""
    tab.evaluate(LEFT)
    tab.reload()
    tab.get_by_text("Read these words").first.click()


def _submit_what_is_not_ready(tab: Tab, world: World) -> None:
    tab.get_by_label("Why is this page needed?").fill("Why.")
    tab.get_by_label("Background: it explains").check()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Submit for review").last.click()


# What autosave keeps in the browser while the server cannot be reached.
KEPT = """() => {
  const form = document.querySelector("form[data-editing]");
  const place = form.dataset.slug ? `/wiki/${form.dataset.slug}/edit/` : location.pathname + location.search;
  const typed = [...new FormData(form)].filter(([name]) => !/^(saved$|writer$|source-|csrf)/.test(name));
  const pairs = typed.map(([name, value]) => [name, name === "summary" ? "Kept in the browser." : value]);
  const copy = JSON.stringify({pairs, saved: "", when: Date.now()});
  localStorage.setItem(`causeway:${form.dataset.writer}:${place}#closed`, copy);
}"""
LEFT = """() => {
  const writer = document.querySelector("[data-kept]").dataset.kept;
  const pairs = [["title", "Gout"], ["body", "Uric acid rises."]];
  const copy = JSON.stringify({pairs, saved: "", when: Date.now()});
  localStorage.setItem(`causeway:${writer}:/drafts/1/#closed`, copy);
}"""


ACTS: dict[str, Act] = {
    "second read, no reason": press("I would reject it"),
    "edit, typing": _ask_for_the_editors_help,
    "watching of a moderator, wrong": _choose_what_there_is_not,
    "unsubscribed": press("Unsubscribe"),
    "review, an empty remark": _remark_on_the_whole,
    "edit, two windows": _save_in_two_windows,
    "edit, words put back": _come_back_to_words,
    "draft, nothing said of it": press("Submit for review"),
    "drafts, words kept": _look_for_what_was_kept,
    "section, signed out": _type_into_a_section_when_signed_out,
    "edit, begun elsewhere": _edit_what_is_begun_elsewhere,
    "draft, not ready": _submit_what_is_not_ready,
    "conflict, not chosen": press("Put my choices into the draft"),
    "add picture, wrong": press("Add this picture"),
    "picture added": _add_a_picture,
    "withdraw picture, no reason": press("Withdraw the picture for good"),
    "collection to tick": fill_and_press(
        "Read these references", text="TY  - JOUR\nTI  - A title\nDO  - 10.1234/x\nER  - "
    ),
    "add source, wrong": fill_and_press("Add this source", **{"source-identifier": "978-3-16-148410-1"}),
    "draft, saved elsewhere": _save_twice,
    "withdraw, too late": _withdraw_too_late,
    "review, unanswered": press("Approve and publish version 1"),
    "review, no reason": press("Reject this new page"),
    "review, too late": _approve_too_late,
    "clash": press("Put this onto version 3"),
    "clash, for its author": press("Put this onto version 3"),
    "merge sources, not named": press("Let the other record stand for this one"),
    "notice of a journal, not said": press("Keep this notice beside the source"),
    "notice of another work, no reason": press("Take the notice off this work"),
    "report, not said what": press("Send the report"),
    "reports, no answer": press("Answer and close the report"),
    "task, no outcome": press("Settle this with what you found"),
    "owner, twice": press("Save who looks after it"),
    "correct, chosen": _choose_a_passage,
    "correct, not said why": _correct_without_a_reason,
    "protect, no reason": press("Let only moderators edit it until then"),
    "suppress, no reason": press("Hide version 1 now", exact=False),
    "take back, no reason": press("Revert version 1", exact=False),
    "retire, not said why": press("Show what would change"),
    "retire, seen": fill_and_press(
        "Show what would change", reason="It says the same.", replaced_by="Ataxia"
    ),
    "sign in, wrong": fill_and_press("Sign in", login="x", password="y"),
    "second step": fill_and_press("Sign in", login="keyholder", password=cast.PASSWORD),
    "sign up, wrong": fill_and_press(
        "Create account", email="a@example.org", username="reader", name="A", password1="1", password2="2"
    ),
    "sign up, too often": _after_ten_others,
    "profile, wrong": fill_and_press("Save your profile", name=" "),
    "password, wrong": fill_and_press("Change the password", oldpassword="x", password1="1", password2="2"),
    "set up an app, wrong": fill_and_press("Use this app from now on", code="000000"),
    "grant, twice": press("Grant Sam Reader this role"),
    "suspend, not said why": press("Suspend Sam Reader"),
    "registrations, wrong": press("Enter this registration"),
    "interests, wrong": fill_and_press("Declare this for a year", **{"interests-0-party": ""}),
    "check a source, not said how": press("Save: the record is right like this"),
    "application, no answer": press("Send the answer"),
    "registration, not said how": press("Verify this registration"),
    "an old form": _with_a_lost_token,
    "broken": _when_the_server_breaks,
}
