"""`manage.py import_do`: load a release of the Disease Ontology beside the pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.importing.data_sets.disease_ontology import DiseaseOntologyFiles
from wiki.importing.data_sets.loading import load
from wiki.importing.data_sets.records import BadDataSet
from wiki.importing.data_sets.telling import lines_about


class Command(BaseCommand):
    """Put a release in the place of the one before."""

    help = "Load the tables of the Disease Ontology as entries, which are never pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with the tables")
        parser.add_argument("--release", default="", help="the release, where no file of the folder names it")

    def handle(self, *args: Any, folder: Path, release: str, **options: Any) -> None:
        """Load the tables, and say what was read, kept, dropped and changed."""
        try:
            loaded = load(DiseaseOntologyFiles(folder, release), progress=self.stderr.write)
        except BadDataSet as error:
            raise CommandError(str(error)) from error
        for line in lines_about(loaded):
            self.stdout.write(line)
