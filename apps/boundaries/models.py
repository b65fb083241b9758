"""Regions, cercles, communes, settlements, people, and the edition they belong to."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex

from apps.boundaries.queries import (
    AreaQuerySet,
    DensityCellQuerySet,
    EditionQuerySet,
    PlacedRowQuerySet,
    PlaceNameQuerySet,
    SettlementQuerySet,
    on_the_plane,
)
from apps.sources.history import tracked
from apps.sources.models import DocumentRow, Load
from geo.vocabulary import Level, PeopleMethod, PlaceTold, SettlementClass


class Edition(models.Model):
    """A set of boundaries as published at a date. Loaded inactive, checked, then switched on."""

    name = models.CharField("nom", max_length=60, unique=True)
    valid_from = models.DateField("valable depuis")
    load = models.ForeignKey(Load, models.PROTECT, related_name="editions")
    is_active = models.BooleanField("active", default=False)
    is_approximate = models.BooleanField("approximative", default=False)
    activated_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        ordering = ["-valid_from", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=models.Q(is_active=True), name="edition_is_active_alone"
            )
        ]

    def __str__(self):
        return self.name


class Area(models.Model):
    """A region, a cercle or a commune of one edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="areas")
    level = models.PositiveSmallIntegerField("niveau", choices=[(level.value, level.name) for level in Level])
    pcode = models.CharField("P-code", max_length=8)
    name = models.CharField("nom", max_length=100)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    boundary = models.MultiPolygonField("limite", srid=4326)
    area_km2 = models.FloatField("superficie (km²)")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "unité administrative"
        verbose_name_plural = "unités administratives"
        ordering = ["pcode"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "pcode"], name="area_pcode_is_unique_in_its_edition"),
            models.CheckConstraint(condition=models.Q(boundary__isvalid=True), name="area_boundary_is_valid"),
            models.CheckConstraint(
                condition=models.Q(level=Level.REGION.value, parent__isnull=True)
                | models.Q(level__gt=Level.REGION.value, parent__isnull=False),
                name="area_below_a_region_has_a_parent",
            ),
        ]
        # Every page asks for one level of one edition.
        indexes = [models.Index(fields=["edition", "level"], name="area_by_level")]

    def __str__(self):
        return f"{self.name} ({self.pcode})"


class AreaShape(models.Model):
    """The boundary of an area, simplified together with its neighbours so that borders stay common."""

    class Detail(models.TextChoices):
        HIGH = "high"
        MEDIUM = "medium"
        LOW = "low"

    area = models.ForeignKey(Area, models.CASCADE, related_name="shapes")
    detail = models.CharField(max_length=6, choices=Detail)
    shape = models.MultiPolygonField(srid=4326, spatial_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "detail"], name="area_has_one_shape_a_detail")]

    def __str__(self):
        return f"{self.area} {self.detail}"


class TileShape(models.Model):
    """
    The boundary of an area in EPSG:3857, as vector tiles draw it from a zoom on.

    One of the simplified shapes, or the boundary itself: neighbours keep their common border at every zoom.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="tile_shapes")
    from_zoom = models.PositiveSmallIntegerField()
    shape = models.MultiPolygonField(srid=3857, spatial_index=False)

    class Meta:
        # A tile asks for the shapes of one zoom that its box touches.
        indexes = [GistIndex(fields=["shape"], name="tile_shape_in_a_box")]
        constraints = [
            models.UniqueConstraint(fields=["area", "from_zoom"], name="area_has_one_tile_shape_a_zoom")
        ]

    def __str__(self):
        return f"{self.area} {self.from_zoom}"


class PopulationRow(models.Model):
    """One line of a population file, as its publisher wrote it."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="population_rows")
    name = models.CharField("cercle", max_length=100)
    region_name = models.CharField("région", max_length=100, blank=True)
    pcode = models.CharField("P-code du fichier", max_length=8, blank=True)
    year = models.PositiveSmallIntegerField("année")
    people = models.PositiveIntegerField()
    men = models.PositiveIntegerField(null=True)
    women = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.name} {self.year}: {self.people}"


