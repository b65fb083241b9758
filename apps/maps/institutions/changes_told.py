"""The history of an institution in words."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.infrastructure.history import DELETED, INSERTED
from apps.infrastructure.models import SamePlace
from apps.maps import formats
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES, PLACES_TOLD

FIELDS = {
    "name": gettext_lazy("Nom"),
    "kind": gettext_lazy("Sorte"),
    "location": gettext_lazy("Lieu"),
    "place_told": gettext_lazy("Précision du lieu"),
    "status": gettext_lazy("État"),
    "as_of": gettext_lazy("Date de l’état"),
    "relocated_to": gettext_lazy("Relocalisé à"),
    "share_of_days": gettext_lazy("Part des jours d’ouverture"),
    "words": gettext_lazy("Mots de la source"),
}
DECISIONS = {
    SamePlace.State.PROPOSED: gettext_lazy("à décider"),
    SamePlace.State.CONFIRMED: gettext_lazy("même lieu"),
    SamePlace.State.REJECTED: gettext_lazy("deux lieux"),
}
CODED = {
    "kind": INSTITUTION_KINDS,
    "status": INSTITUTION_STATUSES,
    "place_told": PLACES_TOLD,
}


def told_changes(changes):
    """Return changes as a table shows them: when, who, what, before, after, why."""
    return [
        {
            "change": change,
            "what": _what(change),
            "before": _value(change, change.before),
            "after": _value(change, change.after),
        }
        for change in changes
    ]


def _what(change):
    match change.what, change.how:
        case "institution", "insert":
            return _("Institution entrée")
        case "institution", "delete":
            return _("Institution supprimée")
        case "report", "insert":
            return _("État au %(day)s") % {"day": formats.day(change.as_of)}
        case "report", "delete":
            return _("État au %(day)s, retiré") % {"day": formats.day(change.as_of)}
        case "pair", _other:
            return _("Même lieu que le n° %(id)s") % {"id": change.other}
    return FIELDS[change.field]


def _value(change, value):
    if value is None or value == "":
        return None
    if change.what == "pair":
        return DECISIONS[value]
    name = "status" if change.what == "report" and change.how in (INSERTED, DELETED) else change.field
    if name in CODED:
        return CODED[name][value].in_language(get_language())
    if name == "location":
        return coordinates(value)
    if name == "share_of_days":
        return formats.percent(value)
    return formats.day(value) if name == "as_of" else value


def coordinates(point):
    """Return longitude and latitude with the decimals of a metre."""
    return f"{formats.number(point.x, 5)} ; {formats.number(point.y, 5)}"
