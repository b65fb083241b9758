"""Who works where. First: the cercles that the programme chose."""

from django.db import models

from apps.boundaries.models import Area
from apps.sources.models import Load
from geo.vocabulary import ZoneLogic


class TargetCercle(models.Model):
    """A cercle the programme document names, and the cercle of the active edition it stands for."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="targets")
    row = models.PositiveSmallIntegerField("ligne")
    cercle_name = models.CharField("cercle selon le document", max_length=100)
    region_name = models.CharField("région selon le document", max_length=100)
    zone_logic = models.CharField(
        "logique de zone", max_length=12, choices=[(z.value, z.value) for z in ZoneLogic]
    )
    objective = models.CharField("objectif", max_length=300, blank=True)
    communes = models.PositiveSmallIntegerField("communes selon le document")
    phase = models.CharField(max_length=300, blank=True)
    volunteer_planned = models.BooleanField("volontaire prévu", null=True)
    slavery_focus = models.CharField(max_length=100, blank=True)
    note = models.TextField("doute", blank=True)
    source_passage = models.CharField("passage", max_length=300, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="targets")

    class Meta:
        verbose_name = "cercle cible du programme"
        verbose_name_plural = "cercles cibles du programme"
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["load", "row"], name="target_cercle_is_once_in_its_load"),
        ]

    def __str__(self):
        return self.cercle_name
