"""What happened, and how often by cercle and month."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from apps.boundaries.models import Area
from apps.boundaries.queries import on_the_plane
from apps.events.queries import ConflictEventQuerySet, EventCountQuerySet
from apps.sources.models import Load
from geo.vocabulary import DatePrecision, PlacePrecision


class ConflictEvent(models.Model):
    load = models.ForeignKey(Load, models.CASCADE, related_name="events")
    source_event_id = models.CharField("identifiant de la source", max_length=40)
    occurred_on = models.DateField("date")
    time_precision = models.PositiveSmallIntegerField(
        "précision de la date", choices=DatePrecision.__members__.items()
    )
    event_type = models.CharField("type", max_length=40)
    sub_event_type = models.CharField("sous-type", max_length=60, blank=True)
    actor1 = models.CharField("acteur 1", max_length=300, blank=True)
    actor2 = models.CharField("acteur 2", max_length=300, blank=True)
    fatalities = models.PositiveIntegerField("morts")
    location = models.PointField("lieu", geography=True)
    geo_precision = models.PositiveSmallIntegerField("précision du lieu")
    location_name = models.CharField("lieu-dit", max_length=200, blank=True)
    admin1 = models.CharField("région selon la source", max_length=100, blank=True)
    admin2 = models.CharField("cercle selon la source", max_length=100, blank=True)
    admin3 = models.CharField("commune selon la source", max_length=100, blank=True)
    source_updated = models.DateTimeField("mis à jour par la source", null=True)
    other_columns = models.JSONField(default=dict)
    is_simulated = models.BooleanField("simulé", default=False)
    region = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    commune = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")

    objects = ConflictEventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ["-occurred_on", "pk"]
        # The map and the downloads ask for a stretch of time, newest first.
        indexes = [
            models.Index(fields=["-occurred_on", "id"], name="event_by_date"),
            # A bbox is asked on the plane.
            GistIndex(on_the_plane("location"), name="event_in_a_box"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["load", "source_event_id"], name="event_is_once_in_its_load"),
            models.CheckConstraint(
                condition=models.Q(geo_precision__in=[p.value for p in PlacePrecision]),
                name="event_place_precision_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(time_precision__in=[p.value for p in DatePrecision]),
                name="event_date_precision_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.event_type}, {self.location_name}"


class EventCount(models.Model):
    """
    Events of one type in one cercle and month, made at load.

    `events` counts those placed in the cercle; `events_region_only` those whose source knows only the
    region and gives a point of this cercle: they must not raise it.
    """

    cercle = models.ForeignKey(Area, models.CASCADE, related_name="event_counts")
    month = models.DateField("mois")
    event_type = models.CharField("type", max_length=40)
    events = models.PositiveIntegerField("événements")
    fatalities = models.PositiveIntegerField("morts")
    events_region_only = models.PositiveIntegerField("événements connus à la région seulement")
    fatalities_region_only = models.PositiveIntegerField("morts connus à la région seulement")

    objects = EventCountQuerySet.as_manager()

    class Meta:
        ordering = ["month", "cercle__pcode", "event_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["cercle", "month", "event_type"], name="event_count_is_once_a_cercle_month_and_type"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="event_count_month_is_its_first_day"
            ),
        ]

    def __str__(self):
        return f"{self.cercle} {self.month:%Y-%m} {self.event_type}: {self.events}"


class ClassLimits(models.Model):
    """The class limits of one choropleth, made at load so that every reader sees the same map."""

    level = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=5)
    indicator = models.CharField(max_length=30)
    limits = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "period", "indicator"], name="class_limits_are_once_a_choropleth"
            )
        ]

    def __str__(self):
        return f"{self.indicator} {self.level} {self.period}"
