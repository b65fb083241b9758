"""Writing editions, people, settlements and names. Called by commands; each function is one transaction."""

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from apps.boundaries.aliases import follow_aliases
from apps.boundaries.codes import tie_codes
from apps.boundaries.matching import CercleNames, aliases
from apps.boundaries.models import (
    Area,
    AreaShape,
    DensityCell,
    Edition,
    PlaceName,
    Population,
    PopulationRow,
    Settlement,
)
from apps.boundaries.placing import place_again, place_points
from apps.boundaries.queries import (
    COPY_DENSITY,
    COPY_NAMES,
    COPY_SETTLEMENTS,
    copy_rows,
    make_tile_shapes,
)
from apps.sources import services as sources
from apps.sources.models import Load
from geo.names import fold, sound
from geo.nesting import dissolved, multipolygon
from geo.shapes import area_km2, simplified_coverage
from geo.shares import shared_out
from geo.vocabulary import Level, PeopleMethod

TOLERANCES_DEGREES = {
    AreaShape.Detail.HIGH: 0.001,
    AreaShape.Detail.MEDIUM: 0.005,
    AreaShape.Detail.LOW: 0.02,
}
"""About 100 m, 500 m and 2 km in Mali: a pixel of a screen map at zooms 10, 8 and 6. Our choice."""

DETAIL_FROM_ZOOM = {0: AreaShape.Detail.LOW, 7: AreaShape.Detail.MEDIUM, 9: AreaShape.Detail.HIGH, 11: ""}
"""
Which detail vector tiles draw from which zoom on; "" is the boundary itself. A tile of 512 pixels shows at
zoom 6 what a map calls zoom 7: a bend that the shape leaves out is at most two of its pixels. Our choice.
"""

UNRANKED = 9
"""A settlement whose rank is not told comes after those whose is."""

CENSUS_YEARS = {1976, 1987, 1998, 2009}
"""The years of Mali's general censuses; figures of any other year are projections."""

AREA_LAYERS = ("regions", "cercles", "communes")


@transaction.atomic
def save_edition(records, *, name, valid_from, load, is_approximate=False):
    """Write an edition, inactive, with its simplified shapes; return it. Its name must be new."""
    edition = Edition.objects.create(
        name=name, valid_from=valid_from, load=load, is_approximate=is_approximate
    )
    areas = {}
    for level in Level:
        at_level = [record for record in records if record.level == level]
        made = Area.objects.bulk_create(_area(edition, record, areas) for record in at_level)
        areas |= {area.pcode: area for area in made}
    _save_shapes(records, areas)
    make_tile_shapes(edition, DETAIL_FROM_ZOOM)
    return edition


def _area(edition, record, areas):
    return Area(
        edition=edition,
        level=record.level,
        pcode=record.pcode,
        name=record.name,
        parent=areas.get(record.parent_pcode),
        boundary=as_geos(record.boundary),
        area_km2=area_km2(record.boundary),
    )


def as_geos(shape):
    """Return a shapely shape as GeoDjango takes it."""
    return GEOSGeometry(memoryview(shape.wkb), srid=4326)


def _save_shapes(records, areas):
    """Simplify the lowest level as a coverage and dissolve it upward, so that levels nest at every detail."""
    lowest = max(record.level for record in records)
    leaves = [record for record in records if record.level == lowest]
    for detail, tolerance in TOLERANCES_DEGREES.items():
        shapes = [multipolygon(s) for s in simplified_coverage([leaf.boundary for leaf in leaves], tolerance)]
        pcodes = [leaf.pcode for leaf in leaves]
        for _ in range(lowest):
            AreaShape.objects.bulk_create(
                AreaShape(
                    area=areas[pcode], detail=detail, shape=GEOSGeometry(memoryview(shape.wkb), srid=4326)
                )
                for pcode, shape in zip(pcodes, shapes, strict=True)
            )
            parents = [areas[pcode].parent.pcode if areas[pcode].parent else None for pcode in pcodes]
            if parents[0] is None:
                break
            pcodes, shapes = dissolved(parents, shapes)


@transaction.atomic
def activate(edition):
    """Switch this edition on, and have every row that is tied to an area find its place in it."""
    Edition.objects.filter(is_active=True).exclude(pk=edition.pk).update(is_active=False)
    Load.objects.filter(editions__isnull=False).exclude(pk=edition.load_id).update(in_use=False)
    Load.objects.filter(pk=edition.load_id).update(in_use=True)
    edition.is_active = True
    edition.activated_at = timezone.now()
    edition.save(update_fields=["is_active", "activated_at"])
    _tell(settings.EDITION_FOLLOWERS)


def _tell(followers):
    for path in followers:
        import_string(path)()


def follow_edition():
    """Place settlements, people, names, codes and aliases in the edition that is now active."""
    place_again(Settlement.objects.all())
    tie_codes()
    follow_aliases()
    for load in Load.objects.in_use().of_kind(Load.Kind.POPULATION):
        settle_people(load)
    rebuild_names()
    sources.touch(*AREA_LAYERS, "settlements")


@transaction.atomic
def save_settlements(records, load):
    """Write settlements in place of the former ones, each in its commune; return how many."""
    sources.retire_loads(Load.Kind.SETTLEMENTS, but=load)
    Settlement.objects.exclude(load=load).delete()
    places = place_points([r.longitude for r in records], [r.latitude for r in records])
    copy_rows(
        COPY_SETTLEMENTS,
        (_settlement_row(record, load, place) for record, place in zip(records, places, strict=True)),
    )
    rebuild_names()
    _tell(settings.SETTLEMENT_FOLLOWERS)
    sources.touch("settlements")
    return len(records)


