"""What programs ask for: robots.txt, llms.txt, sitemaps, security.txt, the search and the site's manifest."""

import datetime as dt
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from wiki.domain.help_topics import TOPICS
from wiki.domain.kinds import KINDS
from wiki.models import PublishedPage
from wiki.views.program_doors import only_read

# Paths that vary with each request, or are not about medical subjects.
NOT_FOR_SEARCH: Final = (
    "/search/",
    "/record/",
    "/v/",
    "/accounts/",
    "/admin/",
    "/new/",
    "/people/",
    "/infobutton",
    "/application",
    "/service",
    "/medlineplus/",
    "/data/",
)
# What programs are pointed at beneath such a path. The longest path that fits counts (RFC 9309).
STILL_READ: Final = ("anchors-json", "check-record", "chains")
# The pages that are about no subject, but are read by everybody: a sitemap of their own.
OF_THE_SITE: Final = (
    *("home", "index", "sources", "recalls", "about", "about-review", "owner-of-wiki"),
    *("contact", "privacy", "accessibility", "help", "api-reference"),
)
SITE: Final = "site"
# The sitemap protocol takes 50,000 addresses a file; fewer are read at once.
PER_SITEMAP: Final = 10_000
MOST_SITEMAPS: Final = 10_000
TEXT: Final = "text/plain; charset=utf-8"
VALID_FOR: Final = dt.timedelta(days=180)


@only_read
def robots(request: HttpRequest) -> HttpResponse:
    """Send what may be used how, the paths that search engines should not read, and the sitemap."""
    context = {"site": settings.SITE_URL, "not_for_search": NOT_FOR_SEARCH, "still_read": STILL_READ}
    return render(request, "programs/robots.txt", context, content_type=TEXT)


@only_read
def llms(request: HttpRequest) -> HttpResponse:
    """Say to programs that read text what this is, where its parts are and what may be used how."""
    context = {"site": settings.SITE_URL, "kinds": PublishedPage.objects.counts_by_kind()}
    return render(request, "programs/llms.txt", context, content_type=TEXT)


@only_read
def search_description(request: HttpRequest) -> HttpResponse:
    """Send what a browser needs to offer the search of the site (OpenSearch 1.1)."""
    kind = "application/opensearchdescription+xml"
    return render(request, "programs/opensearch.xml", {"site": settings.SITE_URL}, content_type=kind)


@only_read
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the sitemaps: one of the site itself, and some for each kind of page.

    Each with the day of the newest version in it.
    """
    found = PublishedPage.objects.for_search_engines().newest_by_kind()
    parts = [(reverse("sitemap-part", args=[SITE, 1]), None)] + [
        (reverse("sitemap-part", args=[kind, part]), newest)
        for kind, pages, newest in found
        for part in range(1, -(-pages // PER_SITEMAP) + 1)
    ]
    context = {"parts": parts, "site": settings.SITE_URL}
    return render(request, "programs/sitemap_index.xml", context, content_type="application/xml")


@only_read
def sitemap_part(request: HttpRequest, kind: str, part: int) -> HttpResponse:
    """List the pages of a kind that search engines are shown, with when their versions were published."""
    shown = _of_the_site(part) if kind == SITE else _of_kind(kind, part)
    if not shown:
        raise Http404("There is no such sitemap.")
    context = {"pages": shown, "site": settings.SITE_URL}
    return render(request, "programs/sitemap.xml", context, content_type="application/xml")


def _of_kind(kind: str, part: int) -> list[tuple[str, dt.datetime | None]]:
    pages = PublishedPage.objects.for_lists().for_search_engines().of_kind(kind).a_to_z()
    is_one = kind in KINDS and 0 < part <= MOST_SITEMAPS
    shown = pages[(part - 1) * PER_SITEMAP : part * PER_SITEMAP] if is_one else []
    return [(one.get_absolute_url(), one.publication.since) for one in shown]


def _of_the_site(part: int) -> list[tuple[str, dt.datetime | None]]:
    if part != 1:
        return []
    kinds = [kind.value for kind, pages in PublishedPage.objects.counts_by_kind() if pages]
    paths = [reverse(name) for name in OF_THE_SITE]
    paths += [reverse("index-kind", args=[kind]) for kind in kinds]
    return [(path, None) for path in (*paths, *(reverse("help-topic", args=[topic]) for topic in TOPICS))]


@only_read
def security(request: HttpRequest) -> HttpResponse:
    """Send the contact for reporting vulnerabilities (RFC 9116)."""
    contact = settings.SECURITY_CONTACT or f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    expires = (dt.datetime.now(dt.UTC) + VALID_FOR).strftime("%Y-%m-%dT00:00:00Z")
    place = f"{settings.SITE_URL}{reverse('security')}"
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en", f"Canonical: {place}"]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@only_read
def favicon(request: HttpRequest) -> HttpResponse:
    """Send the sign of the wiki to programs that look for it where all sites once had it."""
    icon = settings.BASE_DIR / "static" / "icon-192.png"
    return HttpResponse(
        icon.read_bytes(), content_type="image/png", headers={"Cache-Control": "public, max-age=86400"}
    )


@only_read
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the site is called and drawn when somebody keeps it on the start screen of a phone."""
    icons = [
        {"src": static(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    said = {
        "name": "Causeway",
        "short_name": "Causeway",
        "description": "A medical wiki that says who approved it",
        "lang": "en-GB",
        "start_url": reverse("home"),
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b4a63",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")
