"""Decisions of a verdict, as a closed list."""

from django.db.models import TextChoices


class Decision(TextChoices):
    """What a verdict says."""

    APPROVE = "approve", "Approved"
    REQUEST_CHANGES = "request_changes", "Changes requested"
    REJECT = "reject", "Rejected"
    UNAPPROVE = "unapprove", "Approval reverted"
