"""What can be asked of loads and revisions."""

from django.db import models


class LoadQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(in_use=True)

    def of_kind(self, kind):
        return self.filter(kind=kind)


class LayerRevisionQuerySet(models.QuerySet):
    def of(self, *layers):
        """Return (sum of revisions, latest change) of these layers: it changes when any of them does."""
        total = self.filter(layer__in=layers).aggregate(
            revision=models.Sum("revision", default=0), changed_at=models.Max("changed_at")
        )
        return total["revision"], total["changed_at"]
