"""Every address of the wiki with the status that each role gets by GET and POST.

A row: the address's name, then for GET and for POST what an anonymous visitor, a reader, a clinician, a
moderator and an administrator get. A POST is empty: what it lacks is told with 409 or 422, not done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = ("anonymous", "reader", "clinician", "moderator", "administrator")

# What the wiki's own addresses answer. Names are those of wiki/urls.py.
OURS = """
name                GET                      POST
home                200 200 200 200 200      405 405 405 405 405
page                200 200 200 200 200      405 405 405 405 405
history             200 200 200 200 200      405 405 405 405 405
sentences           200 200 200 200 200      405 405 405 405 405
revision            200 200 200 200 200      405 405 405 405 405
compare             200 200 200 200 200      405 405 405 405 405
cite                200 200 200 200 200      405 405 405 405 405
page-form           200 200 200 200 200      405 405 405 405 405
page-json           301 301 301 301 301      405 405 405 405 405
links               200 200 200 200 200      405 405 405 405 405
around              200 200 200 200 200      405 405 405 405 405
page-data           200 200 200 200 200      405 405 405 405 405
explore             200 200 200 200 200      405 405 405 405 405
linked              200 200 200 200 200      405 405 405 405 405
shared              200 200 200 200 200      405 405 405 405 405
data-sets           200 200 200 200 200      405 405 405 405 405
data-row            200 200 200 200 200      405 405 405 405 405
entry               200 200 200 200 200      405 405 405 405 405
causes              302 403 200 200 403      405 405 405 405 405
contradictions      302 403 403 200 403      405 405 405 405 405
cite-row            405 405 405 405 405      302 403 302 302 403
propose-entry       302 403 200 200 403      302 403 302 302 403
index               200 200 200 200 200      405 405 405 405 405
index-kind          200 200 200 200 200      405 405 405 405 405
latest              200 200 200 200 200      405 405 405 405 405
overdue             200 200 200 200 200      405 405 405 405 405
sources             200 200 200 200 200      405 405 405 405 405
source              200 200 200 200 200      405 405 405 405 405
person              200 200 200 200 200      405 405 405 405 405
person-record       200 200 200 200 200      405 405 405 405 405
search              200 200 200 200 200      405 405 405 405 405
infobutton          200 200 200 200 200      405 405 405 405 405
infobutton-without-stroke 200 200 200 200 200     405 405 405 405 405
connect-application 200 200 200 200 200      405 405 405 405 405
connect-application-once 200 200 200 200 200      405 405 405 405 405
connect-service-once     200 200 200 200 200      405 405 405 405 405
connect-service     200 200 200 200 200      405 405 405 405 405
suggest             200 200 200 200 200      405 405 405 405 405
suggest-to-browsers 200 200 200 200 200      405 405 405 405 405
failed-searches     302 403 200 200 403      405 405 405 405 405
about               200 200 200 200 200      405 405 405 405 405
recalls             200 200 200 200 200      405 405 405 405 405
record              200 200 200 200 200      405 405 405 405 405
record-file         200 200 200 200 200      405 405 405 405 405
anchors             200 200 200 200 200      405 405 405 405 405
anchors-json        200 200 200 200 200      405 405 405 405 405
robots              200 200 200 200 200      405 405 405 405 405
llms                200 200 200 200 200      405 405 405 405 405
opensearch          200 200 200 200 200      405 405 405 405 405
sitemap             200 200 200 200 200      405 405 405 405 405
sitemap-part        200 200 200 200 200      405 405 405 405 405
security            200 200 200 200 200      405 405 405 405 405
chains              200 200 200 200 200      405 405 405 405 405
check-record        200 200 200 200 200      405 405 405 405 405
version-file        200 200 200 200 200      405 405 405 405 405
printed             200 200 200 200 200      405 405 405 405 405
about-review        200 200 200 200 200      405 405 405 405 405
owner-of-wiki       200 200 200 200 200      405 405 405 405 405
contact             200 200 200 200 200      405 405 405 405 405
privacy             200 200 200 200 200      405 405 405 405 405
accessibility       200 200 200 200 200      405 405 405 405 405
favicon             200 200 200 200 200      405 405 405 405 405
manifest            200 200 200 200 200      405 405 405 405 405
waits               200 200 200 200 200      405 405 405 405 405
help                200 200 200 200 200      405 405 405 405 405
help-topic          200 200 200 200 200      405 405 405 405 405
report-page         200 200 200 200 200      422 422 422 422 422
reported            200 200 200 200 200      405 405 405 405 405
review-page         302 403 403 200 403      302 403 403 422 403
look-again-at       302 403 403 200 403      302 403 403 422 403
owner               302 403 403 200 403      302 403 403 409 403
tasks               302 403 403 200 403      405 405 405 405 405
task                302 403 403 200 403      302 403 403 422 403
appearance          200 200 200 200 200      302 302 302 302 302
healthz             200 200 200 200 200      405 405 405 405 405
readyz              200 200 200 200 200      405 405 405 405 405

