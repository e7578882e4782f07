"""The topics of the help pages: the last part of each address, what it is called, and what is there."""

from typing import Final

# Each topic is a template of its name; the forms link to its paragraphs.
TOPICS: Final = {
    "writing": ("Writing a page", "Title, plain summary, text and the few marks it needs"),
    "style": ("Style and words", "The words that we use, and how terms of art explain themselves"),
    "citing": ("Citing sources", "Paste a number or an address; which sources to prefer"),
    "linking": ("Statements and links", "How pages are linked, and which relation to choose"),
    "grading": ("Grading evidence", "How certain a statement is, with examples"),
    "pictures": ("Pictures", "What may be shown, licences, and consent of patients"),
    "reviewing": ("What reviewers look for", "The list that every approval answers for, and how to mend it"),
    "building": ("Building on the wiki", "For programs: pages, statements and changes as data, and recalls"),
    "after": ("After you send it", "Waiting, changes asked for, two people at once, retiring a page"),
}
