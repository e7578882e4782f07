"""Every page of the site: which template shows it, to whom, where, and after what."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import time_machine

from tests.journeys.acts import ACTS, Act

# Name, template, who looks at it (nobody: a stranger whom the site sees for the first time), address.
TABLE = """
home | reading/home | anybody | /
home signed in | reading/home | moderator | /
page | reading/page | anybody | /wiki/hypoparathyroidism/
page of the other end | reading/page | moderator | /wiki/seizures/
page of starter content | reading/page | anybody | /wiki/ataxia/
page overdue | reading/page | anybody | /wiki/tetany/
page under review | reading/under_review | anybody | /wiki/taken-back/
history | reading/history | anybody | /wiki/hypoparathyroidism/history/
history of what was taken back | reading/history | anybody | /wiki/gone-back/history/
sentences | reading/sentences | anybody | /wiki/hypoparathyroidism/sentences/
sentences of starter content | reading/sentences | anybody | /wiki/ataxia/sentences/
revision | reading/revision | anybody | /wiki/hypoparathyroidism/revisions/1/
revision taken back | reading/revision | anybody | /wiki/gone-back/revisions/2/
compare | reading/compare | anybody | /wiki/hypoparathyroidism/compare/?from=1&to=2
compare the same | reading/compare | anybody | /wiki/hypoparathyroidism/compare/?from=1&to=1
cite | reading/cite | anybody | /wiki/hypoparathyroidism/cite/
links | reading/links | anybody | /wiki/seizures/links/
links, none | reading/links | anybody | /wiki/ataxia/links/
around | exploring/around | anybody | /wiki/hypoparathyroidism/around/
around, nothing left | exploring/around | anybody | /wiki/hypoparathyroidism/around/?relation=monitored_by
page beside data sets | exploring/data | anybody | /wiki/hypoparathyroidism/data/
questions about links | exploring/questions | clinician | /explore/
how two are linked | exploring/linked | anybody | /explore/linked/?from=hypoparathyroidism&to=seizures
how two are linked, unknown | exploring/linked | anybody | /explore/linked/?from=seizures&to=xylophone
what some share | exploring/shared | anybody | /explore/shared/?of=ORPHA:0&of=ORPHA:1
what could cause these | exploring/causes | clinician | /explore/causes/?of=seizures&of=HP:0000039
contradictions | tasks/contradictions | moderator | /contradictions/
data sets | data_sets/listed | anybody | /data/
entry | data_sets/entry | anybody | /data/hpo/ORPHA:0/
entry of a finding | data_sets/entry | clinician | /data/hpo/HP:0000004/
row of a data set | data_sets/row | clinician | /data/rows/{row}/
row that is gone | data_sets/gone | anybody | /data/rows/{gone_row}/
page proposed from an entry | data_sets/propose | clinician | /data/hpo/ORPHA:0/propose/
index | reading/index | anybody | /index/
index of a kind | reading/index | anybody | /index/symptom/
index of a kind, none | reading/index | anybody | /index/gene/
latest | reading/latest | anybody | /latest/
sources | reading/sources | anybody | /sources/
source | reading/source | anybody | /sources/{source}/
person | reading/person | anybody | /people/clinician/
about | reading/about | anybody | /about/
about review | reading/about_review | anybody | /about/review/
help | guide/topics | anybody | /help/
help on writing | guide/writing | anybody | /help/writing/
help on citing | guide/citing | anybody | /help/citing/
help on linking | guide/linking | anybody | /help/linking/
help on grading | guide/grading | anybody | /help/grading/
help on pictures | guide/pictures | anybody | /help/pictures/
help on reviewing | guide/reviewing | anybody | /help/reviewing/
help on what follows | guide/after | anybody | /help/after/
help on style | guide/style | anybody | /help/style/
help on building | guide/building | anybody | /help/building/
interface for programs | api/reference | anybody | /api/
recalls | reading/recalls | anybody | /recalls/
recalls followed | watching/recalls | clinician | /recalls/following/
webhooks | watching/webhooks | clinician | /webhooks/
searches that found nothing | search/failed | clinician | /search/found-nothing/
question of a patient's record | infobutton/answer | anybody | /infobutton/?mainSearchCriteria.v.dn=xylophone
report | reports/report | anybody | /wiki/hypoparathyroidism/report/
report, not said what | reports/report | anybody | /wiki/seizures/report/
report, nothing there | reports/nothing | anybody | /wiki/taken-back/report/
reported | reports/reported | anybody | /wiki/hypoparathyroidism/reported/
who is behind it | site/owner | anybody | /about/who/
contact | site/contact | anybody | /contact/
privacy | site/privacy | anybody | /privacy/
accessibility | site/accessibility | anybody | /accessibility/
appearance | reading/appearance | anybody | /appearance/
search | search/search | anybody | /search/
search, found | search/search | anybody | /search/?q=calcium
search, by name | search/search | anybody | /search/?q=seizures&all=1
search, misspelt | search/search | anybody | /search/?q=hypoparathyriodism
search, nothing | search/search | anybody | /search/?q=xylophone
overdue, none | looking_again/overdue | anybody | /overdue/
overdue | looking_again/overdue | anybody | /overdue/
page on a retracted work | reading/page | anybody | /wiki/old-advice/
page looked at again | reading/page | clinician | /wiki/headache/
history with another look | reading/history | anybody | /wiki/headache/history/
record | record/record | anybody | /record/
record, of a moderator | record/record | moderator | /record/?act=approve
record, wrong | record/record | moderator | /record/?act=xylophone
record, nothing like that | record/record | moderator | /record/?person=xylophone
anchors | record/anchors | anybody | /record/anchors/
print that holds | record/printed | anybody | /v/{printed}/
print taken back | record/printed | anybody | /v/{undone}/
print that nobody made | record/unknown | anybody | /v/{unprinted}/
page on a day, not yet | reading/no_such_day | anybody | /wiki/hypoparathyroidism/?as_of=2020-01-01
page on a day, no day | reading/no_such_day | anybody | /wiki/hypoparathyroidism/?as_of=soon
page on a day | reading/as_of | anybody | /wiki/hypoparathyroidism/?as_of={today}
search on a day | search/as_of | anybody | /search/?q=calcium&as_of={today}
search on a day, no day | search/as_of | anybody | /search/?q=calcium&as_of=soon

