"""Empty parts of the page form, which are the same for everybody: each is rendered once in a process."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wiki.forms.editing.parts import StatementForm
from wiki.forms.library.source import SourceForm


def blank_statement() -> SafeString:
    """Return the empty row that a script copies for each new statement."""
    return _empty("writing/statement.html", _statement)


def empty_source() -> SafeString:
    """Return the fields for a source that the wiki does not have yet."""
    return _empty("writing/source_fields.html", _source)


def _statement() -> dict[str, Any]:
    return {"row": StatementForm.blank()}


def _source() -> dict[str, Any]:
    return {"form": SourceForm(), "within": True}


def _empty(name: str, context: Callable[[], dict[str, Any]]) -> SafeString:
    """Return a part as its template makes it now: all that it can depend on besides is part of the key."""
    return _rendered(Engine.get_default().get_template(name), context, get_script_prefix(), get_language())


@lru_cache(maxsize=16)
def _rendered(
    template: Template, context: Callable[[], dict[str, Any]], _prefix: str, _language: str | None
) -> SafeString:
    return template.render(Context(context()))
