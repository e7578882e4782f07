"""Django with nothing but one SELECT: what the stored answers are measured beside."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    from wiki.settings import database_at

    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.bench.bare_django",
        MIDDLEWARE=[],
        DATABASES={"default": database_at(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": None}},
    )
    django.setup()


def one(request: HttpRequest) -> HttpResponse:
    """Answer with the one title that is found."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM wiki_publishedpage WHERE slug = %s", ["hypoparathyroidism"])
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path("", one)]
application = get_wsgi_application()
