"""Words of one person that another one sends in, for tests of who may sign them."""

from dataclasses import replace

import pytest

from tests import cast
from wiki.acts.writing import drafts
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.queue_rows import waiting_for
from wiki.text.document import Retirement

THEIRS = "Never give bisphosphonates to a person whose kidneys do not work well."
MORE = "Those who had a stroke before are looked after by a specialist."


def with_theirs(topic, *, words=THEIRS):
    """Return the body of what readers see, with one paragraph more."""
    return f"{live_of(topic).document.body}\n\n{words}"


def live_of(topic):
    live = drafts.begins_with(topic)
    assert live is not None
    return live


def refused_to(person, waiting):
    with pytest.raises(Refused, match=r"you wrote|among the authors"):
        cast.sign(waiting, person)
    return True


def signed_by_another_only(waiting, writer, another):
    """See the signature refused to its writer, by the act and in the queue, and another one publish it."""
    refused_to(writer, waiting)
    rows = {one.revision.pk: one.can_sign for one in waiting_for(writer)}
    assert rows[waiting.pk] is False
    assert cast.approve(waiting, another).until is None


def sent_in(topic, author, body):
    return cast.propose_change(topic, author, body=body)


def retiring(goes, topic, colleague):
    going = cast.make_edit(goes, colleague, summary="Other words of the page that goes.")
    retired = replace(live_of(goes).document, retirement=Retirement("It is in the other one.", topic.pk))
    going = drafts.save(going, retired, by=colleague, impact="action", meaning="Look there.")
    return cast.submit(going, impact="action", meaning="Look there.")