edit                302 403 302 200 403      302 403 409 302 403
edit-section        302 403 200 200 403      302 403 409 409 403
restore             302 403 200 409 403      302 403 409 409 403
new                 302 403 200 200 403      302 403 302 302 403
drafts              302 403 200 200 403      405 405 405 405 405
draft               302 403 200 404 403      302 403 302 404 403
checks              302 403 200 404 403      405 405 405 405 405
conflict            302 403 302 404 403      302 403 302 404 403
submit-step         302 403 200 404 403      302 403 422 404 403
discard             302 403 200 404 403      302 403 302 404 403
preview             405 405 405 405 405      302 403 200 200 403
autosave            405 405 405 405 405      302 403 403 403 403
paste               405 405 405 405 405      302 403 200 200 403
cite-source         405 405 405 405 405      302 403 422 422 403
lookup-pages        302 403 200 200 403      405 405 405 405 405
lookup-tie          302 403 200 200 403      405 405 405 405 405
lookup-sources      302 403 200 200 403      405 405 405 405 405
add-collection      302 403 200 200 403      302 403 422 422 403
add-source          302 403 200 200 403      302 403 422 422 403
withdraw            405 405 405 405 405      302 403 302 409 403
build-on            405 405 405 405 405      302 403 409 302 403
resume              405 405 405 405 405      302 403 409 409 403

reports             302 403 200 200 403      405 405 405 405 405
report              302 403 200 200 403      302 403 422 422 403
take-up-report      405 405 405 405 405      302 403 302 302 403
watch               302 200 200 200 200      302 302 302 302 302

upload              405 405 405 405 405      302 403 422 422 403
add-picture         302 403 200 200 403      405 405 405 405 405
picture             404 404 200 200 404      405 405 405 405 405
rendition           404 404 200 200 404      405 405 405 405 405
withdraw-picture    302 403 403 200 403      302 403 403 422 403

source-checks       302 403 403 200 403      405 405 405 405 405
source-check        302 403 403 200 403      302 403 403 409 403
check-source        302 403 200 200 403      302 403 422 422 403
merge-source        302 403 403 200 403      302 403 403 422 403
part-source         405 405 405 405 405      302 403 403 409 403
notice-source       302 403 403 200 403      302 403 403 422 403
detach-notice       302 403 403 200 403      302 403 403 422 403

queue               302 403 200 200 403      405 405 405 405 405
review              302 403 200 200 403      405 405 405 405 405
reviewers           302 403 403 200 403      405 405 405 405 405
second-reads        302 403 403 200 403      405 405 405 405 405
second-read         302 403 403 200 403      302 403 403 422 403
later               302 403 403 302 403      405 405 405 405 405
signers             302 403 403 200 200      405 405 405 405 405
claim               405 405 405 405 405      302 403 403 302 403
release             405 405 405 405 405      302 403 403 409 403
seconds             405 405 405 405 405      302 403 403 422 403
remark              405 405 405 405 405      302 403 422 422 403
answer-remark       405 405 405 405 405      302 403 422 422 403
resolve-remark      405 405 405 405 405      302 403 302 302 403
reopen-remark       405 405 405 405 405      302 403 409 409 403
approve             405 405 405 405 405      302 403 403 422 403
publish             405 405 405 405 405      302 403 403 409 403
review-whole-page   302 403 403 200 403      302 403 403 422 403
request-changes     405 405 405 405 405      302 403 403 302 403
reject              405 405 405 405 405      302 403 403 422 403
rebase              405 405 405 405 405      302 403 409 409 403
revert           302 403 403 200 403      302 403 403 422 403
correct             302 403 403 200 403      302 403 403 422 403
corrections         302 403 403 200 403      405 405 405 405 405
correction          302 403 403 200 403      405 405 405 405 405
agree-correction    405 405 405 405 405      302 403 403 422 403
lift-correction     405 405 405 405 405      302 403 403 422 403
suppress-sent-in    302 403 403 200 403      302 403 403 422 403
suppress            302 403 403 200 403      302 403 403 422 403
withdraw-meaning    302 403 403 200 403      302 403 403 422 403
protect             302 403 403 200 403      302 403 403 422 403
retire              302 403 200 200 403      302 403 422 422 403
bring-back          302 403 409 409 403      302 403 409 409 403
merge               302 403 200 200 403      302 403 422 422 403
notices             302 200 200 200 200      302 302 302 302 302
recall-watches      302 200 200 200 200      302 422 422 422 422
webhooks            302 200 200 200 200      302 422 422 422 422
watching            302 200 200 200 200      302 422 422 422 422
unsubscribe         200 200 200 200 200      200 200 200 200 200
feed-approvals      200 200 200 200 200      405 405 405 405 405
feed-page           200 200 200 200 200      405 405 405 405 405
feed-kind           200 200 200 200 200      405 405 405 405 405
feed-changes        200 200 200 200 200      405 405 405 405 405
feed-recalls        200 200 200 200 200      405 405 405 405 405
feed-person         200 200 200 200 200      405 405 405 405 405

