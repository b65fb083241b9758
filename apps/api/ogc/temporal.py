"""Days: what `datetime` asks, and how two stretches of time lie to each other (Allen 1983, named by CQL2)."""

from datetime import UTC, date, datetime

from django.db.models import DateField, Q, Value
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

OPEN = ("..", "")


def day(text, parameter):
    """Return the day of a date or an instant of RFC 3339: that of UTC, which is the hour of Bamako."""
    try:
        if len(text.removesuffix("T")) == 10:  # GDAL writes a day as 2020-01-31T.
            return date.fromisoformat(text.removesuffix("T"))
        # A plus sign not escaped in an address arrives as a space.
        instant = datetime.fromisoformat(text.replace(" ", "+"))
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC).date()
    except (ValueError, OverflowError):
        raise ValidationError(
            {
                parameter: _("%(text)s : attendu un jour AAAA-MM-JJ ou un instant AAAA-MM-JJThh:mm:ssZ")
                % {"text": text[:60]}
            }
        ) from None


def days(text, parameter="datetime"):
    """Return the first and the last day of `2020-10-15`, `2020-01-01/2020-12-31` or `../2020-12-31`."""
    ends = text.split("/")
    if len(ends) > 2 or all(end in OPEN for end in ends):
        raise ValidationError(
            {
                parameter: _(
                    "%(text)s : attendu un jour, ou deux séparés par / dont l’un peut être .., par exemple "
                    "2020-01-01/.."
                )
                % {"text": text[:60]}
            }
        )
    since, until = (None if end in OPEN else day(end, parameter) for end in (ends[0], ends[-1]))
    if since and until and since > until:
        raise ValidationError({parameter: _("La fin est avant le début : échangez les deux jours")})
    return since, until


def literal(value):
    return Value(value, DateField())


FIRST, LAST = literal(date.min), literal(date.max)
"""What an open end stands for."""


def before(a, b):
    return Q(LessThan(a, b))


def after(a, b):
    return Q(GreaterThan(a, b))


def same(a, b):
    return Q(Exact(a, b))


RELATIONS = {
    "t_after": lambda a, b: after(a[0], b[1]),
    "t_before": lambda a, b: before(a[1], b[0]),
    "t_contains": lambda a, b: before(a[0], b[0]) & after(a[1], b[1]),
    "t_disjoint": lambda a, b: before(a[1], b[0]) | after(a[0], b[1]),
    "t_during": lambda a, b: after(a[0], b[0]) & before(a[1], b[1]),
    "t_equals": lambda a, b: same(a[0], b[0]) & same(a[1], b[1]),
    "t_finishedby": lambda a, b: before(a[0], b[0]) & same(a[1], b[1]),
    "t_finishes": lambda a, b: after(a[0], b[0]) & same(a[1], b[1]),
    "t_intersects": lambda a, b: Q(LessThanOrEqual(a[0], b[1])) & Q(GreaterThanOrEqual(a[1], b[0])),
    "t_meets": lambda a, b: same(a[1], b[0]),
    "t_metby": lambda a, b: same(a[0], b[1]),
    "t_overlappedby": lambda a, b: after(a[0], b[0]) & before(a[0], b[1]) & after(a[1], b[1]),
    "t_overlaps": lambda a, b: before(a[0], b[0]) & after(a[1], b[0]) & before(a[1], b[1]),
    "t_startedby": lambda a, b: same(a[0], b[0]) & after(a[1], b[1]),
    "t_starts": lambda a, b: same(a[0], b[0]) & before(a[1], b[1]),
}
"""Function of CQL2 -> the condition on two stretches, each its first and its last day (expressions)."""
