"""The storage of static files in production, named by their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is not typed
    """A manifest storage that also renames imports in scripts, so that browsers may cache every file for
    ever.
    """

    support_js_module_import_aggregation = True
