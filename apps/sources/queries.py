"""What can be asked of loads, revisions and uses."""

from django.db import connection, models


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


class LayerUseQuerySet(models.QuerySet):
    def by_format(self, *, since):
        """Return uses and bytes by layer, door and format from this day on, those most used first."""
        return (
            self.filter(day__gte=since)
            .values("layer", "door", "format")
            .annotate(times=models.Sum("uses"), size=models.Sum("bytes"))
            .order_by("-times", "layer", "door", "format")
        )


ADD_USES = """
INSERT INTO sources_layeruse (layer, day, door, format, uses, bytes)
SELECT * FROM unnest(%s::text[], %s::date[], %s::text[], %s::text[], %s::integer[], %s::bigint[])
ON CONFLICT (layer, day, door, format)
DO UPDATE SET uses = sources_layeruse.uses + EXCLUDED.uses, bytes = sources_layeruse.bytes + EXCLUDED.bytes
"""


def add_uses(rows):
    """Add rows of (layer, day, door, format, uses, bytes) to the counts there are, in one statement."""
    # In one order: two processes that write the same rows do not wait for each other.
    columns = zip(*sorted(rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(ADD_USES, [list(column) for column in columns])
