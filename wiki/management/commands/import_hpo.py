"""`manage.py import_hpo`: load a release of the Human Phenotype Ontology beside the pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wiki.importing.data_sets.hpo import HpoFiles
from wiki.importing.data_sets.loading import load
from wiki.importing.data_sets.records import BadDataSet
from wiki.importing.data_sets.telling import lines_about


class Command(BaseCommand):
    """Put a release in the place of the one before."""

    help = "Load hp.obo and phenotype.hpoa (compressed or not) as entries, which are never pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with the HPO's files")
        parser.add_argument("--mondo", type=Path, metavar="DIR", help="a folder with Mondo's mapping tables")

    def handle(self, *args: Any, folder: Path, mondo: Path | None, **options: Any) -> None:
        """Load the files, and say what was read, kept, dropped and changed."""
        try:
            loaded = load(HpoFiles(folder, mondo), progress=self.stderr.write)
        except BadDataSet as error:
            raise CommandError(str(error)) from error
        for line in lines_about(loaded):
            self.stdout.write(line)
