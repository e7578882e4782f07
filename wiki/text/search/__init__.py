"""Search: the same folding for the words of pages and of questions."""
