"""The database’s clock."""

import datetime as dt

from django.db import connection, models


class WallClock(models.Func):
    """The database's wall clock as `now` gives it, in the query that writes it."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


def now() -> dt.datetime:
    """Return the database's wall clock at this moment, which is later than the start of the transaction.

    Acts take their times after they hold the page's lock, so intervals cannot run backwards.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    moment: dt.datetime = row[0]
    return moment
