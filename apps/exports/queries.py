"""What can be asked of files that wait for their readers."""

from django.db import models

UNDER_WAY = ("waiting", "running")


class ExportQuerySet(models.QuerySet):
    def under_way(self):
        """Return those that are still to be made."""
        return self.filter(state__in=UNDER_WAY)

    def made(self):
        """Return those whose file is there."""
        return self.filter(state="done")

    def living(self):
        """Return those made or still to be made: one of each key."""
        return self.exclude(state="failed")

    def expired(self, now):
        """Return those whose time is over."""
        return self.filter(expires__lte=now)
