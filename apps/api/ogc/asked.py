"""The parameters of a page of features, checked: an unknown or malformed one is an error that names it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from apps.api.ogc import cql
from apps.api.ogc.crs import CRS84, Crs, box, system
from apps.api.ogc.filters import condition, equality
from apps.api.ogc.queries import touching
from apps.api.ogc.temporal import days
from apps.catalogue.rows import ROWS
from layers.declaration import Geometry, Layer

MOST_FEATURES = 10_000
USUAL_FEATURES = 100

OF_EVERY_ADDRESS = ("f", "lang")
OF_ITEMS = ("limit", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs")
OF_PAGING = ("after", "up_to", "revision")
OF_PAGING_VERSIONS = ("after", "known_at")


@dataclass(frozen=True)
class Page:
    """
    Where a page begins, and what the first one saw: no row written since comes between.

    `after` is the last identifier of the page before. `up_to` the last identifier there was, and `revision`
    that of the layer then; of a layer that keeps versions `known_at` is the instant that all pages tell of.
    """

    after: int | str | None = None
    up_to: int | str | None = None
    revision: int | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """What a reader asks of a collection."""

    layer: Layer
    limit: int = USUAL_FEATURES
    crs: Crs = CRS84
    where: Q = field(default_factory=Q)
    page: Page = field(default_factory=Page)


def asked(layer, parameters):
    """Return what these query parameters (a QueryDict) ask of the layer; raises ValidationError."""
    check(parameters, known(layer))
    return Asked(
        layer,
        limit=_limit(parameters.get("limit")),
        crs=system(parameters.get("crs", CRS84.uri), "crs"),
        where=_box(layer, parameters)
        & _days(layer, parameters)
        & _filter(layer, parameters)
        & _equalities(layer, parameters),
        page=_page(layer, parameters),
    )


def known(layer):
    """Return the parameters of a page of this layer: those of the standard, and its fields."""
    paging = OF_PAGING_VERSIONS if ROWS[layer.name].known_at else OF_PAGING
    return (*OF_ITEMS, *layer.field_names, *paging)


def check(parameters, known=()):
    """Raise ValidationError for a parameter that is not known, given twice, or that no database can hold."""
    possible = (*OF_EVERY_ADDRESS, *known)
    for name, values in parameters.lists():
        if name not in possible:
            raise ValidationError(
                {name[:60]: _("Paramètre inconnu. Connus : %(known)s") % {"known": ", ".join(possible)}}
            )
        if len(values) > 1:
            raise ValidationError({name: _("Donné deux fois : gardez une seule valeur")})
        if "\x00" in values[0]:
            raise ValidationError({name: _("Contient un caractère nul : ôtez-le")})


def _limit(text):
    if text is None:
        return USUAL_FEATURES
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise ValidationError(
            {
                "limit": _("limit = %(text)s : attendu un nombre de 1 à %(most)s")
                % {"text": text[:20], "most": MOST_FEATURES}
            }
        )
    return min(int(text[:9]), MOST_FEATURES)


def _box(layer, parameters):
    crs = system(parameters.get("bbox-crs", CRS84.uri), "bbox-crs")
    if "bbox" not in parameters:
        return Q()
    asked_box = box(parameters["bbox"], crs, "bbox")
    return Q() if layer.geometry is Geometry.TABLE else touching(asked_box)


def _days(layer, parameters):
    """What has no time matches any: so the standard has it."""
    if "datetime" not in parameters:
        return Q()
    since, until = days(parameters["datetime"])
    if not layer.time_field:
        return Q()
    column = ROWS[layer.name].column(layer.time_field)
    bounds = {f"{column}__gte": since, f"{column}__lte": until}
    return Q(**{bound: day for bound, day in bounds.items() if day})


def _filter(layer, parameters):
    language = parameters.get("filter-lang", cql.LANGUAGES[0])
    if language not in cql.LANGUAGES:
        raise ValidationError({"filter-lang": _("attendu %(known)s") % {"known": " ou ".join(cql.LANGUAGES)}})
    crs = system(parameters.get("filter-crs", CRS84.uri), "filter-crs")
    if "filter" not in parameters:
        return Q()
    node = cql.parsed(parameters["filter"], language)
    return condition(node, layer, crs)


def _equalities(layer, parameters):
    where = Q()
    for each in layer.fields:
        if each.name in parameters:
            value = parameters[each.name]
            _refuse_no_choice(each, value)
            where &= equality(each.name, value, layer)
    return where


def _refuse_no_choice(declared, value):
    if declared.choices and value not in declared.choices:
        raise ValidationError(
            {
                declared.name: _("« %(value)s » n’est pas possible ; possibles : %(known)s")
                % {"value": value[:60], "known": ", ".join(declared.choices)}
            }
        )


def _page(layer, parameters):
    read = {
        "after": identifier_of(layer),
        "up_to": identifier_of(layer),
        "revision": _whole,
        "known_at": _instant,
    }
    given = {}
    for name, value_of in read.items():
        if name in parameters:
            try:
                given[name] = value_of(parameters[name])
            except (ValueError, OverflowError):
                raise ValidationError(
                    {name: _("Ne se lit pas : suivez le lien « next » de la page précédente")}
                ) from None
    return Page(**given)


def identifier_of(layer):
    """Return what reads an identifier of this layer's rows from text; it raises ValueError."""
    return _text if ROWS[layer.name].identifier in ("pcode", "key") else _whole


def _text(text):
    if "\x00" in text:
        raise ValueError(text)
    return text


def _whole(text):
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _instant(text):
    # A plus sign not escaped in an address arrives as a space.
    instant = datetime.fromisoformat(text.replace(" ", "+"))
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant
