"""What an operator told of travel: a layer of each kind on the grid, and the speeds data keepers set."""

from django.conf import settings
from django.db import models

from apps.sources.history import tracked
from apps.sources.models import Load
from layers.travel import WALKING, TravelKind

FASTEST_KMH = 200
"""No way of ours is faster: a greater number is of another unit."""


class TravelLayer(models.Model):
    """One kind of layer, as it lies on the grid (`geo.grid.MALI`)."""

    kind = models.CharField("sorte", max_length=20, choices=[(k.value, k.value) for k in TravelKind])
    load = models.OneToOneField(Load, models.CASCADE, related_name="travel_layer")
    rows = models.PositiveIntegerField("lignes")
    cols = models.PositiveIntegerField("colonnes")
    number_type = models.CharField("type des nombres", max_length=10)
    """As numpy names it: uint32 bits of classes, uint16 codes of land cover, float32 slopes and frictions."""
    cells = models.BinaryField("cellules")
    """The numbers of all cells, row by row from the north, compressed by zlib."""
    classes = models.JSONField("classes", default=list)
    """The names of the classes: in the order of their bits; of land cover the codes found."""
    asked = models.JSONField("demandé", default=dict)
    """How the file was read: `class_field`, the column of its classes; `unit` of its numbers."""
    cells_told = models.PositiveIntegerField("cellules renseignées")

    class Meta:
        verbose_name = "couche de déplacement"
        verbose_name_plural = "couches de déplacement"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], name="travel_layer_is_one_of_its_kind"),
        ]

    def __str__(self):
        return f"{self.kind} · {self.load.file_name}"


@tracked
class TravelSpeed(models.Model):
    """A speed that a data keeper set in place of the default (`layers.travel`). 0: nothing passes."""

    what = models.CharField(
        "sorte", max_length=20, choices=[(WALKING, WALKING), *((k.value, k.value) for k in TravelKind)]
    )
    of_class = models.CharField("classe", max_length=60)
    kmh = models.FloatField("km/h")
    why = models.CharField("pourquoi", max_length=300)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "vitesse"
        ordering = ["what", "of_class"]
        constraints = [
            models.UniqueConstraint(fields=["what", "of_class"], name="travel_speed_is_one_of_its_class"),
            models.CheckConstraint(
                condition=models.Q(kmh__gte=0, kmh__lte=FASTEST_KMH), name="travel_speed_is_from_0_to_200_kmh"
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.of_class}: {self.kmh} km/h"
