"""A published page with a dangerous dose."""

from tests import cast
from tests.acts.safety.correcting import BODY
from tests.remembered import remembered


@remembered
def dosed(clinician, moderator):
    """Return a published page with a dangerous dose in it."""
    return cast.make_page(clinician, moderator, "Tetany", body=BODY)
