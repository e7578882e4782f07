"""The acts of people: one function, one transaction each. They return what became, or raise `Refused`."""

from wiki.workflow.derive import rebuild
from wiki.workflow.drafts import build_on, discard, edit, propose, resume, revert, save
from wiki.workflow.gate import problems
from wiki.workflow.merging import merge_pages
from wiki.workflow.refusal import Conflict, NotReady, Problem, Refused, SavedElsewhere
from wiki.workflow.retiring import bring_back, retire
from wiki.workflow.review import (
    Shown,
    approve,
    rebase,
    reject,
    request_changes,
    settle_conflict,
    unapprove,
)
from wiki.workflow.submission import MovedOn, settle, submit, withdraw

__all__ = [
    "Conflict",
    "MovedOn",
    "NotReady",
    "Problem",
    "Refused",
    "SavedElsewhere",
    "Shown",
    "approve",
    "bring_back",
    "build_on",
    "discard",
    "edit",
    "merge_pages",
    "problems",
    "propose",
    "rebase",
    "rebuild",
    "reject",
    "request_changes",
    "resume",
    "retire",
    "revert",
    "save",
    "settle",
    "settle_conflict",
    "submit",
    "unapprove",
    "withdraw",
]
