"""What stands: police, courts, prisons, as far as a register tells. Absence from it is unknown, not none."""

from django.contrib.gis.db import models

from apps.boundaries.models import Area
from apps.infrastructure.queries import InstitutionQuerySet
from apps.sources.models import Load
from geo.vocabulary import InstitutionFamily, InstitutionKind, InstitutionStatus


def choices(words):
    return [(word.value, word.value) for word in words]


class Institution(models.Model):
    family = models.CharField("famille", max_length=10, choices=choices(InstitutionFamily), editable=False)
    kind = models.CharField("sorte", max_length=20, choices=choices(InstitutionKind))
    name = models.CharField("nom", max_length=200, blank=True)
    status = models.CharField(
        "état", max_length=20, choices=choices(InstitutionStatus), default=InstitutionStatus.UNKNOWN
    )
    location = models.PointField("lieu", geography=True)
    register = models.CharField("registre", max_length=60)
    source_id = models.CharField("identifiant de la source", max_length=60, blank=True)
    load = models.ForeignKey(Load, models.CASCADE, null=True, blank=True, related_name="institutions")
    updated = models.DateTimeField("mis à jour", auto_now=True)
    region = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")
    commune = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["load", "source_id"],
                condition=models.Q(load__isnull=False),
                name="institution_is_once_in_its_load",
            ),
        ]

    def __str__(self):
        return self.name or self.kind
