"""The counter of searches that found nothing: which words, never who searched."""

import logging


def count(words: str) -> None:
    """Count that nothing was found for some words."""
    logging.getLogger(__name__).info("found nothing for %s characters", len(words))
