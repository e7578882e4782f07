"""The renderer of fields: plain ones are written here, letter by letter as Django's templates write them.

The editor has some hundred fields. A template for each, with one for its attributes and one for every choice,
took half of the time in which it opens. Whatever is not known here is left to the templates.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, Final

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

_FOLDER: Final = "django/forms/widgets/"
_OPTION: Final = f"{_FOLDER}select_option.html"


class FieldRenderer(TemplatesSetting):
    """Writes inputs, text areas, radio buttons and lists of choices without a template."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return the HTML of a field, which whoever asks for it in Django marks as safe."""
        write = _WRITERS.get(template_name)
        html = write(context["widget"]) if write else None
        return super().render(template_name, dict(context), request) if html is None else html


def _input(widget: Mapping[str, Any]) -> str:
    value = f' value="{_escaped(widget["value"])}"' if widget["value"] is not None else ""
    return (
        f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"{value}{_attrs(widget)}>'
    )


def _choice(widget: Mapping[str, Any]) -> str:
    """Return one of several radio buttons or boxes to tick, in its label if it has one of its own."""
    field = _input(widget)
    if not widget["wrap_label"]:
        return field
    of = f' for="{_escaped(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{of}>{field}\n {_escaped(widget['label'])}</label>"


def _textarea(widget: Mapping[str, Any]) -> str:
    words = _escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_escaped(widget["name"])}"{_attrs(widget)}>\n{words}</textarea>'


def _select(widget: Mapping[str, Any]) -> str | None:
    """Return a list of choices; None for one whose choices have a template of their own."""
    groups = []
    for name, choices, _ in widget["optgroups"]:
        if any(one["template_name"] != _OPTION for one in choices):
            return None
        options = _options(choices)
        groups.append(f'\n  <optgroup label="{_escaped(name)}">{options}\n  </optgroup>' if name else options)
    return f'<select name="{_escaped(widget["name"])}"{_attrs(widget)}>{"".join(groups)}\n</select>'


def _options(choices: Iterable[Mapping[str, Any]]) -> str:
    return "".join(
        f'\n  <option value="{_escaped(one["value"])}"{_attrs(one)}>{_escaped(one["label"])}</option>\n'
        for one in choices
    )


def _attrs(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    # As `conditional_escape`, which looks first whether the words are still to be translated.
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


_WRITERS: Final[dict[str, Callable[[Mapping[str, Any]], str | None]]] = {
    **{f"{_FOLDER}{name}.html": _input for name in ("text", "hidden", "number", "checkbox", "date", "url")},
    **{f"{_FOLDER}{name}_option.html": _choice for name in ("radio", "checkbox")},
    f"{_FOLDER}textarea.html": _textarea,
    f"{_FOLDER}select.html": _select,
}
