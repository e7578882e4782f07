"""A wrong dose on a published page: two moderators correct it at once, and it lapses in front of a reader."""

import datetime as dt

import time_machine
from playwright.sync_api import expect

from tests import cast

DOSE = "Give 100 mg of calcium every hour."
SAFE = "Give 10 mg of calcium once a day."


def test_the_fast_lane_lapses_in_front_of_a_reader(clinician, moderator, second_moderator, seat):
    cast.make_page(clinician, moderator, "Tetany", body=f"## What helps\n\nRest.\n\n{DOSE}")
    reader, first, second = seat(), seat(moderator), seat(second_moderator)
    reader.goto("/wiki/tetany/")
    expect(reader.get_by_text(DOSE)).to_be_visible()

    first.goto("/wiki/tetany/revert/")
    first.get_by_role("link", name="Correct that passage at once").click()
    first.get_by_role("radio", name=DOSE).check()
    first.get_by_role("button", name="Correct the chosen passage").click()
    first.get_by_label("What should stand there instead?").fill(SAFE)
    first.get_by_label("Why can this not wait?").fill("Ten times the dose.")
    first.get_by_role("button", name="Ask a second moderator to agree").click()
    expect(first.get_by_text("Waits for a second moderator.")).to_be_visible()
    second.goto(first.url)
    second.get_by_role("button", name="Agree: readers get these words at once").click()
    expect(second.get_by_text("In effect.")).to_be_visible()

    reader.reload()
    expect(reader.get_by_text(SAFE)).to_be_visible()
    expect(reader.get_by_text(DOSE)).to_have_count(0)
    expect(reader.get_by_text("by Dr Amara Osei and Dr Lena Fischer; being reviewed in full")).to_be_visible()

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=73)):
        reader.reload()
        expect(reader.get_by_text("Withheld for safety.")).to_be_visible()
        expect(reader.get_by_text(SAFE)).to_have_count(0)
        expect(reader.get_by_text(DOSE)).to_have_count(0)
