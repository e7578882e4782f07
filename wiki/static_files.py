"""The storage of static files in production: named by their content, scripts whole, so few are asked for."""

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The scripts that a reader's page names: each becomes one file together with what it imports.
WHOLE: Final = ("js/reader.js", "js/page.js")
_IMPORT: Final = re.compile(r'^import (?:\{([^}]*)\} from )?"(\./[^"]+|\.\./[^"]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)

type Read = Callable[[str], str]


class KnownAddresses:
    """A storage that works out the address of a file once: each page names a dozen of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Know no address yet."""
        self._addresses: dict[tuple[str | None, bool, bool], str] = {}
        super().__init__(*args, **kwargs)

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the address of a file."""
        key = (name, force, settings.DEBUG)
        if (known := self._addresses.get(key)) is None:
            asked: Any = super()
            known = self._addresses[key] = asked.url(name, force) if force else asked.url(name)
        return known


class AsTheyLie(KnownAddresses, StaticFilesStorage):
    """The storage while developing and in tests: each file has its own name."""


class NamedByContent(KnownAddresses, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is not typed
    """A manifest storage that also renames imports in scripts, so that browsers may cache every file for
    ever.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Make the scripts of a reader's page whole, then name all by their content."""

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        made = InMemoryStorage()
        for name in WHOLE:
            if name in paths:
                made.save(name, ContentFile(script_of(name, read).encode()))
        paths = paths | {name: (made, name) for name in WHOLE if name in paths}
        yield from super().post_process(paths, dry_run, **options)
        self._addresses.clear()


def script_of(name: str, read: Read) -> str:
    """Return a script as one module: each one that it imports is a function that is run once, in order.

    What a module imports stands at its beginning, by names in braces; what it exports is declared where it
    is exported. Imports that wait for something (`import("./x.js")`) stay as they are, so modules that have
    them must lie in the folder of the script.
    """
    order: list[str] = []
    _visit(name, read, order)
    return "\n".join(_function(one, read(one)) for one in order)


def _visit(name: str, read: Read, order: list[str]) -> None:
    """Add a module behind those that it imports."""
    for found in _IMPORT.finditer(read(name)):
        if (imported := _beside(name, found[2])) not in order:
            _visit(imported, read, order)
    order.append(name)


def _function(name: str, text: str) -> str:
    names = ", ".join(found[2] for found in _EXPORT.finditer(text))
    text = _IMPORT.sub(lambda found: _taken(found[1], _beside(name, found[2])), text)
    return f"const {_variable(name)} = (() => {{\n{_EXPORT.sub(r'\1', text)}return {{ {names} }};\n}})();"


def _taken(names: str | None, imported: str) -> str:
    return f"const {{{names.replace(' as ', ': ')}}} = {_variable(imported)};\n" if names else ""


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name)


def _beside(name: str, address: str) -> str:
    return normpath(join(dirname(name), address))