drafts | writing/drafts | clinician | /drafts/
drafts, none | writing/drafts | newcomer | /drafts/
new | writing/new | clinician | /new/?title=Seizures
new, from a skeleton | writing/edit | clinician | /new/?title=Gout&kind=condition
edit | writing/edit | newcomer | /wiki/hypoparathyroidism/edit/
edit, typing | writing/edit | newcomer | /wiki/tetany/edit/
edit, begun elsewhere | writing/edit | clinician | /wiki/gone-back/edit/
edit, two windows | writing/edit | newcomer | /wiki/headache/edit/
edit, words put back | writing/edit | newcomer | /wiki/ataxia/edit/
drafts, words kept | writing/drafts | newcomer | /drafts/
draft | writing/edit | clinician | /drafts/{draft}/?add=statement
draft of a returned one | writing/edit | clinician | /drafts/{resumed}/
draft, not ready | writing/edit | clinician | /drafts/{wrong}/
draft, nothing said of it | writing/edit | clinician | /drafts/{wrong}/
draft, saved elsewhere | writing/edit | clinician | /drafts/{twice}/
conflict | writing/conflict | clinician | /drafts/{conflict}/conflict/
conflict, not chosen | writing/conflict | clinician | /drafts/{conflict}/conflict/
conflict of what waits | writing/conflict | clinician | /drafts/{clash}/conflict/
conflict, nothing to choose | writing/conflict | clinician | /drafts/{moved}/conflict/
section | writing/section | newcomer | /wiki/hypoparathyroidism/edit/s-what-it-is/
section, signed out | writing/section | newcomer | /wiki/moved-on/edit/s-what-it-is/
submit step | writing/submit_step | clinician | /drafts/{draft}/submit/
discard | writing/discard | clinician | /drafts/{draft}/discard/
withdraw, too late | parts/refused | colleague | /drafts/
add source | writing/source | clinician | /sources/add/
add source, wrong | writing/source | clinician | /sources/add/
add a collection | writing/collection | clinician | /sources/add/collection/
collection to tick | writing/collection | clinician | /sources/add/collection/
add picture | images/add | clinician | /pictures/add/?draft={draft}
add picture, wrong | images/add | clinician | /pictures/add/
picture added | images/added | clinician | /pictures/add/
picture | images/picture | anybody | /pictures/{picture}/
picture, for a moderator | images/picture | moderator | /pictures/{picture}/
picture, withdrawn | images/picture | clinician | /pictures/{withdrawn}/
withdraw picture | images/withdraw | moderator | /pictures/{picture}/withdraw/
withdraw picture, no reason | images/withdraw | moderator | /pictures/{picture}/withdraw/

