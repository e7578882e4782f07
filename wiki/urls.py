"""Addresses of the site."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from wiki.admin import site
from wiki.views import access
from wiki.views.library import images, source_merging, sources
from wiki.views.people import accounts, credentials, subscriptions, unsubscribe
from wiki.views.reading import (
    contributors,
    crawlers,
    explore,
    feeds,
    guide,
    pages,
    record,
    search,
    statistics,
)
from wiki.views.reviewing import (
    corrections,
    protection,
    queue,
    remarks,
    reports,
    reverification,
    review,
    second_reads,
    signers,
    tasks,
    whole_page,
)
from wiki.views.writing import autosave, conflicts, drafts, lookups, page_state, sections

page_urls = [
    path("", pages.page, name="page"),
    path("history/", pages.history, name="history"),
    path("revisions/<int:number>/", pages.revision, name="revision"),
    path("compare/", pages.compare, name="compare"),
    path("cite/", pages.cite, name="cite"),
    path("links/", explore.links, name="links"),
    path("edit/", drafts.edit, name="edit"),
    path("edit/<str:section>/", sections.section, name="edit-section"),
    path("take-back/", review.take_back, name="take-back"),
    path("correct/", corrections.correct, name="correct"),
    path("protect/", protection.protect, name="protect"),
    path("revisions/<int:number>/suppress/", protection.suppress, name="suppress"),
    path("revisions/<int:number>/meaning/", protection.withdraw_meaning, name="withdraw-meaning"),
    path("retire/", page_state.retire, name="retire"),
    path("bring-back/", page_state.bring_back, name="bring-back"),
    path("merge/", page_state.merge, name="merge"),
    path("whole-page/", whole_page.of_page, name="review-page"),
    path("look-again/<slug:relation>/<int:other>/", reverification.look_again_at, name="look-again-at"),
    path("owner/", reverification.owner, name="owner"),
    path("report/", reports.report, name="report-page"),
    path("reported/", reports.reported, name="reported"),
    path("watch/", subscriptions.watch, name="watch"),
]

PICTURE = "(?P<name>[0-9a-f]{16})"
picture_urls = [
    path("", images.upload, name="upload"),
    path("add/", images.add, name="add-picture"),
    re_path(rf"^{PICTURE}/$", images.picture, name="picture"),
    re_path(rf"^{PICTURE}/withdraw/$", images.withdraw, name="withdraw-picture"),
    re_path(
        rf"^{PICTURE}/(?P<width>[0-9]{{1,5}})\.(?P<extension>webp|jpg|png)$",
        images.rendition,
        name="rendition",
    ),
]

draft_urls = [
    path("", drafts.drafts, name="drafts"),
    path("autosave/", autosave.autosave, name="autosave"),
    path("<int:pk>/", drafts.draft, name="draft"),
    path("<int:pk>/checks/", lookups.checks, name="checks"),
    path("<int:pk>/conflict/", conflicts.conflict, name="conflict"),
    path("<int:pk>/discard/", drafts.discard, name="discard"),
]

review_urls = [
    path("", queue.queue, name="queue"),
    path("signers/", signers.signers, name="signers"),
    path("statistics/", statistics.reviewers, name="reviewers"),
    path("second-reads/", second_reads.listed, name="second-reads"),
    path("second-reads/<int:pk>/", second_reads.one, name="second-read"),
    path("<int:pk>/claim/", queue.claim, name="claim"),
    path("<int:pk>/later/", queue.later, name="later"),
    path("<int:pk>/release/", queue.release, name="release"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/seconds/", review.seconds, name="seconds"),
    path("<int:pk>/remarks/", remarks.remark, name="remark"),
    path("<int:pk>/remarks/<int:thread>/answer/", remarks.answer, name="answer-remark"),
    path("<int:pk>/remarks/<int:thread>/resolve/", remarks.resolve, name="resolve-remark"),
    path("<int:pk>/remarks/<int:thread>/reopen/", remarks.reopen, name="reopen-remark"),
    path("<int:pk>/approve/", review.approve, name="approve"),
    path("<int:pk>/publish/", review.publish, name="publish"),
    path("<int:pk>/whole-page/", whole_page.of_submission, name="review-whole-page"),
    path("<int:pk>/request-changes/", review.request_changes, name="request-changes"),
    path("<int:pk>/reject/", review.reject, name="reject"),
    path("<int:pk>/rebase/", review.rebase, name="rebase"),
    path("<int:pk>/withdraw/", drafts.withdraw, name="withdraw"),
    path("<int:pk>/build-on/", drafts.build_on, name="build-on"),
    path("<int:pk>/resume/", drafts.resume, name="resume"),
]

account_urls: list[URLPattern | URLResolver] = [
    path("profile/", accounts.profile, name="profile"),
    path("roles/", accounts.roles, name="roles"),
    path("roles/<int:pk>/", accounts.grant, name="grant"),
    path("roles/<int:pk>/remove/", accounts.remove, name="remove-account"),
    path("roles/<int:pk>/suspend/", accounts.suspend, name="suspend"),
    path("roles/<int:pk>/lift/", accounts.lift, name="lift"),
    path("roles/<int:pk>/hand-over-work/", accounts.hand_over_work, name="hand-over-work"),
    path("registrations/", credentials.registrations, name="registrations"),
    path("registrations/<int:pk>/take-back/", credentials.take_back, name="take-back-registration"),
    path("registrations/to-verify/", credentials.to_verify, name="to-verify"),
    path("registrations/<int:pk>/", credentials.registration, name="registration"),
    path("registrations/<int:pk>/verify/", credentials.verify, name="verify-registration"),
    path("registrations/<int:pk>/decline/", credentials.decline, name="decline-registration"),
    path("registrations/<int:pk>/revoke/", credentials.revoke, name="revoke-registration"),
    path("interests/", credentials.interests, name="interests"),
    path("", include("allauth.urls")),
]

urlpatterns = [
    path("", pages.home, name="home"),
    path("wiki/<slug:slug>/", include(page_urls)),
    path("new/", drafts.new, name="new"),
    path("drafts/", include(draft_urls)),
    path("preview/", lookups.preview, name="preview"),
    path("paste/", lookups.paste, name="paste"),
    path("cite/", lookups.cite, name="cite-source"),
    path("lookup/pages/", lookups.lookup_pages, name="lookup-pages"),
    path("lookup/tie/", lookups.lookup_tie, name="lookup-tie"),
    path("lookup/sources/", sources.lookup_sources, name="lookup-sources"),
    path("review/", include(review_urls)),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/agree/", corrections.agree, name="agree-correction"),
    path("corrections/<int:pk>/lift/", corrections.lift, name="lift-correction"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.one, name="report"),
    path("reports/<int:pk>/take-up/", reports.take_up, name="take-up-report"),
    path("overdue/", reverification.overdue, name="overdue"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("pictures/", include(picture_urls)),
    path("notices/", subscriptions.notices, name="notices"),
    path("watching/", subscriptions.watching, name="watching"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("feeds/approvals/", feeds.approvals, name="feed-approvals"),
    path("feeds/pages/<slug:slug>/", feeds.of_page, name="feed-page"),
    path("feeds/kinds/<slug:kind>/", feeds.of_kind, name="feed-kind"),
    path("feeds/people/<str:username>/", feeds.of_person, name="feed-person"),
    path("v/<int:pk>-<int:number>/", record.printed, name="printed"),
    path("v/<int:pk>-<int:number>.json", record.version_file, name="version-file"),
    path("record/", record.record, name="record"),
    re_path(r"^record/record\.(?P<extension>csv|jsonl)$", record.export, name="record-file"),
    path("record/anchors/", record.anchors, name="anchors"),
    path("record/anchors.json", record.anchors_json, name="anchors-json"),
    path("record/chains.jsonl", record.chains, name="chains"),
    path("record/check_record.py", record.check_record_script, name="check-record"),
    path("index/", pages.index, name="index"),
    path("index/<slug:kind>/", pages.index, name="index-kind"),
    path("latest/", pages.latest, name="latest"),
    path("sources/", pages.sources, name="sources"),
    path("sources/<int:pk>/", pages.source, name="source"),
    path("sources/<int:pk>/merge/", source_merging.merge, name="merge-source"),
    path("sources/<int:pk>/part/", source_merging.part, name="part-source"),
    path("sources/<int:pk>/notice/", source_merging.give_notice, name="notice-source"),
    path("sources/add/", sources.add_source, name="add-source"),
    # PostgreSQL takes no NUL, so a name with one is nobody's.
    re_path(r"^people/(?P<username>[^/\x00]+)/$", contributors.person, name="person"),
    re_path(
        r"^people/(?P<username>[^/\x00]+)/record\.(?P<ending>csv|json)$",
        contributors.record,
        name="person-record",
    ),
    path("search/", search.search, name="search"),
    path("about/", pages.about, name="about"),
    path("about/review/", pages.about_review, name="about-review"),
    path("about/waits/", statistics.waits, name="waits"),
    path("help/", guide.topics, name="help"),
    path("help/<slug:topic>/", guide.topic, name="help-topic"),
    path("appearance/", pages.appearance, name="appearance"),
    path("accounts/", include(account_urls)),
    path("admin/", site.urls),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path(".well-known/security.txt", crawlers.security, name="security"),
    path("healthz", access.healthz, name="healthz"),
    path("readyz", access.readyz, name="readyz"),
]

handler403 = "wiki.views.access.forbidden"
handler404 = "wiki.views.access.missing"
handler500 = "wiki.views.access.failed"
