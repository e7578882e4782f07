"""Sessions in the database, as Django keeps them; the query of each signed-in request is composed once."""

import datetime as dt
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from wiki.models.lists.prepared import prepared_row


class SessionStore(db.SessionStore):
    """A session in the database."""

    def _get_session_from_db(self) -> Session | None:
        session = _open_session(Session.objects.get_queryset(), self.session_key, timezone.now())
        if session is None:
            self._session_key = None
        return session


@prepared_row
def _open_session(
    sessions: "models.QuerySet[Session]", key: str | None, moment: dt.datetime
) -> models.QuerySet[Any, Session]:
    return sessions.filter(session_key=key, expire_date__gt=moment)
