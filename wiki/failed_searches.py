"""The counter of searches that found nothing: which words on which day, never who searched."""

import logging

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from wiki.models import FailedSearch

MOST_CHARACTERS = 200


def count(words: str) -> None:
    """Count that nothing was found for some words today. A failing database loses the count, nothing else."""
    told = {"day": timezone.localdate(), "words": " ".join(words.lower().split())[:MOST_CHARACTERS]}
    try:
        with transaction.atomic():
            _, is_new = FailedSearch.objects.get_or_create(**told)
            if not is_new:
                FailedSearch.objects.filter(**told).update(times=F("times") + 1)
    except DatabaseError:
        logging.getLogger(__name__).exception("lost the count of a search that found nothing")