profile             302 200 200 200 200      302 422 422 422 422
roles               302 403 403 403 200      405 405 405 405 405
grant               302 403 403 403 200      302 403 403 403 422
invite              302 403 403 403 200      302 403 403 403 422
choose-signers      302 403 403 403 200      302 403 403 403 422
remove-account      302 403 403 403 200      302 403 403 403 302
suspend             302 403 403 403 200      302 403 403 403 422
lift                405 405 405 405 405      302 403 403 403 422
hand-over-work      405 405 405 405 405      302 403 403 403 422
apply               302 200 200 200 200      302 422 422 422 422
applications        302 403 403 403 200      405 405 405 405 405
application         302 403 403 403 200      302 403 403 403 422
registrations       302 200 200 200 200      302 422 422 422 422
withdraw-registration 405 405 405 405 405   302 409 302 409 409
to-verify           302 403 403 403 200      405 405 405 405 405
registration        302 403 403 403 200      405 405 405 405 405
verify-registration  405 405 405 405 405     302 403 403 403 422
decline-registration 405 405 405 405 405     302 403 403 403 422
revoke-registration  405 405 405 405 405     302 403 403 403 422
interests           302 200 200 200 200      302 422 422 422 422
api-reference       200 200 200 200 200      405 405 405 405 405
api-version         301 301 301 301 301      405 405 405 405 405
api-openapi         200 200 200 200 200      405 405 405 405 405
api:pages           200 200 200 200 200      405 405 405 405 405
api:page            200 200 200 200 200      405 405 405 405 405
api:versions        200 200 200 200 200      405 405 405 405 405
api:version         200 200 200 200 200      405 405 405 405 405
api:statements      200 200 200 200 200      405 405 405 405 405
api:sources         200 200 200 200 200      405 405 405 405 405
api:source          200 200 200 200 200      405 405 405 405 405
api:people          200 200 200 200 200      405 405 405 405 405
api:person          200 200 200 200 200      405 405 405 405 405
api:changes         200 200 200 200 200      405 405 405 405 405
api:recalls         200 200 200 200 200      405 405 405 405 405
api:search          200 200 200 200 200      405 405 405 405 405
api:linked          200 200 200 200 200      405 405 405 405 405
api:shared          200 200 200 200 200      405 405 405 405 405
api:data-sets       200 200 200 200 200      405 405 405 405 405
api:entry           200 200 200 200 200      405 405 405 405 405
api:data-rows       200 200 200 200 200      405 405 405 405 405
api:data-row        200 200 200 200 200      405 405 405 405 405
"""

# A mail program posts there; the signed link is its key.
SIGNED = {"unsubscribe"}
# Programs read there, and nobody can write: a token would make no difference. What their names begin with.
READ_ONLY = (
    *(
        "api:",
        "api-openapi",
        "api-reference",
        "api-version",
        "connect-",
        "feed-",
        "infobutton",
        "page-form",
        "page-json",
        "record-file",
        "version-file",
    ),
    *("anchors-json", "chains", "check-record", "robots", "llms", "opensearch", "sitemap", "security"),
    *("manifest", "favicon", "suggest-to-browsers"),
)

# The pages of accounts come from a library: who is signed in may look after their own, others may come in.
ENTRANCE = {
    "account_login",
    "account_signup",
    "account_inactive",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
LIBRARY = ("account_", "mfa_", "usersessions_")
ADMIN = "admin:"


@dataclass(frozen=True)
class Door:
    """What is answered at one address, by role."""

    name: str
    get: dict[str, int]
    post: dict[str, int]


def _read(table: str) -> dict[str, Door]:
    doors = {}
    for line in table.strip().splitlines()[1:]:
        if line:
            name, *codes = line.split()
            get, post = (dict(zip(ROLES, map(int, half), strict=True)) for half in (codes[:5], codes[5:]))
            doors[name] = Door(name, get, post)
    return doors


DOORS = _read(OURS)


def addresses() -> dict[str, list[str]]:
    """Return, for the name of every address that the wiki answers, what the address takes."""
    return dict(_addresses(get_resolver().url_patterns, "", []))


def _addresses(
    patterns: Sequence[URLPattern | URLResolver], space: str, taken: list[str]
) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        takes = [*taken, *pattern.pattern.regex.groupindex]
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _addresses(pattern.url_patterns, inner, takes)
        else:
            yield f"{space}{pattern.name or ''}", takes
