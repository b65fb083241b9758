"""What happened, as each source told it and tells it now, and how often by place and month."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from apps.boundaries.models import Area
from apps.boundaries.queries import on_the_plane
from apps.events.queries import ConflictEventQuerySet, CountViewQuerySet, EventCountQuerySet
from apps.sources.models import Load
from geo.vocabulary import DatePrecision, EventSource, PlacePrecision

IS_CURRENT = models.Q(known_until=None)


class ConflictEvent(models.Model):
    """
    One version of an event as its source told it.

    Current while `known_until` is None; a change or a deletion at the source closes it, and nothing is lost.
    """

    # References are not checked row by row (decision 0012): those checks cost as much as all the rest of a
    # load. Django follows them when a load or an edition is deleted.
    load = models.ForeignKey(Load, models.CASCADE, related_name="events", db_constraint=False, db_index=False)
    """The load that brought this version."""
    source = models.CharField("source", max_length=10, choices=[(s.value, s.value) for s in EventSource])
    source_event_id = models.CharField("identifiant de la source", max_length=40)
    digest = models.UUIDField()
    """128 bits of a hash of everything the source tells: another digest, another version."""
    known_from = models.DateTimeField("connu depuis")
    known_until = models.DateTimeField("connu jusqu’à", null=True)
    ended_by = models.ForeignKey(
        Load, models.SET_NULL, null=True, related_name="ended_events", db_constraint=False, db_index=False
    )
    """The load that changed or deleted it; None while it is current."""
    occurred_on = models.DateField("date")
    """The first of its days, where the source tells several."""
    last_day = models.DateField("dernier jour", null=True)
    """None: one day."""
    time_precision = models.PositiveSmallIntegerField(
        "précision de la date", choices=DatePrecision.__members__.items()
    )
    event_type = models.CharField("type", max_length=40)
    sub_event_type = models.CharField("sous-type", max_length=60, blank=True)
    actor1 = models.CharField("acteur 1", max_length=300, blank=True)
    actor2 = models.CharField("acteur 2", max_length=300, blank=True)
    civilians_targeted = models.BooleanField("civils visés", default=False)
    fatalities = models.PositiveIntegerField("morts")
    """The source's best estimate."""
    fatalities_low = models.PositiveIntegerField("morts, au moins", null=True)
    fatalities_high = models.PositiveIntegerField("morts, au plus", null=True)
    clarity = models.PositiveSmallIntegerField("clarté", null=True)
    """UCDP's event_clarity: 1 one event told, 2 several told as one."""
    location = models.PointField("lieu", geography=True, spatial_index=False)
    geo_precision = models.PositiveSmallIntegerField("précision du lieu")
    location_name = models.CharField("lieu-dit", max_length=200, blank=True)
    admin1 = models.CharField("région selon la source", max_length=100, blank=True)
    admin2 = models.CharField("cercle selon la source", max_length=100, blank=True)
    admin3 = models.CharField("commune selon la source", max_length=100, blank=True)
    source_updated = models.DateTimeField("mis à jour par la source", null=True)
    other_columns = models.JSONField(default=dict)
    is_simulated = models.BooleanField("simulé", default=False)
    region = models.ForeignKey(
        Area, models.SET_NULL, null=True, related_name="+", db_constraint=False, db_index=False
    )
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+", db_constraint=False)
    commune = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+", db_constraint=False)

    objects = ConflictEventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ["-occurred_on", "pk"]
        indexes = [
            # The map and the downloads ask for a stretch of time, newest first.
            models.Index(fields=["-occurred_on", "id"], name="event_by_date", condition=IS_CURRENT),
            # Every answer says since when its source is known.
            models.Index(fields=["source", "known_from"], name="event_first_known"),
            # A bbox is asked on the plane. Not SP-GiST: an index-only scan of it brings PostGIS 3.3 down.
            GistIndex(on_the_plane("location"), name="event_in_a_box", condition=IS_CURRENT),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_event_id"],
                name="event_has_one_current_version",
                condition=IS_CURRENT,
            ),
            models.CheckConstraint(
                condition=models.Q(geo_precision__in=[p.value for p in PlacePrecision]),
                name="event_place_precision_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(time_precision__in=[p.value for p in DatePrecision]),
                name="event_date_precision_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day=None) | models.Q(last_day__gt=models.F("occurred_on")),
                name="event_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.event_type}, {self.location_name}"


class EventCount(models.Model):
    """
    The current events of one source, place, month, type and precision, kept so that nobody counts rows.

    Made anew for the months that a load touches. `cercle` and `commune` are where the points lie, which
    says nothing for a precision that does not place them (`PlacePrecision.is_placed_in`).
    """

    source = models.CharField("source", max_length=10)
    month = models.DateField("mois")
    event_type = models.CharField("type", max_length=40)
    geo_precision = models.PositiveSmallIntegerField("précision du lieu")
    region = models.ForeignKey(Area, models.CASCADE, related_name="+")
    cercle = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    commune = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    events = models.PositiveIntegerField("événements")
    fatalities = models.PositiveIntegerField("morts")
    civilian_events = models.PositiveIntegerField("événements visant des civils")
    civilian_fatalities = models.PositiveIntegerField("morts dans ceux visant des civils")

    objects = EventCountQuerySet.as_manager()

    class Meta:
        ordering = ["month", "pk"]
        indexes = [models.Index(fields=["source", "month"], name="count_of_a_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "month", "event_type", "geo_precision", "region", "cercle", "commune"],
                name="event_count_is_kept_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="event_count_month_is_its_first_day"
            ),
        ]

    def __str__(self):
        return f"{self.region} {self.month:%Y-%m} {self.event_type}: {self.events}"


class CercleMonth(models.Model):
    """
    The kept counts summed by cercle: a view. What the layer of counts serves.

    `events` counts those placed in the cercle; `events_imprecise` those known less precisely whose point
    lies in it: they must not raise it.
    """

    source = models.CharField("source", max_length=10)
    cercle = models.ForeignKey(Area, models.DO_NOTHING, related_name="+")
    month = models.DateField("mois")
    event_type = models.CharField("type", max_length=40)
    events = models.PositiveIntegerField("événements")
    fatalities = models.PositiveIntegerField("morts")
    civilian_events = models.PositiveIntegerField("événements visant des civils")
    civilian_fatalities = models.PositiveIntegerField("morts dans ceux visant des civils")
    events_imprecise = models.PositiveIntegerField("événements moins précis")
    fatalities_imprecise = models.PositiveIntegerField("morts dans les moins précis")

    objects = CountViewQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "events_cerclemonth"
        ordering = ["month", "cercle__pcode", "event_type"]

    def __str__(self):
        return f"{self.cercle} {self.month:%Y-%m} {self.event_type}: {self.events}"


class CommuneMonth(models.Model):
    """
    The kept counts summed by commune: a view. What the layer of counts by commune serves.

    `events` counts those placed in the commune; the others, by how well they are known, have their point in
    it and must not raise it.
    """

    source = models.CharField("source", max_length=10)
    commune = models.ForeignKey(Area, models.DO_NOTHING, related_name="+")
    month = models.DateField("mois")
    event_type = models.CharField("type", max_length=40)
    events = models.PositiveIntegerField("événements")
    fatalities = models.PositiveIntegerField("morts")
    civilian_events = models.PositiveIntegerField("événements visant des civils")
    civilian_fatalities = models.PositiveIntegerField("morts dans ceux visant des civils")
    events_near = models.PositiveIntegerField("événements près d’une localité")
    events_cercle = models.PositiveIntegerField("événements connus au cercle")
    events_wider = models.PositiveIntegerField("événements connus à une zone, à la région ou au pays")

    objects = CountViewQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "events_communemonth"
        ordering = ["month", "commune__pcode", "event_type"]

    def __str__(self):
        return f"{self.commune} {self.month:%Y-%m} {self.event_type}: {self.events}"


class PublishedCount(models.Model):
    """
    What a publisher counts in a cercle and month: a series of its own, never added to events.

    The categories overlap (an event against civilians is political violence too): not added either.
    """

    class Category(models.TextChoices):
        ALL = "all", "tous"
        POLITICAL_VIOLENCE = "political_violence", "violence politique"
        CIVILIAN_TARGETING = "civilian_targeting", "civils visés"
        DEMONSTRATION = "demonstration", "manifestations"

    load = models.ForeignKey(Load, models.CASCADE, related_name="published_counts")
    series = models.CharField("série", max_length=10, choices=[("hapi", "HDX HAPI"), ("hdx", "HDX")])
    category = models.CharField("catégorie", max_length=20, choices=Category)
    month = models.DateField("mois")
    pcode_told = models.CharField("P-code selon l’éditeur", max_length=12)
    name_told = models.CharField("cercle selon l’éditeur", max_length=100)
    region_told = models.CharField("région selon l’éditeur", max_length=100, blank=True)
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    events = models.PositiveIntegerField("événements")
    fatalities = models.PositiveIntegerField("morts", null=True)

    class Meta:
        ordering = ["series", "month", "pcode_told", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "category", "month", "pcode_told", "name_told"],
                name="published_count_is_once_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="published_count_month_is_its_first_day"
            ),
        ]

    def __str__(self):
        return f"{self.series} {self.name_told} {self.month:%Y-%m}: {self.events}"


