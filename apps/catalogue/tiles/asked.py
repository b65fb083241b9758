"""What a reader asks of a tiled layer: values of its filters and a stretch of time, checked."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.catalogue.rows import ROWS
from layers.catalogue import LAYERS
from layers.declaration import Geometry, Layer

TILED = {
    layer.name: layer
    for layer in LAYERS.values()
    if layer.geometry is not Geometry.TABLE and not layer.has_access_by_row
}
"""Layer name -> declaration. Rows that have each their own readers would be another tile for each of them."""

GRIDDED = ("events", "ucdp_events")
"""Layers of so many points that low zooms count them in cells."""

DAYS = ("since", "until")


@dataclass(frozen=True)
class Asked:
    """Which rows of a layer: `among` names the values of a field that are wanted."""

    layer: Layer
    among: dict
    since: date | None = None
    until: date | None = None

    @property
    def is_gridded(self):
        return self.layer.name in GRIDDED

    def of(self, rows):
        """Return those of these rows (all of the layer that a reader may read) that are asked."""
        columns = ROWS[self.layer.name]
        for name, values in self.among.items():
            rows = rows.filter(**{f"{columns.column(name)}__in": values})
        bounds = {"gte": self.since, "lte": self.until}
        time = columns.column(self.layer.time_field) if self.layer.time_field else ""
        return rows.filter(**{f"{time}__{bound}": day for bound, day in bounds.items() if day})


def asked(layer, parameters):
    """
    Return what these query parameters (a QueryDict) ask of a layer; raises ValidationError.

    Each of its declared filters takes one value or several, separated by commas.
    """
    filters = {each.name: each for each in layer.filters}
    days = DAYS if layer.time_field else ()
    among, between = {}, {}
    for name, text in parameters.items():
        if name in filters:
            among[name] = _among(filters[name], text)
        elif name in days:
            between[name] = _day(name, text)
        elif name != "lang":
            known = ", ".join([*filters, *days])
            raise serializers.ValidationError(
                {name: _("Paramètre inconnu. Connus : %(known)s") % {"known": known}}
            )
    return Asked(layer, among, **between)


def _among(field, text):
    values = text.split(",")
    wrong = [value for value in values if field.choices and value not in field.choices]
    if wrong:
        raise serializers.ValidationError(
            {
                field.name: _("%(value)s n’est pas une valeur de ce champ ; connues : %(known)s")
                % {"value": wrong[0], "known": ", ".join(field.choices)}
            }
        )
    return values


def _day(name, text):
    try:
        return serializers.DateField().run_validation(text)
    except serializers.ValidationError as wrong:
        raise serializers.ValidationError({name: wrong.detail}) from wrong
