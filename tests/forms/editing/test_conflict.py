"""The form in which an author settles an edit conflict."""

from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from tests.cast import document
from wiki.forms.editing.conflict import ConflictForm
from wiki.models import User
from wiki.text.compare.merge import merge


def test_two_questions_with_the_same_texts_keep_their_own_answers(db):
    base, ours, theirs = (
        document("Gout", body=f"One stays.\n\nGive {dose}.\n\nTwo stay.\n\nGive {dose}.")
        for dose in ("1 mg", "2 mg", "3 mg")
    )
    meeting: Any = SimpleNamespace(merge=merge(base, ours, theirs), live=SimpleNamespace(revision_id=7))
    writer = User()
    first, second = ConflictForm(meeting, None, writer=writer).questions

    post = QueryDict(mutable=True)
    post.update({"live": "7"})
    for question, choice in ((first, "ours"), (second, "theirs")):
        post.update({f"asked-{question.key}": question.mark, question.name: choice})
    form = ConflictForm(meeting, post, writer=writer)

    assert first.mark != second.mark
    assert form.is_valid
    assert "Give 2 mg.\n\nTwo stay.\n\nGive 3 mg." in form.document.body