class EventCell(models.Model):
    """
    The current events of one source, month and type in one cell of the grid that vector tiles draw at a zoom.

    A cell is 1/16 of a tile wide: `x` and `y` number the cells of a zoom as tiles four zooms further in are
    numbered. `events_imprecise` have their point in the cell and are known to a wider unit: not drawn.
    Counted anew for the months that a load touches.
    """

    source = models.CharField("source", max_length=10)
    month = models.DateField("mois")
    event_type = models.CharField("type", max_length=40)
    zoom = models.PositiveSmallIntegerField()
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    events_exact = models.PositiveIntegerField("événements au lieu exact")
    events_near = models.PositiveIntegerField("événements près d’une localité")
    events_imprecise = models.PositiveIntegerField("événements moins précis")
    fatalities = models.PositiveIntegerField("morts dans les deux premiers")

    class Meta:
        # A load forgets the cells of the months it touches.
        indexes = [models.Index(fields=["source", "month"], name="event_cell_of_a_month")]
        constraints = [
            # Also the index by which a tile finds its cells.
            models.UniqueConstraint(
                fields=["zoom", "x", "y", "month", "event_type", "source"],
                name="event_cell_is_counted_once",
            )
        ]

    def __str__(self):
        return f"{self.source} {self.month:%Y-%m} {self.zoom}/{self.x}/{self.y}"


class SameIncident(models.Model):
    """Two events of two sources that may be one incident: proposed, then decided, never merged."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposé"
        CONFIRMED = "confirmed", "confirmé"
        REFUSED = "refused", "refusé"

    acled_event_id = models.CharField("identifiant ACLED", max_length=40)
    ucdp_event_id = models.CharField("identifiant UCDP", max_length=40)
    days = models.PositiveSmallIntegerField("jours d’écart")
    metres = models.FloatField("distance (m)")
    state = models.CharField("décision", max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField("pourquoi", max_length=300, blank=True)

    class Meta:
        verbose_name = "même incident"
        ordering = ["state", "metres", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["acled_event_id", "ucdp_event_id"], name="incident_pair_is_proposed_once"
            )
        ]

    def __str__(self):
        return f"{self.acled_event_id} = {self.ucdp_event_id}?"