queue | queue/queue | moderator | /review/
queue of a clinician | queue/queue | clinician | /review/
queue, nothing like that | queue/queue | moderator | /review/?kind=anatomy&age=30
what reviewers do | statistics/reviewers | moderator | /review/statistics/
who can sign today | statistics/signers | moderator | /review/signers/
how long review takes | statistics/waits | anybody | /about/waits/
second reads | second_reads/listed | second-moderator | /review/second-reads/
second read | second_reads/second_read | second-moderator | /review/second-reads/{again}/
second read, no reason | second_reads/second_read | second-moderator | /review/second-reads/{again}/
review | review/review | moderator | /review/{waiting}/
review of the whole page with a change | whole_page/review | moderator | /review/{waiting}/whole-page/
review of what builds on it | review/review | second-moderator | /review/{built}/
review of a new page | review/review | moderator | /review/{new}/
review by its author | review/review | clinician | /review/{waiting}/
review, unanswered | review/review | moderator | /review/{new}/
review, no reason | review/review | moderator | /review/{new}/
review, an empty remark | review/review | moderator | /review/{waiting}/
review, exact text | review/review | moderator | /review/{waiting}/?text=exact
review, too late | review/review | moderator | /review/{late}/
review of what moved on | review/review | moderator | /review/{moved}/
review of what is decided | review/review | moderator | /review/{approved}/
review of what came back | review/review | clinician | /review/{rejected}/
clash | review/conflict | moderator | /review/{clash}/
clash, for its author | review/conflict | clinician | /review/{clash}/
check a source | source_checks/check | clinician | /sources/{source}/check/
check a source, not said how | source_checks/check | clinician | /sources/{source}/check/
records to sign | source_checks/waiting | moderator | /sources/checks/
record to sign | source_checks/decide | moderator | /sources/checks/{source_check}/
merge sources | same_work/merge | moderator | /sources/{source}/merge/
merge sources, not named | same_work/merge | moderator | /sources/{source}/merge/
notice of a journal | same_work/notice | moderator | /sources/{source}/notice/
notice of a journal, not said | same_work/notice | moderator | /sources/{source}/notice/
notice of another work | same_work/detach | moderator | /sources/notices/{notice}/detach/
notice of another work, no reason | same_work/detach | moderator | /sources/notices/{notice}/detach/
reports | reports/reports | clinician | /reports/
reports, one | reports/detail | moderator | /reports/{report}/
reports, no answer | reports/detail | moderator | /reports/{report}/
watch | watching/watch | reader | /wiki/hypoparathyroidism/watch/
watching | watching/watching | reader | /watching/
watching of a moderator, wrong | watching/watching | moderator | /watching/
unsubscribe | unsubscribe/unsubscribe | anybody | /unsubscribe/{ticket}/
unsubscribed | unsubscribe/unsubscribe | anybody | /unsubscribe/{ticket}/
unsubscribe, broken link | unsubscribe/unknown | anybody | /unsubscribe/no/
page, changed since | reading/page | reader | /wiki/hypoparathyroidism/
tasks | tasks/tasks | moderator | /tasks/
tasks, none of a cause | tasks/tasks | moderator | /tasks/?cause=lapsed
task, a premise | tasks/task | moderator | /tasks/{premise_task}/
task, a retraction | tasks/task | moderator | /tasks/{retracted_task}/
task, settled | tasks/task | moderator | /tasks/{settled_task}/
task, no outcome | tasks/task | moderator | /tasks/{second_read_task}/
review the whole page | whole_page/review | moderator | /wiki/old-advice/whole-page/
review the whole page of starter content | whole_page/review | moderator | /wiki/ataxia/whole-page/
look at a statement | looking_again/look_again | moderator | /wiki/old-advice/look-again/{seizures_row}/
owner | looking_again/owner | moderator | /wiki/headache/owner/
owner, twice | looking_again/owner | moderator | /wiki/tetany/owner/
take back | review/revert | moderator | /wiki/hypoparathyroidism/revert/
take back, no reason | review/revert | moderator | /wiki/tetany/revert/
take back, nothing there | review/revert | moderator | /wiki/taken-back/revert/
page with a correction | reading/page | anybody | /wiki/corrected/
version with a correction | reading/revision | moderator | /wiki/corrected/revisions/1/
version suppressed | protection/suppressed | anybody | /wiki/hushed/revisions/1/
history of a limited page | reading/history | moderator | /wiki/guarded/history/
correct | corrections/choose | moderator | /wiki/hypoparathyroidism/correct/
correct, gone | corrections/choose | moderator | /wiki/hypoparathyroidism/correct/?passage=gone
correct, chosen | corrections/write | moderator | /wiki/tetany/correct/
correct, not said why | corrections/write | moderator | /wiki/seizures/correct/
corrections | corrections/corrections | moderator | /corrections/
correction, to agree to | corrections/correction | second-moderator | /corrections/{proposed}/
correction in effect | corrections/correction | moderator | /corrections/{correction}/
protect | protection/protect | moderator | /wiki/hypoparathyroidism/protect/
protect, no reason | protection/protect | moderator | /wiki/seizures/protect/
protect, lift | protection/protect | moderator | /wiki/guarded/protect/
suppress | protection/suppress | moderator | /wiki/hypoparathyroidism/revisions/2/suppress/
meaning taken back | protection/withdraw_meaning | moderator | /wiki/hypoparathyroidism/revisions/2/meaning/
hidden for now | protection/suppress | moderator | /wiki/hushed/revisions/1/suppress/
suppress, no reason | protection/suppress | moderator | /wiki/hypoparathyroidism/revisions/1/suppress/
retired | reading/retired | anybody | /wiki/morbus-fahr/
retired, history | reading/history | anybody | /wiki/morbus-fahr/history/
retired, version | reading/revision | clinician | /wiki/morbus-fahr/revisions/2/
retired, edit | writing/edit | newcomer | /wiki/morbus-fahr/edit/
restore | writing/restore | newcomer | /wiki/hypoparathyroidism/restore/1/
restore a section | writing/restore | newcomer | /wiki/hypoparathyroidism/restore/1/?section=s-what-it-is
retire | subjects/retire | newcomer | /wiki/hypoparathyroidism/retire/
retire, not said why | subjects/retire | newcomer | /wiki/seizures/retire/
retire, seen | subjects/retire | newcomer | /wiki/calcinosis/retire/
retire again | subjects/retire | newcomer | /wiki/morbus-fahr/retire/
bring back | subjects/bring_back | newcomer | /wiki/morbus-fahr/bring-back/
merge | subjects/merge | newcomer | /wiki/hypoparathyroidism/merge/
merge, seen | subjects/merge | newcomer | /wiki/calcinosis/merge/?into=Ataxia
review of a retirement | review/review | moderator | /review/{retiring}/
news | notices/notices | clinician | /notices/
news, none | notices/notices | newcomer | /notices/

