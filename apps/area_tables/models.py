"""A table keyed by P-code or place name: one value an area. What targeting and questions read later."""

from django.conf import settings
from django.db import models

from apps.area_tables.queries import AreaTableQuerySet, AreaValueQuerySet
from apps.boundaries.models import Area
from apps.sources.history import tracked
from apps.sources.models import Load


@tracked
class AreaTable(models.Model):
    """
    One column of numbers or words about areas of one level, with what it measures and how.

    A table of several columns becomes several of these, of one load. The rows of another version of the
    same `key` replace the former ones; history is in the loads.
    """

    key = models.SlugField("clé", max_length=60, unique=True)
    title = models.CharField("titre", max_length=200)
    title_en = models.CharField("titre en anglais", max_length=200, blank=True)
    unit = models.CharField("unité", max_length=60, blank=True)
    level = models.PositiveSmallIntegerField("niveau")
    is_number = models.BooleanField("nombre", default=True)
    method = models.TextField("méthode", blank=True)
    as_of = models.DateField("à la date du", null=True, blank=True)
    edition = models.CharField("édition", max_length=60, blank=True)
    """The boundary edition in which the places of its rows were found."""
    load = models.ForeignKey(Load, models.CASCADE, related_name="area_tables")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = AreaTableQuerySet.as_manager()

    class Meta:
        verbose_name = "tableau"
        verbose_name_plural = "tableaux"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title


class AreaValue(models.Model):
    """The value of one area. An area without a row, or a row without a value, is not known: never zero."""

    table = models.ForeignKey(AreaTable, models.CASCADE, related_name="values")
    pcode_told = models.CharField("P-code selon le fichier", max_length=12, blank=True)
    name_told = models.CharField("nom selon le fichier", max_length=150, blank=True)
    parent_told = models.CharField("parent selon le fichier", max_length=150, blank=True)
    pcode = models.CharField("P-code", max_length=8, blank=True)
    """Of the area it was found to be, in the table's edition; empty: none was found."""
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    """In the active edition: found again when another one is switched on."""
    number = models.FloatField("nombre", null=True)
    text = models.CharField("mots", max_length=300, blank=True)
    row = models.PositiveIntegerField("ligne du fichier")

    objects = AreaValueQuerySet.as_manager()

    class Meta:
        ordering = ["table", "row"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row"], name="area_value_is_once_a_row"),
            models.UniqueConstraint(fields=["table", "area"], name="area_has_one_value_in_a_table"),
        ]

    def __str__(self):
        return f"{self.table_id} {self.pcode_told or self.name_told}"
