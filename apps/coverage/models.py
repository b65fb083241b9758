"""
How far people are from each sort of institution: measured when registers change, asked in one query.

A group is what institutions that always count together have in common: their kind and the dated statuses
they had. For each settlement the distance to the nearest of every group is kept.
"""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField

from apps.boundaries.models import Area, DensityCell, Settlement
from apps.sources.models import Load
from geo.vocabulary import InstitutionKind


class InstitutionGroup(models.Model):
    """Institutions of one kind with the same history of statuses, or works planned of one kind."""

    position = models.PositiveSmallIntegerField(unique=True)
    """Which element of `SettlementReach.metres` is theirs, counted from 1 as PostgreSQL does."""
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in InstitutionKind])
    statuses = models.JSONField(default=list)
    """[[day from which, status], ...], earliest first; empty for planned works."""
    is_planned = models.BooleanField(default=False)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.position} {self.kind}"


class SettlementReach(models.Model):
    """A settlement with its people and its geodesic distance to the nearest institution of each group."""

    settlement = models.OneToOneField(Settlement, models.CASCADE, primary_key=True, related_name="reach")
    region = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    cercle = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    commune = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    people = models.PositiveIntegerField(null=True)
    """Its share of its cercle's people; None where the cercle has no figure."""
    metres = ArrayField(models.FloatField(null=True), default=list)
    """By position of the group; None: none of it within the longest limit that may be asked."""

    def __str__(self):
        return f"{self.settlement_id}: {self.people}"


class MeasuredPlace(models.Model):
    """
    An institution or a planned work as it was when distances were last measured.

    What differs from it since must be measured again: hence no key to the institution, which may be
    gone while the distances to it still stand.
    """

    institution_id = models.BigIntegerField(null=True)
    work = models.CharField(max_length=10, blank=True)
    """The code of the planned work; empty for an institution."""
    group = models.ForeignKey(InstitutionGroup, models.CASCADE, related_name="places")
    location = models.PointField(geography=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution_id"], name="institution_is_measured_once"),
            models.UniqueConstraint(
                fields=["work"], condition=~models.Q(work=""), name="planned_work_is_measured_once"
            ),
            models.CheckConstraint(
                condition=models.Q(institution_id__isnull=False, work="")
                | (models.Q(institution_id__isnull=True) & ~models.Q(work="")),
                name="measured_place_is_an_institution_or_a_work",
            ),
        ]

    def __str__(self):
        return self.work or str(self.institution_id)


class CercleDistance(models.Model):
    """How far a settlement is from another cercle, on the ellipsoid; no row: beyond the longest limit."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="+")
    cercle = models.ForeignKey(Area, models.CASCADE, related_name="+")
    metres = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "cercle"], name="cercle_is_measured_once"),
        ]

    def __str__(self):
        return f"{self.settlement_id} {self.cercle_id}: {self.metres} m"


class CellShare(models.Model):
    """
    Which share of a cell of the population raster lies in an area: sums by area repeat without geometry.

    Kept for the cercles and the communes of an edition; a cell outside an area has no row.
    """

    cell = models.ForeignKey(DensityCell, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    share = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "cell"], name="cell_is_shared_once_with_an_area"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=1), name="share_of_a_cell_is_a_share"
            ),
        ]

    def __str__(self):
        return f"{self.area_id}: {self.share:.3f}"


class RasterPeople(models.Model):
    """The people of a fine raster in an area, summed once from the file: its cells are too many to keep."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="+")
    load = models.ForeignKey(Load, models.CASCADE, related_name="+")
    people = models.FloatField()

    def __str__(self):
        return f"{self.area_id}: {self.people:.0f}"


class CommuneCount(models.Model):
    """The people of a commune as a table tells them: when all of a cercle are told, they share its figure."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="+")
    load = models.ForeignKey(Load, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.area_id}: {self.people} ({self.year})"


class CommuneEstimate(models.Model):
    """
    The people of a commune, which no source counts: the estimate, the least and the most, and a raster alone.

    None: no figure of its cercle, or no listed settlement. `raster` is not scaled to the cercle.
    """

    commune = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="+")
    settlements = models.PositiveIntegerField()
    people = models.PositiveIntegerField(null=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    raster = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people__isnull=True, low__isnull=True, high__isnull=True)
                | models.Q(people__gte=models.F("low"), people__lte=models.F("high")),
                name="estimate_of_a_commune_lies_in_its_interval",
            ),
        ]

    def __str__(self):
        return f"{self.commune_id}: {self.people}"
