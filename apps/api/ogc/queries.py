"""What OGC API - Features asks of the database: shapes in a system, conditions on them, bounded in time."""

from contextlib import contextmanager

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import Transform
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, DateTimeField, F, Func, Max, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Greatest

from apps.api.ogc.crs import DEGREES
from apps.boundaries.queries import on_the_plane
from apps.events.models import ConflictEvent
from layers.declaration import Geometry

LONGEST_SECONDS = 10
"""How long one question may keep the database. Ours: a page of whole boundaries takes a hundredth of it."""

QUERY_CANCELLED = "57014"


class TooLong(Exception):
    """The database was stopped: the question takes longer than `LONGEST_SECONDS`."""


@contextmanager
def bounded():
    """Stop what is asked inside after `LONGEST_SECONDS`; raises TooLong."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true)", [str(int(LONGEST_SECONDS * 1000))]
                )
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELLED:
            raise TooLong from error
        raise


def with_drawn(rows, layer):
    """Add `drawn`, what the layer draws of each row, in degrees; a table draws nothing."""
    match layer.geometry:
        case Geometry.AREA:
            return rows.alias(drawn=F("boundary"))
        case Geometry.POINT:
            return rows.alias(drawn=on_the_plane("location"))
        case Geometry.TABLE:
            return rows


def with_geojson(rows, layer, crs):
    """Add `geojson`, what is drawn of each row as text, in the system and order of axes of `crs`, or None."""
    if layer.geometry is Geometry.TABLE:
        return rows.annotate(geojson=Value(None, TextField()))
    shape = F("drawn") if crs.srid == DEGREES else Transform("drawn", crs.srid)
    if crs.is_latitude_first:
        shape = Func(shape, function="ST_FlipCoordinates", output_field=GeometryField())
    return rows.annotate(
        # 0: the text says nothing of its system, the answer's header does.
        geojson=Func(shape, Value(crs.decimals), Value(0), function="ST_AsGeoJSON", output_field=TextField())
    )


def touching(box):
    """Return the condition that what is drawn shares a point with the box, or that nothing is drawn."""
    return Q(drawn__intersects=box) | Q(drawn__isnull=True)


SPATIAL = ("intersects", "equals", "disjoint", "touches", "within", "overlaps", "crosses", "contains")


def related(relation, shape):
    """Return the condition that what is drawn has a relation (one of `SPATIAL`) to a shape, in degrees."""
    return Q(**{f"drawn__{relation}": shape})


class Like(Func):
    """Whether a text is like a pattern of % and _, which a backslash takes literally."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = BooleanField()


class WithoutAccents(Func):
    function = "unaccent"
    output_field = TextField()


def with_properties(rows, columns):
    """Add `properties_told`, the columns ({name: column}) of each row as the text of a JSON object."""
    pairs = [part for name, column in columns.items() for part in (Value(name, TextField()), F(column))]
    told = Func(*pairs, function="json_build_object", output_field=TextField())
    return rows.annotate(properties_told=Cast(told, TextField()))


INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'


def newest_change():
    """Return, as text, when the events kept here last changed: what was known then is known now."""
    kept = ConflictEvent.objects.order_by().values(one=Value(1))
    changed = kept.annotate(at=Greatest(Max("known_from"), Max("known_until"))).annotate(
        told=Func(
            Func(Value("UTC"), F("at"), function="timezone", output_field=DateTimeField()),
            Value(INSTANT),
            function="to_char",
            output_field=TextField(),
        )
    )
    return Subquery(changed.values("told"))


def greatest(rows, identifier):
    """Return, as text, the last of these rows in the order of their identifiers."""
    last = rows.order_by(f"-{identifier}").values(last=Cast(identifier, TextField()))
    return Subquery(last[:1])
