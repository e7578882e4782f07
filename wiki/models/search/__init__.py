"""Search: the index, ranking, spelling, suggestions, and what a search costs."""
