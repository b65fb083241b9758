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

    class Why(models.TextChoices):
        """Why something is not known of an area."""

        NO_EVENT = "no_event", "aucun événement"
        ONE_EVENT = "one_event", "un seul événement"
        TOO_FEW_AREAS = "too_few_areas", "trop peu d’unités"
        ALL_ALIKE = "all_alike", "toutes les unités se valent"
        NO_NEIGHBOUR = "no_neighbour", "aucune voisine"
        PEOPLE_NOT_KNOWN = "people_not_known", "population par maille inconnue"
        NO_INHABITED_CELL = "no_inhabited_cell", "aucune maille habitée"

    measure = models.CharField(max_length=20, choices=Measure)
    source = models.CharField("source", max_length=10)
    level = models.PositiveSmallIntegerField("niveau")
    since = models.DateField()
    until = models.DateField()
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    value = models.FloatField("valeur", null=True)
    """The statistic: z of Gi*, share of cells, events by 1 000 km² and year; None: not known, and `why`."""
    p_value = models.FloatField(null=True)
    q_value = models.FloatField(null=True)
    """p after control of the false-discovery rate (Benjamini and Hochberg 1995)."""
    label = models.CharField("classe", max_length=30, blank=True)
    detail = models.JSONField(default=dict)
    why = models.CharField("pourquoi", max_length=20, blank=True, choices=Why)
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
