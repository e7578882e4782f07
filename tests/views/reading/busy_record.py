"""A record with many acts, some of which only certain roles may see."""

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts

PRIVATE = ("A secret draft", "Unpublished title", "Unseen note.", "Unfounded reason.", "Role changed", "role")


@remembered
def busy(published, clinician, colleague, moderator, administrator):
    """Let a draft be begun, a text rejected, another approved and a role changed."""
    drafts.propose(cast.document("A secret draft"), author=clinician)
    unseen = cast.submit(
        drafts.propose(cast.document("Unpublished title"), author=colleague), note="Unseen note."
    )
    review.reject(unseen.pk, by=moderator, reason="Unfounded reason.")
    cast.approve(cast.propose_change(published, clinician), moderator)
    accounts.grant_role(colleague, "moderator", by=administrator)
    return published
