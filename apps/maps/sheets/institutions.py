"""What stands in an area as far as registers tell, how it works, and how complete the registers are."""

from collections import Counter

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from apps.accounts.access import access_class, may_see
from apps.infrastructure.completeness import TOLD_KINDS
from apps.infrastructure.models import Institution, RegisterCompleteness, StatusReport
from apps.maps.sheets.cited import date_or_none
from apps.maps.signs import sign_of
from geo.vocabulary import Completeness, InstitutionKind, PlaceTold
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES, INSTITUTIONS

ORDER = [kind.value for kind in InstitutionKind]


def institutions_in(place, user, register):
    """
    Return (institutions this reader may see, how many are left out), the same place counted once.

    A row is as open as the source it was loaded from; one entered here, as the register in use.
    """
    latest = StatusReport.objects.about(OuterRef("pk")).latest_first()
    rows = (
        Institution.objects.counted()
        .in_area(place.area)
        .with_latest_report()
        .annotate(as_of_told=Subquery(latest.values("as_of_told")[:1]))
        .select_related("load")
        .order_by("name", "pk")
    )
    seen, left_out = [], 0
    for row in rows:
        if may_see(user, access_class(INSTITUTIONS, row.load or register)):
            seen.append(row)
        else:
            left_out += 1
    return seen, left_out


def institutions_told(place, rows, left_out, language):
    """Return the institutions one by one, counted by kind and status, and how complete the register is."""
    rows = sorted(rows, key=lambda row: ORDER.index(row.kind))
    return {
        "known": len(rows),
        "not_for_this_reader": left_out,
        "groups": _by_kind_and_status(rows, language),
        "completeness": _completeness(place, language),
    }


def _by_kind_and_status(rows, language):
    groups = {}
    for row in rows:
        groups.setdefault((row.kind, row.status), []).append(row)
    return [
        {
            "kind": kind,
            "kind_told": INSTITUTION_KINDS[kind].in_language(language),
            "status": status,
            "status_told": INSTITUTION_STATUSES[status].in_language(language),
            "institutions": len(group),
            "institutions_without_name": sum(not row.name for row in group),
            "named": [_institution(row) for row in group if row.name],
        }
        for (kind, status), group in groups.items()
    ]


def _institution(row):
    return {
        "institution": row.pk,
        "name": row.name,
        "as_of": date_or_none(row.as_of_told) or (row.status_as_of and row.status_as_of.isoformat()),
        "words": row.status_words or None,
        "relocated_to": row.relocated_to or None,
        "place_told": row.place_told,
        "place_told_in_words": place_in_words(row.place_told),
        "register": row.register,
        "longitude": round(row.location.x, 6),
        "latitude": round(row.location.y, 6),
    }


def place_in_words(place_told):
    """Return how the place of an institution is known, where it is not exact."""
    words = {
        PlaceTold.SETTLEMENT: _("dessiné à la localité"),
        PlaceTold.SEAT: _("dessiné au chef-lieu"),
    }
    return words.get(place_told)


def _completeness(place, language):
    """Return what was judged of the register here, kind by kind; a kind without a judgement is unknown."""
    judged = RegisterCompleteness.objects.filter(cercle__in=place.inside).order_by("as_of")
    by_kind = {}
    for row in judged:
        by_kind.setdefault(row.kind, []).append(row)
    return {
        "kinds": [
            {
                "kind": kind,
                "kind_told": INSTITUTION_KINDS[kind].in_language(language),
                **_states(rows, place.cercles),
                "as_of": rows[-1].as_of.isoformat(),
                "why": rows[-1].why,
            }
            for kind, rows in sorted(by_kind.items(), key=lambda item: ORDER.index(item[0]))
        ],
        "kinds_unknown": len(set(TOLD_KINDS) - set(by_kind)),
    }


def _states(rows, cercles):
    """Return in how many cercles a kind is complete, partly known, unknown."""
    states = Counter(row.state for row in rows)
    known = {f"cercles_{state}": states[state] for state in (Completeness.COMPLETE, Completeness.PARTIAL)}
    return {**known, "cercles_unknown": cercles - sum(known.values())}


def drawn(rows):
    """Return what of the institutions stands on the small map."""
    return [(row.location, {"sign": sign_of(row.kind, row.status)}) for row in rows]
