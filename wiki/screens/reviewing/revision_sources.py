"""The sources of a revision as its reviewer sees them."""

from dataclasses import dataclass

from wiki.models import Checked, Source
from wiki.policy import checks
from wiki.text.document import Document


@dataclass(frozen=True)
class RevisionSource:
    """A source that the revision rests on."""

    source: Source
    is_new: bool

    @property
    def is_verified(self) -> bool:
        """Return whether somebody has made sure that the record is right."""
        return self.source.checked == Checked.FULL


def sources_of(after: Document, before: Document | None) -> list[RevisionSource]:
    """Return what a text rests on, as it is cited; new is what the text before did not cite."""
    keys = checks.keys_of(after)
    known = Source.objects.by_key(keys)
    cited = dict.fromkeys(known[key] for key in keys if key in known)
    old = Source.objects.by_key(checks.keys_of(before) if before else ()).values()
    sources = Source.objects.with_ids().in_bulk(list(cited))
    return [RevisionSource(sources[pk], pk not in old) for pk in cited]
