"""What the sheet of a cercle or a region shows, and where each figure comes from."""

from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.access import access_class, may_see
from apps.boundaries.models import Area, Settlement
from apps.events.figures import area_figures, monthly_counts, provenance
from apps.infrastructure.models import Institution
from apps.maps.indicators import PERIOD_TITLES, days
from apps.maps.load_words import KINDS
from apps.maps.sheets.monthly_chart import by_year, chart
from apps.maps.signs import sign_of
from apps.maps.small_map import small_map
from apps.programme.models import TargetCercle
from apps.sources.models import Load
from geo.vocabulary import Level, PeopleMethod, SettlementClass
from layers.areas import PEOPLE_METHODS
from layers.catalogue import LAYERS
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES
from layers.settlements import SETTLEMENT_CLASSES
from layers.programme.targets import ZONE_LOGICS

MAIN_SETTLEMENTS = 30
"""How many settlements a sheet names at first: the seats, by rank; without ranks, the first by name."""


def area_of(level, pcode):
    """Return the area of the active edition with this code, and what its sheet says of it; None without."""
    areas = Area.objects.active().at(level).select_related("edition", "parent", "population__load")
    return areas.filter(pcode=pcode).first()


def sheet_context(request, area):
    """Return what templates/maps/sheet.html needs to show `area`."""
    language = get_language()
    loads = {load.kind: load for load in Load.objects.in_use()}
    months = monthly_counts(area)
    institutions = list(Institution.objects.in_area(area).select_related("commune"))
    seats = Settlement.objects.in_area(area).filter(settlement_class__lte=SettlementClass.CERCLE_SEAT)
    return {
        "area": area,
        "is_region": area.level == Level.REGION,
        "told": provenance(),
        "loads": loads,
        "sources": [(title, loads[kind]) for kind, title in KINDS.items() if kind in loads],
        "people": people(area, language),
        "periods": periods(area),
        "chart": chart(months),
        "years": by_year(months),
        "institutions": by_kind_and_status(institutions, language),
        **settlements(request, area, language),
        "parts": parts(area),
        "targets": targets(area, language),
        "map": small_map(area, points=points(institutions, seats)),
        "downloads": downloads(request.user, area, loads, language),
        "today": timezone.localdate(),
    }


def people(area, language):
    """Return the figure of people with its year, method and source; None where there is none."""
    population = getattr(area, "population", None)
    if population is None:
        return None
    return {
        "number": population.people,
        "men": population.men,
        "women": population.women,
        "year": population.year,
        "is_estimated": population.method == PeopleMethod.ESTIMATED,
        "method": PEOPLE_METHODS[population.method].in_language(language),
        "load": population.load,
        "density": population.people / area.area_km2,
    }


def periods(area):
    """Return the totals of each usual period, the same as the map's; empty while no event is loaded."""
    told = []
    for key, title in PERIOD_TITLES.items():
        figures = area_figures(Level(area.level), key)
        if figures.period.since is None:
            return []
        total = next(each for each in figures.areas if each["pcode"] == area.pcode)
        told.append({"title": title, "days": days(vars(figures.period)), **total})
    return told


def by_kind_and_status(institutions, language):
    """Return the known institutions counted by kind and status, each with its sign and its names."""
    groups = {}
    for institution in institutions:
        groups.setdefault((institution.kind, institution.status), []).append(institution)
    order = list(INSTITUTION_KINDS)
    return [
        {
            "kind": INSTITUTION_KINDS[kind].in_language(language),
            "status": INSTITUTION_STATUSES[status].in_language(language),
            "sign": sign_of(kind, status),
            "count": len(group),
            "names": sorted({institution.name for institution in group if institution.name}),
            "unnamed": sum(not institution.name for institution in group),
        }
        for (kind, status), group in sorted(groups.items(), key=lambda item: order.index(item[0][0]))
    ]


def settlements(request, area, language):
    """Return the settlements by rank, counted, and the names of the main ones: of all when asked."""
    of_area = Settlement.objects.in_area(area)
    counts = list(
        of_area.values_list("settlement_class").annotate(n=Count("pk")).order_by("settlement_class")
    )
    total = sum(count for _rank, count in counts)
    named = of_area.select_related("commune").order_by("settlement_class", "name", "pk")
    if request.GET.get("localites") != "toutes":
        named = named[: min(MAIN_SETTLEMENTS, _seats(counts) or MAIN_SETTLEMENTS)]
    names = [(each.name, rank_told(each.settlement_class, language), each.commune) for each in named]
    return {
        "settlement_counts": [(rank_told(rank, language), count) for rank, count in counts],
        "settlement_total": total,
        "settlements": names,
        "more_settlements": total - len(names),
    }


def _seats(counts):
    """Return how many settlements are the seat of something."""
    return sum(count for rank, count in counts if rank and rank < SettlementClass.VILLAGE)


def rank_told(rank, language):
    return SETTLEMENT_CLASSES[str(rank)].in_language(language) if rank else _("rang inconnu")


def parts(area):
    """Return the cercles of a region with their figures, or the communes of a cercle."""
    if area.level == Level.REGION:
        of_cercles = area_figures(Level.CERCLE, "12m").areas
        return [cercle for cercle in of_cercles if cercle["region"] == area.pcode]
    return list(area.children.order_by("name").only("name", "pcode", "area_km2"))


def targets(area, language):
    """Return what the programme says of this cercle, or of the cercles of this region."""
    of_area = {"area__parent": area} if area.level == Level.REGION else {"area": area}
    found = TargetCercle.objects.filter(load__in_use=True, **of_area).select_related("area", "load")
    return [(target, ZONE_LOGICS[target.zone_logic].in_language(language)) for target in found]


def points(institutions, seats):
    """Return what stands on the small map: the seats, and the known institutions over them."""
    told = [(seat.location, {"name": seat.name}) for seat in seats]
    return told + [(each.location, {"sign": sign_of(each.kind, each.status)}) for each in institutions]


def downloads(user, area, loads, language):
    """Return the layers that can be had for this area alone, and whether this reader may have them."""
    parameter = "region" if area.level == Level.REGION else "cercle"
    query = urlencode({parameter: area.pcode})
    return [
        {
            "title": layer.title.in_language(language),
            "is_readable": may_see(user, access_class(layer, loads.get(layer.load_kind))),
            "geojson": f"{reverse('api:layer-geojson', args=[layer.name])}?{query}",
            "csv": f"{reverse('api:layer-csv', args=[layer.name])}?{query}",
        }
        for layer in LAYERS.values()
        if parameter in layer.asked_within and layer.load_kind in loads
    ]
