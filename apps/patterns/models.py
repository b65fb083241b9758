"""What was computed from counts of events by a worker, with the question it answers and the seed."""

from django.db import models

from apps.boundaries.models import Area


class Pattern(models.Model):
    """
    One figure of an area over a period, too heavy for a web process: hot spot, diffusion, class of conflict.

    Made anew by a job after events, boundaries or people change; `inputs` tells of which state.
    """

    class Measure(models.TextChoices):
        HOT_SPOT = "hot_spot", "point chaud (Gi*)"
        DIFFUSION = "diffusion", "diffusion"
        CONFLICT_CLASS = "conflict_class", "classe de conflit (SCDi)"

    measure = models.CharField(max_length=20, choices=Measure)
    source = models.CharField("source", max_length=10)
    level = models.PositiveSmallIntegerField("niveau")
    since = models.DateField()
    until = models.DateField()
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    value = models.FloatField("valeur", null=True)
    """The statistic: z of Gi*, share of cells, events per 100 km2; None: not known, and `why`."""
    p_value = models.FloatField(null=True)
    q_value = models.FloatField(null=True)
    """p after control of the false-discovery rate (Benjamini and Hochberg 1995)."""
    label = models.CharField("classe", max_length=30, blank=True)
    detail = models.JSONField(default=dict)
    why = models.CharField("pourquoi", max_length=200, blank=True)
    inputs = models.CharField("état des données", max_length=64)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["measure", "source", "level", "since", "area__pcode"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "source", "level", "since", "until", "area"], name="pattern_is_kept_once"
            )
        ]

    def __str__(self):
        return f"{self.measure} {self.area_id}"
