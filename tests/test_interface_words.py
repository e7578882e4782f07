"""The words of the interface: what a reader stumbles over stands in no template and no message.

The words to use instead are on the page of style, `templates/guide/style.html`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# What is not said, and what is said instead.
BANNED = {
    r"\bin force\b": "published",
    r"\be-mail\b|\b(?:by|[Aa]|[Oo]ne|no more) mail\b|\baccount and a letter\b": "email",
    r"\b(?:[Ii]ts|another) digest\b": "fingerprint",
    r"\bhold(?:s)? these words\b": "results",
    r"\bfirst page\b": "home page",
    r"\bthis door\b": "You don't have permission",
    r"\bhave a slip\b": "typing errors",
    r"\bneeds another look\b": "There is a problem",
    r"\bthings? to put right\b|\bput right before\b": "Fix … problems",
    r"\b[Mm]ust be put right\b": "must be fixed",
    r"\brests?\s+on it\s+·": "cited on",
    r"\bin a reader of yours\b": "in your feed reader",
    r"\bnothing of markup\b": "do not need to know any markup",
    r"\bcounts until\b": "valid until",
    r"\bLeave it as it is\b": "Cancel",
    r"\bOpen an account\b": "Create an account",
    r"\bWhat you stand for\b": "Qualifications and interests",
    r"\bNobody reviews without\b": "required before you can review",
    r"\bWhat it rests on\b": "Sources",
    r"\bIt was said of\b": "Comment on",
    r"\bstands here now\b": "moved here",
    r"\bLook again\b": "Re-review",
    r"\b[Tt]ak(?:e|en) back\b": "Revert approval; withdraw",
    r"\bLight or dark\b": "Appearance",
    r"\bIs it you\b": "Confirm your identity",
    r"\bstands beneath it\b": "Caption",
    r"\bmade anew\b|\bthrown away\b": "resized, removed",
    r"\blooks whether\b": "checks whether",
    r"\bhas? not the form\b": "is not a valid",
    r"\bbelongs? into\b": "belongs in",
    r"\bthe same said better\b": "Wording only",
    r"\bwhat a reader would do\b": "Changes advice",
    r"\bonly ever added\b": "append-only",
    r"\bcorrected(?:,| or) of concern\b": "expression of concern",
    r"\bschool year\b": "reading age",
    r"\btied to each other\b|\bpages are tied\b": "linked",
    r"\b[Rr]emarks?\b": "comment",
    r"\bcan show\b(?= [A-Z])": "can cause",
    r"\bmust be told apart from\b": "differential diagnosis",
    r"\bhas genetic basis\b": "genetic cause",
    r"\band nothing else\b(?= until)": "only",
    r"\bNews (?:tells|would|on th|goes|and links)": "Notifications",
    r"\b[Hh]ears? (?:of it|no more|of from now on)\b": "get a notification, is told",
    r"\bLeave (?:the|both) \w+ as (?:it is|they are)\b": "Cancel",
    r"\bbroke on our side\b": "there is a problem",
    r"\btoo many tries\b|\bToo many tries\b": "too many attempts",
    r"\bgrown old\b": "expired",
    r"\bto be looked at again\b|\banother look\b": "re-review, due for review",
    r"\bin vain\b": "without success",
    r"\bvery name\b": "exact match",
    r"\bnought\b": "zero",
    r"\btie(?:s|d)? (?:two pages|it|the page)\b|\btied to another\b": "link",
    r"\bword[^.<]{0,4} in,\s+\d* ?out\b": "added, removed",
    r"\bmarks? (?:them|it) as seen\b|\bas seen\b": "as read",
    r"\bnobody can see\b(?= (?:today|in))|\bwhat nobody can see\b": "invisible",
}
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
PYTHON = [
    path
    for folder in ("acts", "domain", "forms", "mail", "models", "policy", "screens", "templatetags", "views")
    for path in sorted((ROOT / "wiki" / folder).rglob("*.py"))
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def messages_of(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module that have a blank in them, without docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docs:
            continue
        if " " in node.value.strip():
            yield node.value


def found_in(words: str) -> list[str]:
    return [f"{match[0]} → {say}" for banned, say in BANNED.items() for match in re.finditer(banned, words)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_an_avoided_word(path):
    if path.name == "style.html":
        return

    assert found_in(TAGS.sub(" ", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_message_holds_an_avoided_word(path):
    said = messages_of(ast.parse(path.read_text(encoding="utf-8")))

    assert [one for words in said for one in found_in(words)] == []


def test_the_page_of_style_has_the_chosen_words():
    style = (ROOT / "templates/guide/style.html").read_text(encoding="utf-8")

    for word in ("published", "comment", "home page", "Cancel", "Sources", "Revert approval", "reading age"):
        assert f"<b>{word}</b>" in style
