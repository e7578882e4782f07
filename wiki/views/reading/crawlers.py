"""What programs ask for: robots.txt, sitemap.xml, security.txt, and the manifest of the site."""

import datetime as dt
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from wiki.models import PublishedPage

# Paths that vary with each request, or are not about medical subjects.
NOT_FOR_SEARCH: Final = (
    "/search/",
    "/record/",
    "/v/",
    "/accounts/",
    "/admin/",
    "/new/",
    "/people/",
    "/feeds/",
)
TEXT: Final = "text/plain; charset=utf-8"
VALID_FOR: Final = dt.timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Send the paths that search engines should not read, and the address of the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_SEARCH)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every published page, with the date of its version."""
    pages = PublishedPage.objects.for_lists().a_to_z()
    context = {"pages": pages, "site": settings.SITE_URL}
    return render(request, "reading/sitemap.xml", context, content_type="application/xml")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Send the contact for reporting vulnerabilities (RFC 9116)."""
    contact = settings.SECURITY_CONTACT or f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    expires = (dt.datetime.now(dt.UTC) + VALID_FOR).strftime("%Y-%m-%dT00:00:00Z")
    place = f"{settings.SITE_URL}{reverse('security')}"
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en", f"Canonical: {place}"]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@require_safe
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
