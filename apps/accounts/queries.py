"""What can be asked of tokens, and the counts of bytes."""

from django.db import connection, models
from django.db.models import Q


class ApiTokenQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(owner=user)

    def living(self, now):
        return self.filter(revoked__isnull=True, expires__gt=now)

    def over_since(self, moment):
        """Return those that had expired or been revoked by then."""
        return self.filter(Q(expires__lte=moment) | Q(revoked__lte=moment))


ADD_BYTES = """
INSERT INTO accounts_bytestaken (day_id, reader, bytes) VALUES (%(day)s, %(reader)s, %(bytes)s)
ON CONFLICT (day_id, reader) DO UPDATE SET bytes = accounts_bytestaken.bytes + EXCLUDED.bytes
WHERE accounts_bytestaken.bytes + EXCLUDED.bytes <= %(most)s
"""


def add_bytes(*, day, reader, bytes_, most):
    """
    Count bytes of a reader, unless they would make more than `most` of the day; return whether it was done.

    In one statement: two answers at once cannot both take the last bytes.
    """
    if bytes_ > most:
        return False
    with connection.cursor() as cursor:
        cursor.execute(ADD_BYTES, {"day": day, "reader": reader, "bytes": bytes_, "most": most})
        return cursor.rowcount == 1