def _settlement_row(record, load, place):
    """Return the values of one settlement in the order of COPY_SETTLEMENTS."""
    point = f"SRID=4326;POINT({record.longitude} {record.latitude})"
    return (load.pk, record.name, record.source_id, record.settlement_class, point, *place)


@transaction.atomic
def save_density(cells, load):
    """Write the cells of a raster in place of the former ones; figures they share out follow."""
    sources.retire_loads(Load.Kind.DENSITY, but=load)
    DensityCell.objects.exclude(load=load).delete()
    copy_rows(COPY_DENSITY, ((load.pk, _box(cell), cell.people) for cell in cells))
    for population in Load.objects.in_use().of_kind(Load.Kind.POPULATION):
        settle_people(population)
    follow_people()


def _box(cell):
    return f"SRID=4326;{Polygon.from_bbox((cell.west, cell.south, cell.east, cell.north)).wkt}"


@transaction.atomic
def save_population(records, load):
    """
    Write population rows in place of the former ones; return the names that found no cercle.

    Figures whose day nobody told are of the last day of the newest year in them: they are as old as that.
    """
    sources.retire_loads(Load.Kind.POPULATION, but=load)
    PopulationRow.objects.all().delete()
    PopulationRow.objects.bulk_create(
        PopulationRow(
            load=load,
            name=record.name,
            region_name=record.region_name or "",
            pcode=record.pcode or "",
            year=record.year,
            people=record.people,
            men=record.men,
            women=record.women,
        )
        for record in records
    )
    years = {record.year for record in records}
    method = PeopleMethod.CENSUS if years <= CENSUS_YEARS else PeopleMethod.PROJECTION
    load.counts = {**load.counts, "method": method}
    load.as_of = load.as_of or date(max(years), 12, 31)
    load.save(update_fields=["counts", "as_of"])
    unmatched = settle_people(load)
    follow_people()
    return unmatched


def follow_people():
    """Have all that rests on the figures of people follow them, after they changed."""
    _tell(settings.PEOPLE_FOLLOWERS)
    sources.touch(*AREA_LAYERS)


def settle_people(load):
    """
    Give each area of the active edition its people; return the rows whose name is no cercle of it.

    A row names a cercle. Where the edition has since made that cercle a region of several (Ménaka), the
    row is the region's figure, and its cercles share it by the density raster, as estimates; without a
    raster they have no figure. A region has the sum of its rows when none of its cercles lacks one.
    """
    Population.objects.all().delete()
    names, unmatched = CercleNames(), []
    by_region, told = defaultdict(list), set()
    for row in load.population_rows.all():
        cercles = names.of_row(row.name, row.region_name)
        if not cercles:
            unmatched.append(row)
            continue
        by_region[cercles[0].parent].append(row)
        told.update(cercle.pk for cercle in cercles)
        _give_people(row, cercles, load)
    for region, rows in by_region.items():
        if all(cercle.pk in told for cercle in names.cercles if cercle.parent_id == region.pk):
            _give_region_people(region, rows, load)
    return unmatched


def _give_people(row, cercles, load):
    method = load.counts["method"]
    if len(cercles) == 1:
        parts = [row.people]
    else:
        method = PeopleMethod.ESTIMATED
        weights = [DensityCell.objects.people_in(cercle) for cercle in cercles]
        if not any(weights):
            return
        parts = shared_out(row.people, weights)
    Population.objects.bulk_create(
        Population(
            area=cercle,
            load=load,
            year=row.year,
            people=people,
            men=row.men if len(cercles) == 1 else None,
            women=row.women if len(cercles) == 1 else None,
            method=method,
        )
        for cercle, people in zip(cercles, parts, strict=True)
    )


def _give_region_people(region, rows, load):
    sexes_told = all(row.men is not None and row.women is not None for row in rows)
    Population.objects.create(
        area=region,
        load=load,
        year=rows[0].year,
        people=sum(row.people for row in rows),
        men=sum(row.men for row in rows) if sexes_told else None,
        women=sum(row.women for row in rows) if sexes_told else None,
        method=load.counts["method"],
    )


@transaction.atomic
def rebuild_names():
    """Write every name that the search box knows, anew."""
    PlaceName.objects.all().delete()
    areas = list(Area.objects.active())
    PlaceName.objects.bulk_create(_place_name(area.name, area.level, area) for area in areas)
    PlaceName.objects.bulk_create(_place_name(name, area.level, area) for name, area in aliases())
    settlements = Settlement.objects.order_by("pk").values_list("name", "settlement_class", "pk")
    copy_rows(
        COPY_NAMES,
        (
            (name, fold(name), sound(name), 3 + (settlement_class or UNRANKED), None, pk)
            for name, settlement_class, pk in settlements
        ),
    )


def _place_name(name, weight, area):
    return PlaceName(name=name, folded=fold(name), sound=sound(name), weight=weight, area=area)


def edition_named(name):
    """Return the edition of this name, or None."""
    return Edition.objects.filter(name=name).first()


def edition_of_files(sha256):
    """Return the edition that these very bytes made, or None."""
    return Edition.objects.filter(load__sha256=sha256).select_related("load").first()


def default_edition_name(valid_from):
    """Return the name an edition gets when the operator gives none."""
    return f"COD-AB {valid_from.isoformat()}"
