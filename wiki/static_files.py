"""The storage of static files in production: each under a name that changes with its content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is not typed
    """Names what a script imports by its content, too: a browser may keep every file for good."""

    support_js_module_import_aggregation = True
