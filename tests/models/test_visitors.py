"""What people may see is asked of a person or of anybody, and of nothing else."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from wiki.models import ANYBODY, Revision, Source, actors_of

ROOT = Path(settings.BASE_DIR) / "wiki"
PEOPLE = {"author", "by", "person", "reader", "reviewer", "user", "viewer", "visitor", "writer"}


def parameters(path):
    """Yield (name, annotation) of each parameter and each field of a file that is named like a person."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.arg) and node.arg in PEOPLE and node.annotation:
            yield node.arg, ast.unparse(node.annotation)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id in PEOPLE:
            yield node.target.id, ast.unparse(node.annotation)


# Below the models a person is an author in somebody's bibliographic record.
@pytest.mark.parametrize(
    "layer",
    ["acts", "audit", "forms", "mail", "models", "policy", "published", "screens", "templatetags", "views"],
)
def test_no_access_function_takes_a_visitor_typed_any(layer):
    untyped = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / layer).rglob("*.py")
        for name, annotation in parameters(path)
        if "Any" in annotation
    ]

    assert untyped == []


def test_an_anonymous_visitor_sees_published_content_and_has_no_actors(published, clinician, moderator):
    live = published.publications.get().revision

    assert list(Revision.objects.visible_to(ANYBODY)) == [live]
    assert not Source.objects.visible_to(ANYBODY).exists()
    assert actors_of(ANYBODY, live) == set()
