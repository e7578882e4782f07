"""Parts of a served page: its words, links, ids, form fields and errors, as a browser reads them."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from wiki.models import Page


def html_of(response) -> str:
    """Return the words of a page, its white space as one reads it."""
    return html.unescape(" ".join(response.content.decode().split()))


def html_at(client: Client, path: str) -> str:
    """Return a page as it was sent, its white space as one reads it."""
    return " ".join(client.get(path).content.decode().split())


def only(pattern: str, text: str) -> Any:
    """Return the one place of a page that fits the pattern, or the groups in it."""
    (found,) = re.findall(pattern, text, re.DOTALL)
    return found


def ids_of(response) -> list[str]:
    """Return the names of all places on a page that can be linked to."""
    return re.findall(r'\sid="([^"]*)"', response.content.decode())


def links_of(response) -> list[str]:
    """Return where all links of a page lead."""
    return [html.unescape(one) for one in re.findall(r'<a\s[^>]*href="([^"]*)"', response.content.decode())]


def fields_of(response) -> dict[str, list[str]]:
    """Return what a browser would post of the form that is shown, but for its buttons."""
    text = response.content.decode()
    form = text[text.index("data-editing") : text.rindex("</form>")]
    found: dict[str, list[str]] = {}
    unchosen = re.compile(r'type="radio"(?![^>]*\schecked)')
    for tag in re.findall(r"<input[^>]*>", form):
        if unchosen.search(tag):
            continue
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, value in re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = [html.unescape(value).replace("\n", "\r\n")]
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = [html.unescape(chosen[1]) if chosen else ""]
    return found


def error_at(response, field: str) -> str:
    """Return the error that stands at a field, "" when there is none; it must be tied to it."""
    text = response.content.decode()
    match = re.search(rf'<div id="{field}_error">(.*?)</div>', text, re.DOTALL)
    if not match:
        return ""
    control = re.search(rf'<(?:input|select|textarea)[^>]*id="{field}"[^>]*>', text)
    assert control, field
    assert 'aria-invalid="true"' in control[0]
    assert f"{field}_error" in control[0]
    assert f'href="#{field}"' in text
    return html.unescape(re.sub("<[^>]+>", "", match[1])).strip()


def edit_url(page: Page) -> str:
    return reverse("edit", args=[page.published_page.slug])


def statement_fields(number: int = 0, **changes: str) -> dict[str, str]:
    words = {
        "relation": "has_manifestation",
        "object": "Seizures",
        "stance": "asserted",
        "grade": "low",
        "basis": "cohort",
        "note": "",
        "sources": "pmid:22327515",
    } | changes
    return {f"statements-{number}-{name}": value for name, value in words.items()}
