"""Settlements, institutions and works of the small country (`tests.small_country`), for coverage."""

from datetime import date

from django.contrib.gis.geos import Point

from apps.boundaries.models import Area
from apps.boundaries.services import save_settlements
from apps.coverage import services
from apps.coverage.figures import coverage, difference_with_works
from apps.coverage.questions import CoverageQuestion
from apps.infrastructure.completeness import set_completeness
from apps.infrastructure.models import Institution
from apps.infrastructure.services import keep
from apps.infrastructure.statuses import report_status
from apps.programme.models import PlannedWork
from apps.sources.models import Load
from geo.vocabulary import CoverageSense, InstitutionKind, Level
from layers.readers.settlements import SettlementRecord
from layers.sources_toml import Contents
from tests import small_country

TI, TGI, BRIGADE = InstitutionKind.TI, InstitutionKind.TGI, InstitutionKind.BRIGADE
TODAY = date(2026, 11, 1)
NORTH_10_KM = 0.09039
"""Degrees of latitude that make about 10 km at 13.5 degrees north."""


def live(*settlements):
    """Load these settlements, each (longitude, latitude) or (longitude, latitude, class)."""
    records = [
        SettlementRecord(
            name=f"Village {number}",
            source_id=f"V{number}",
            settlement_class=rest[0] if rest else 5,
            longitude=longitude,
            latitude=latitude,
            commune_name="",
            cercle_name="",
            row=number + 1,
        )
        for number, (longitude, latitude, *rest) in enumerate(settlements, start=1)
    ]
    load = small_country.recorded(Load.Kind.SETTLEMENTS, Contents.SETTLEMENTS, rows=len(records))
    return save_settlements(records, load)


def stands(longitude, latitude, kind=TI, **reports):
    """Keep an institution; `reports` are its statuses by year: `y2020="functional"`."""
    institution = keep(Institution(kind=kind, location=Point(longitude, latitude, srid=4326)))
    for year, status in reports.items():
        report_status(institution, status, as_of=date(int(year[1:]), 1, 1))
    return institution


def planned(longitude=None, latitude=None, kind="jpce_to_ti", code="INF01", action="transform"):
    """Write a planned work, at a place or without one."""
    load = Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first()
    place = {} if longitude is None else {"location": Point(longitude, latitude, srid=4326)}
    PlannedWork.objects.create(
        load=load,
        row=int(code[3:]),
        documents=[],
        infra_id=code,
        infra_type="JPCE->TI",
        kind=kind,
        action=action,
        status="planned",
        **place,
    )
    services.measure_places()


def complete(*pcodes, kinds=(TI,), state="complete"):
    """Say that the register is complete for these kinds in these cercles."""
    cercles = Area.objects.cercles().filter(pcode__in=pcodes).select_related("parent")
    set_completeness(kinds, cercles, state, as_of=date(2026, 1, 1), why="Vérifié sur place")


def complete_everywhere(**about):
    complete("ML9101", "ML9201", "ML9202", **about)


def asked(limit_km=30.0, kinds=(TI,), sense="nominal", day=TODAY, level=Level.CERCLE, **about):
    return CoverageQuestion(
        kinds=tuple(InstitutionKind(kind) for kind in kinds),
        sense=CoverageSense(sense),
        limit_km=limit_km,
        day=day,
        level=level,
        **about,
    )


def answer(*args, **about):
    return coverage(asked(*args, **about))


def difference(*args, **about):
    return difference_with_works(asked(*args, **about))


def reached(*args, **about):
    """Return (surely reached, possibly reached) of the country."""
    country = answer(*args, **about).country
    return country.reached_low, country.reached_high


def of(areas, pcode):
    return next(area for area in areas if area.pcode == pcode)