class Population(models.Model):
    """How many people live in an area, where a figure is known. No row: no figure, which is not zero."""

    area = models.OneToOneField(Area, models.CASCADE, related_name="population")
    load = models.ForeignKey(Load, models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField("année")
    people = models.PositiveIntegerField()
    men = models.PositiveIntegerField(null=True)
    women = models.PositiveIntegerField(null=True)
    method = models.CharField("méthode", max_length=12, choices=[(m.value, m.value) for m in PeopleMethod])

    def __str__(self):
        return f"{self.area}: {self.people} ({self.year})"


class DensityCell(models.Model):
    """A cell of a population raster: it tells how to share a figure that covers several cercles."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="density_cells")
    box = models.PolygonField(srid=4326)
    people = models.FloatField()

    objects = DensityCellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people__gte=0), name="density_cell_has_no_fewer_than_0_people"
            )
        ]

    def __str__(self):
        return f"{self.people:.0f}"


class Settlement(models.Model):
    load = models.ForeignKey(Load, models.CASCADE, related_name="settlements")
    name = models.CharField("nom", max_length=120)
    source_id = models.CharField("code de la source", max_length=60)
    settlement_class = models.PositiveSmallIntegerField(
        "rang", null=True, choices=[(c.value, c.name) for c in SettlementClass]
    )
    location = models.PointField("lieu", geography=True)
    region = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    commune = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = "localité"
        ordering = ["settlement_class", "name", "pk"]
        # A bbox is asked on the plane.
        indexes = [GistIndex(on_the_plane("location"), name="settlement_in_a_box")]
        constraints = [
            models.UniqueConstraint(fields=["load", "source_id"], name="settlement_is_once_in_its_load")
        ]

    def __str__(self):
        return self.name


class PlaceName(models.Model):
    """A name somebody may type, and the place it stands for."""

    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    sound = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField()
    """1 region, 2 cercle, 3 commune, 4 and more settlements by rank: larger places come first."""
    area = models.ForeignKey(Area, models.CASCADE, null=True, related_name="names")
    settlement = models.ForeignKey(Settlement, models.CASCADE, null=True, related_name="names")

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        # The search box: same letters, same sound, alike.
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="place_name_alike"),
            models.Index(fields=["sound"], name="place_name_by_sound"),
            models.Index(fields=["folded"], opclasses=["varchar_pattern_ops"], name="place_name_begins"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=True, settlement__isnull=False)
                | models.Q(area__isnull=False, settlement__isnull=True),
                name="place_name_stands_for_one_place",
            )
        ]

    def __str__(self):
        return self.name


class CodeOfEdition(models.Model):
    """
    A P-code as another edition gave it, and the areas of the active edition it stands for now.

    One area where it is still one; several where it was divided since; none where it was not found.
    """

    edition = models.CharField("édition", max_length=60)
    """Its name, or the day it is valid from."""
    level = models.PositiveSmallIntegerField("niveau", choices=[(level.value, level.name) for level in Level])
    code = models.CharField("P-code", max_length=8)
    name = models.CharField("nom", max_length=100, blank=True)
    parent_code = models.CharField("P-code du parent", max_length=8, blank=True)
    place = models.PositiveIntegerField("lieu", null=True)
    """The codes of one place in a file of codes side by side share its line."""
    load = models.ForeignKey(Load, models.CASCADE, null=True, related_name="+")
    """The file it was told in; None: read off an edition of boundaries that is stored."""
    areas = models.ManyToManyField(Area, related_name="+")

    class Meta:
        verbose_name = "code d’une édition"
        verbose_name_plural = "codes des éditions"
        ordering = ["edition", "level", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "level", "code"], name="code_is_once_in_its_edition")
        ]

    def __str__(self):
        return f"{self.code} ({self.edition})"


@tracked
class PlaceAlias(models.Model):
    """Another name of an area, as a data keeper decided once: taken as certain from then on, and undoable."""

    name = models.CharField("nom", max_length=200)
    folded = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField("niveau")
    parent_folded = models.CharField("dans", max_length=200, blank=True)
    """The parent as told beside the name, folded; empty: the name alone was enough."""
    parent_told = models.CharField("dans, selon le fichier", max_length=200, blank=True)
    code_told = models.CharField("code selon le fichier", max_length=20, blank=True)
    """A code that contradicted the name: the decision holds for the two together."""
    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases")
    """Of the active edition where it is found there; else of the last in which it was, and it rests."""
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "autre nom"
        verbose_name_plural = "autres noms"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "level", "parent_folded", "code_told"], name="alias_stands_for_one_area"
            )
        ]

    def __str__(self):
        return f"{self.name} = {self.area.name}"


class PlacedRow(DocumentRow):
    """
    A row of a document about a place: as told, and as found in the active edition.

    `place` may name several, joined by ";": the row then tells one thing of all of them together.
    """

    place = models.CharField("lieu", max_length=200, blank=True)
    name_in_source = models.CharField("nom dans le document", max_length=200, blank=True)
    level = models.CharField("niveau", max_length=40, blank=True)
    parent_told = models.CharField("région ou cercle selon le document", max_length=100, blank=True)
    areas = models.ManyToManyField(Area, related_name="%(app_label)s_%(class)s_rows", blank=True)
    """The regions, cercles and communes of the active edition it tells of; for a locality, its cercle."""
    location = models.PointField("point dessiné", geography=True, null=True)
    place_told = models.CharField(max_length=10, blank=True, choices=[(p.value, p.value) for p in PlaceTold])
    """How `location` was found; empty when there is no point."""

    objects = PlacedRowQuerySet.as_manager()

    class Meta:
        abstract = True
