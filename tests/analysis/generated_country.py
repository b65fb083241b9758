"""
A country drawn by chance, the same each time, with everything that the gallery asks of.

Twelve communes whose corners are moved about, and a thirteenth that lies in the first but belongs to another
cercle: its cercle has two parts, and the one around it a hole. Six cercles, two regions. The people of one
cercle are not known. Events of every precision over two years, some of them on the same day and place.
"""

from datetime import date, timedelta
from itertools import cycle

import numpy as np
import shapely
from django.contrib.gis.geos import Point

from apps.boundaries.models import Area
from apps.boundaries.placing import place_again
from apps.infrastructure.models import Fact, Institution
from apps.programme.models import PlannedWork, TargetCercle
from apps.projects.models import Funding, Presence, Project
from apps.sources.models import Load
from geo.vocabulary import EventType, InstitutionKind, Level
from tests import small_country
from tests.coverage.inhabited import live

SEED = 7
COLUMNS, ROWS, CELL = 4, 3, 0.9
WEST, SOUTH = -6.0, 12.5
EVENTS, SETTLEMENTS = 400, 140
LAST_DAY = date(2020, 10, 31)
PRECISIONS = (1, 1, 1, 1, 2, 2, 3, 4, 5, 6)
KINDS = (
    InstitutionKind.TI,
    InstitutionKind.JPCE,
    InstitutionKind.BRIGADE,
    InstitutionKind.COMMISSARIAT,
    InstitutionKind.EPES,
)
STATUSES = ("functional", "closed", "destroyed", "under_construction", "relocated", "unknown")
THEMES = ("early warning", "land law", "early warning; land law", "")
DONORS = ("UE", "PBF", "Danemark", "UE; PBF")


def make():
    """Load the country, in a transaction that its caller ends."""
    chance = np.random.default_rng(SEED)
    small_country.make("Pays au hasard", areas=areas(chance))
    live(*((x, y, int(chance.choice((3, 4, 5)))) for x, y in somewhere(chance, SETTLEMENTS)))
    cercles = list(Area.objects.cercles().order_by("pcode"))
    small_country.people(**{cercle.name: 190_000 + 20_000 * at for at, cercle in enumerate(cercles[:-1])})
    small_country.happened(*events(chance))
    _institutions(somewhere(chance, 12))
    _tables(chance, cercles)


def areas(chance):
    """Return the areas as `small_country.AREAS` are: from west to east, each column from the south."""
    corners = np.array(
        [[(WEST + CELL * i, SOUTH + CELL * j) for j in range(ROWS + 1)] for i in range(COLUMNS + 1)]
    )
    corners[1:-1, 1:-1] += chance.uniform(-0.1, 0.1, (COLUMNS - 1, ROWS - 1, 2))
    communes = {}
    for i in range(COLUMNS):
        for j in range(ROWS):
            ring = (corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1])
            cercle = f"ML{91 + i // 2}{j + 1:02}"
            communes[f"{cercle}{i % 2 + 1:02}"] = shapely.Polygon(ring)
    enclave = shapely.box(WEST + 0.2, SOUTH + 0.2, WEST + 0.35, SOUTH + 0.3)
    communes["ML910101"] = communes["ML910101"].difference(enclave)
    communes["ML910203"] = enclave
    told = [(Level.COMMUNE, pcode, pcode[:6], shape) for pcode, shape in communes.items()]
    for level, figures in ((Level.CERCLE, 6), (Level.REGION, 4)):
        for pcode in sorted({pcode[:figures] for pcode in communes}):
            parts = [shape for each, shape in communes.items() if each.startswith(pcode)]
            told.append(
                (level, pcode, pcode[:4] if level is Level.CERCLE else "ML", shapely.union_all(parts))
            )
    told.sort(key=lambda each: (each[0], each[1]))
    return [(level, pcode, f"Lieu {pcode}", parent, many(shape)) for level, pcode, parent, shape in told]


def many(shape):
    return shapely.MultiPolygon(shapely.get_parts(shape).tolist())


def somewhere(chance, number):
    """Return so many points (longitude, latitude) of the country, to five decimals."""
    width, height = COLUMNS * CELL, ROWS * CELL
    points = chance.uniform(
        (WEST + 0.02, SOUTH + 0.02), (WEST + width - 0.02, SOUTH + height - 0.02), (number, 2)
    )
    return points.round(5).tolist()


def events(chance):
    """Yield events of every precision and type: denser to the west, every fifth where the one before was."""
    place = None
    for number, (x, y) in enumerate(somewhere(chance, EVENTS)):
        if number % 5 or place is None:
            place = (WEST + 0.02 + (x - WEST) * chance.choice((0.3, 0.6, 0.95)), y)
        yield small_country.event(
            round(float(place[0]), 5),
            place[1],
            (LAST_DAY - timedelta(days=int(chance.integers(0, 720)))).isoformat(),
            event_type=EventType.VIOLENCE_AGAINST_CIVILIANS.value if number % 3 else EventType.BATTLES.value,
            geo_precision=int(chance.choice(PRECISIONS)),
            fatalities=int(chance.poisson(2)),
        )


def _institutions(places):
    made = Institution.objects.bulk_create(
        Institution(
            name=f"Institution {number}",
            kind=kind,
            family=kind.family,
            status=STATUSES[number % len(STATUSES)],
            register="Registre d’essai",
            location=Point(*place, srid=4326),
        )
        for number, (place, kind) in enumerate(zip(places, cycle(KINDS), strict=False))
    )
    place_again(Institution.objects.filter(pk__in=[each.pk for each in made]))


def _tables(chance, cercles):
    """Write targets, works, mechanisms of peace and projects."""
    load = Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first()
    document = {"load": load, "documents": []}
    for row, cercle in enumerate(cercles[:3], start=100):
        TargetCercle.objects.create(
            **document, row=row, cercle_name=cercle.name, zone_logic="centre_nord", communes=2, area=cercle
        )
    places = somewhere(chance, 12)
    for row, cercle in enumerate((*cercles, *cercles[:4], None), start=900):
        work = PlannedWork.objects.create(
            **document,
            row=row,
            infra_id=f"INF{row}",
            infra_type="commissariat",
            kind="commissariat",
            status="planned",
            usd_total=None if row % 4 == 0 else 1000 * (row - 890),
            alignment_confidence="joint" if row % 5 == 0 else "high",
            location=Point(*places[row - 900], srid=4326) if cercle else None,
        )
        work.areas.set([cercle] if cercle else [])
    for row, area in enumerate((*cercles[:4], cercles[0].parent), start=900):
        fact = Fact.objects.create(
            **document, row=row, mechanism="cofo", infra_type="COFO", fact_kind="point", level="cercle"
        )
        fact.areas.set([area])
    for number in range(12):
        project = Project.objects.create(
            register="annex_1",
            code=f"G{number}",
            title=f"Projet {number}",
            themes=THEMES[number % len(THEMES)],
            documents=[],
        )
        Funding.objects.create(project=project, line=1, donor=DONORS[number % 3] if number % 5 else DONORS[3])
        cercle = cercles[number % len(cercles)]
        if number % 2:
            x, y = places[number]
            Presence.objects.create(
                project=project,
                reach="point",
                place=f"Site {number}",
                area=cercle,
                location=Point(x, y, srid=4326),
            )
        else:
            Presence.objects.create(project=project, reach="region", place="Région", area=cercle.parent)
