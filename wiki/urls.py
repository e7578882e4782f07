"""The shape of the site in one screen."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from wiki.admin import site
from wiki.views import (
    access,
    accounts,
    asking,
    autosave,
    conflicts,
    explore,
    guide,
    images,
    reading,
    reports,
    review,
    same_work,
    search,
    sections,
    sources,
    subjects,
    writing,
)

page_urls = [
    path("", reading.page, name="page"),
    path("history/", reading.history, name="history"),
    path("revisions/<int:number>/", reading.revision, name="revision"),
    path("compare/", reading.compare, name="compare"),
    path("cite/", reading.cite, name="cite"),
    path("links/", explore.links, name="links"),
    path("edit/", writing.edit, name="edit"),
    path("edit/<str:section>/", sections.section, name="edit-section"),
    path("take-back/", review.take_back, name="take-back"),
    path("retire/", subjects.retire, name="retire"),
    path("bring-back/", subjects.bring_back, name="bring-back"),
    path("merge/", subjects.merge, name="merge"),
    path("report/", reports.report, name="report-page"),
    path("reported/", reports.reported, name="reported"),
    path("watch/", reports.watch, name="watch"),
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
    path("", writing.drafts, name="drafts"),
    path("autosave/", autosave.autosave, name="autosave"),
    path("<int:pk>/", writing.draft, name="draft"),
    path("<int:pk>/checks/", asking.checks, name="checks"),
    path("<int:pk>/conflict/", conflicts.conflict, name="conflict"),
    path("<int:pk>/discard/", writing.discard, name="discard"),
]

review_urls = [
    path("", review.queue, name="queue"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/approve/", review.approve, name="approve"),
    path("<int:pk>/request-changes/", review.request_changes, name="request-changes"),
    path("<int:pk>/reject/", review.reject, name="reject"),
    path("<int:pk>/rebase/", review.rebase, name="rebase"),
    path("<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("<int:pk>/build-on/", writing.build_on, name="build-on"),
    path("<int:pk>/resume/", writing.resume, name="resume"),
]

account_urls: list[URLPattern | URLResolver] = [
    path("profile/", accounts.profile, name="profile"),
    path("roles/", accounts.roles, name="roles"),
    path("roles/<int:pk>/", accounts.grant, name="grant"),
    path("roles/<int:pk>/remove/", accounts.remove, name="remove-account"),
    path("", include("allauth.urls")),
]

urlpatterns = [
    path("", reading.home, name="home"),
    path("wiki/<slug:slug>/", include(page_urls)),
    path("new/", writing.new, name="new"),
    path("drafts/", include(draft_urls)),
    path("preview/", asking.preview, name="preview"),
    path("paste/", asking.paste, name="paste"),
    path("cite/", asking.cite, name="cite-source"),
    path("lookup/pages/", asking.lookup_pages, name="lookup-pages"),
    path("lookup/tie/", asking.lookup_tie, name="lookup-tie"),
    path("lookup/sources/", sources.lookup_sources, name="lookup-sources"),
    path("review/", include(review_urls)),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.one, name="report"),
    path("reports/<int:pk>/take-up/", reports.take_up, name="take-up-report"),
    path("overdue/", review.overdue, name="overdue"),
    path("pictures/", include(picture_urls)),
    path("notices/", review.notices, name="notices"),
    path("index/", reading.index, name="index"),
    path("index/<slug:kind>/", reading.index, name="index-kind"),
    path("latest/", reading.latest, name="latest"),
    path("sources/", reading.sources, name="sources"),
    path("sources/<int:pk>/", reading.source, name="source"),
    path("sources/<int:pk>/merge/", same_work.merge, name="merge-source"),
    path("sources/<int:pk>/part/", same_work.part, name="part-source"),
    path("sources/<int:pk>/notice/", same_work.give_notice, name="notice-source"),
    path("sources/add/", sources.add_source, name="add-source"),
    # PostgreSQL takes no NUL, so a name with one is nobody's.
    re_path(r"^people/(?P<username>[^/\x00]+)/$", reading.person, name="person"),
    path("search/", search.search, name="search"),
    path("about/", reading.about, name="about"),
    path("about/review/", reading.about_review, name="about-review"),
    path("help/", guide.topics, name="help"),
    path("help/<slug:topic>/", guide.topic, name="help-topic"),
    path("appearance/", reading.appearance, name="appearance"),
    path("accounts/", include(account_urls)),
    path("admin/", site.urls),
    path("healthz", access.healthz, name="healthz"),
    path("readyz", access.readyz, name="readyz"),
]

handler403 = "wiki.views.access.forbidden"
handler404 = "wiki.views.access.missing"
