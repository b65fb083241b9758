"""What /donnees/chargements/ shows: every load of a file, and of one load what was refused."""

from django.db.models import Count, Q

from apps.accounts.access import may_import, may_see_refused_rows
from apps.catalogue.loads import active_edition
from apps.maps.load_words import ACCESS, KINDS
from apps.sources.models import Load
from geo.vocabulary import AccessClass

MOST_REFUSALS_SHOWN = 200


def loads_context(request):
    """Return what templates/maps/data/loads.html needs."""
    loads = list(Load.objects.annotate(**_counted()))
    in_use = {load.kind for load in loads if load.in_use}
    edition = active_edition()
    return {
        "edition": edition,
        "may_import": may_import(request.user),
        "loads": [(KINDS[load.kind], load) for load in sorted(loads, key=_kind_order) if load.in_use],
        "former_loads": [(KINDS[load.kind], load) for load in loads if not load.in_use],
        "missing": [title for kind, title in KINDS.items() if kind not in in_use],
        "is_approximate": bool(edition and edition.is_approximate),
        "is_simulated": any(load.is_simulated for load in loads if load.in_use),
    }


def _counted():
    """Rows kept of each load: refused with their reason, and loaded with a doubt."""
    return {
        "refusals_kept": Count("refusals", filter=Q(refusals__is_doubt=False)),
        "doubts_kept": Count("refusals", filter=Q(refusals__is_doubt=True)),
    }


def _kind_order(load):
    return list(KINDS).index(load.kind)


def load_context(request, load):
    """Return what templates/maps/load.html needs: the load, and its refused rows for who may see them."""
    may_see_rows = may_see_refused_rows(request.user, load.access)
    refusals = load.refusals.order_by("is_doubt", "pk")
    return {
        "load": load,
        "kind": KINDS[load.kind],
        "access_told": ACCESS[AccessClass(load.access)],
        "left_out": sorted(load.counts.get("left_out", {}).items(), key=lambda item: -item[1]),
        "refusals_kept": refusals.filter(is_doubt=False).count(),
        "doubts_kept": refusals.filter(is_doubt=True).count(),
        "may_see_rows": may_see_rows,
        "refusals": refusals[:MOST_REFUSALS_SHOWN] if may_see_rows else [],
        "most_shown": MOST_REFUSALS_SHOWN,
    }
