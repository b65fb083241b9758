"""
How far people are from each sort of institution: measured when registers change, asked in one query.

A group is what institutions that always count together have in common: their kind and the dated statuses
they had. For each settlement the distance to the nearest of every group is kept.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.boundaries.models import Area, Settlement
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
