"""The examples of the README answer."""

import re
import shlex
from pathlib import Path

import pytest
from django.test import Client

from tests import cast

README = (Path(__file__).parents[3] / "README.md").read_text()
LINES = README.partition("## For programs")[2].partition("```sh")[2].partition("```")[0].strip().splitlines()


@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES)
def test_an_example_answers(line, published, clinician, moderator):
    cast.make_page(clinician, moderator, "Calcification")
    command, address = shlex.split(line)
    assert command == "curl"

    answer = Client().get(re.sub(r"^http://127.0.0.1:8000", "", address))

    assert answer.status_code == 200
    assert answer.content