sign in | account/login | anybody | /accounts/login/
sign in, wrong | account/login | anybody | /accounts/login/
second step | mfa/authenticate | nobody | /accounts/login/
closed account | account/account_inactive | anybody | /accounts/inactive/
sign up | account/signup | anybody | /accounts/signup/
sign up, wrong | account/signup | anybody | /accounts/signup/
sign up, too often | 429 | anybody | /accounts/signup/
look at your mail | account/verification_sent | anybody | /accounts/confirm-email/
confirm | account/email_confirm | anybody | /accounts/confirm-email/{confirm}/
confirm, wrong | account/email_confirm | anybody | /accounts/confirm-email/no/
forgotten | account/password_reset | anybody | /accounts/password/reset/
forgotten, sent | account/password_reset_done | anybody | /accounts/password/reset/done/
new password | account/password_reset_from_key | nobody | /accounts/password/reset/key/{uid}-{key}/
new password, wrong | account/password_reset_from_key | anybody | /accounts/password/reset/key/1-no/
new password, done | account/password_reset_from_key_done | anybody | /accounts/password/reset/key/done/
profile | accounts/profile | reader | /accounts/profile/
profile, wrong | accounts/profile | reader | /accounts/profile/
addresses | account/email | reader | /accounts/email/
addresses, none | account/email | newcomer | /accounts/email/
password | account/password_change | reader | /accounts/password/change/
password, wrong | account/password_change | reader | /accounts/password/change/
sign out | account/logout | reader | /accounts/logout/
sessions | usersessions/usersession_list | keyholder | /accounts/sessions/
is it you | account/reauthenticate | clinician | /accounts/reauthenticate/
is it you, by code | mfa/reauthenticate | keyholder | /accounts/2fa/reauthenticate/
is it you, by key | mfa/webauthn/reauthenticate | keyholder | /accounts/2fa/webauthn/reauthenticate/
second steps | mfa/index | keyholder | /accounts/2fa/
second steps, none | mfa/index | reader | /accounts/2fa/
set up an app | mfa/totp/activate_form | colleague | /accounts/2fa/totp/activate/
set up an app, wrong | mfa/totp/activate_form | colleague | /accounts/2fa/totp/activate/
stop the app | mfa/totp/deactivate_form | keyholder | /accounts/2fa/totp/deactivate/
recovery codes | mfa/recovery_codes/index | keyholder | /accounts/2fa/recovery-codes/
new recovery codes | mfa/recovery_codes/generate | keyholder | /accounts/2fa/recovery-codes/generate/
keys | mfa/webauthn/authenticator_list | keyholder | /accounts/2fa/webauthn/
keys, none | mfa/webauthn/authenticator_list | reader | /accounts/2fa/webauthn/
add a key | mfa/webauthn/add_form | colleague | /accounts/2fa/webauthn/add/
rename a key | mfa/webauthn/edit_form | keyholder | {keys}{passkey}/edit/
remove a key | mfa/webauthn/authenticator_confirm_delete | keyholder | {keys}{passkey}/remove/
roles | accounts/roles | admin | /accounts/roles/
roles, nobody found | accounts/roles | admin | /accounts/roles/?q=xylophone
invite | accounts/invite | admin | /accounts/roles/invite/
specialties that count | accounts/signers | admin | /accounts/roles/signers/
grant | accounts/grant | admin | /accounts/roles/{reader}/
suspend | accounts/suspend | admin | /accounts/roles/{reader}/suspend/
suspend, not said why | accounts/suspend | admin | /accounts/roles/{reader}/suspend/
suspended, with work | accounts/suspend | admin | /accounts/roles/{suspended}/suspend/
registrations | trust/registrations | clinician | /accounts/registrations/
registrations, wrong | trust/registrations | newcomer | /accounts/registrations/
interests | trust/interests | tied | /accounts/interests/
interests, wrong | trust/interests | tied | /accounts/interests/
apply to write | applications/apply | colleague | /accounts/apply/
applied to write | applications/apply | reader | /accounts/apply/
applications | applications/applications | admin | /accounts/applications/
application | applications/one | admin | /accounts/applications/{application}/
application, no answer | applications/one | admin | /accounts/applications/{application}/
to verify | trust/to_verify | admin | /accounts/registrations/to-verify/
registration | trust/registration | admin | /accounts/registrations/{registration}/
registration, not said how | trust/registration | admin | /accounts/registrations/{registration}/
review by somebody with an interest | review/review | tied | /review/{new}/
grant, twice | parts/refused | admin | /accounts/roles/{reader}/
remove account | accounts/remove | admin | /accounts/roles/{reader}/remove/

not found | 404 | anybody | /wiki/hypoparathyriodism/
place that a list does not have | parts/no_such_place | anybody | /sources/?after=nowhere
not found at all | 404 | clinician | /xylophone/
not for everybody | 403 | reader | /review/
not to write on a page | 403 | reader | /wiki/hypoparathyroidism/edit/
an old form | 403_csrf | nobody | /accounts/login/
broken | 500 | anybody | /
"""
# Three years later, when reviews are overdue.
LATE = {"page overdue", "overdue", "page on a day", "search on a day"}


@dataclass(frozen=True)
class Place:
    """A page that somebody comes to."""

    name: str
    template: str
    who: str
    path: str

    @property
    def then(self) -> Act | None:
        """Return the act that is performed on the page first."""
        return ACTS.get(self.name)

    @contextmanager
    def at_its_time(self) -> Iterator[None]:
        """Return a block in which the clock is set to the time that this page needs."""
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1100)
        with time_machine.travel(later) if self.name in LATE else nullcontext():
            yield


def _read(table: str) -> Iterator[Place]:
    for line in filter(None, table.splitlines()):
        name, template, who, path = line.split(" | ")
        yield Place(name, f"{template}.html", who, path)


PLACES = [*_read(TABLE)]
