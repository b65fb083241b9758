"""What can be asked of runs."""

from django.db import connection, models

UNDER_WAY = ("waiting", "running")


class RunQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kind=kind)

    def of_inputs(self, inputs):
        """Return those, answered or under way, that rest on the very same question and data."""
        return self.filter(inputs=inputs).exclude(state="failed")

    def answered(self):
        """Return those that have an answer."""
        return self.filter(state="done")

    def under_way(self):
        return self.filter(state__in=UNDER_WAY)

    def read_by(self, *, sees_all):
        """Return those that a reader may open: all, or the public ones."""
        return self.all() if sees_all else self.filter(is_public=True)

    def without_texts(self):
        """Leave question and answer in the database: a list does not need them."""
        return self.defer("question", "answer")


class RunFileQuerySet(models.QuerySet):
    def without_bodies(self):
        """Leave the bytes in the database: a page only tells of them."""
        return self.defer("body")


def session_name(run_id):
    """Return what the statements of a run are found by in the database while it is computed."""
    return f"maillage run {run_id}"


def end_statements(name):
    """End the statements under way in sessions of this name; return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = %s AND datname = current_database() AND pid <> pg_backend_pid()",
            [name],
        )
        return len(cursor.fetchall())
