"""Sentences of approvers on what a change means for a patient, taken back."""

from django.db import models

from wiki.models.revisions import Verdict
from wiki.models.users import User


class MeaningWithdrawal(models.Model):
    """That what an approver wrote for readers is shown to nobody any more; it stays on record."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="meaning_withdrawal")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="meaning_withdrawal_has_a_reason"),
        ]

    def __str__(self) -> str:
        """Return who took what back."""
        return f"what {self.verdict_id} means, taken back by {self.by_name}"
