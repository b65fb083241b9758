"""
A country small enough to check by hand: two regions, three cercles, five communes, all squares.

    ML91 Ouest: cercle ML9101 Alpha (communes ML910101, ML910102), one degree square from (-5, 13)
    ML92 Est:   cercle ML9201 Bêta  (commune ML920101), the square from (-4, 13)
                cercle ML9202 Gamma (communes ML920201, ML920202), the square from (-3, 13)

Alpha and Gamma are cut in two along 13.5 degrees north: their southern commune comes first.
"""

from datetime import date
from pathlib import Path

import shapely

from apps.boundaries import services as boundaries
from apps.boundaries.models import Edition
from apps.events import loading
from apps.events.models import ConflictEvent, EventCell, EventCount
from apps.infrastructure.documents import DOCUMENTS_REGISTER
from apps.infrastructure.models import Fact, Institution
from apps.projects.models import Presence
from apps.sources import services as sources
from apps.sources.models import Load
from geo.vocabulary import EventSource, EventType, Level
from layers.readers.boundaries.area import AreaRecord
from layers.readers.events import EventRecord
from layers.readers.population import PopulationRecord
from layers.sources_toml import Contents, SourceFile


def square(west, south, east, north):
    return shapely.MultiPolygon([shapely.box(west, south, east, north)])


AREAS = (
    (Level.REGION, "ML91", "Ouest", "ML", square(-5, 13, -4, 14)),
    (Level.REGION, "ML92", "Est", "ML", square(-4, 13, -2, 14)),
    (Level.CERCLE, "ML9101", "Alpha", "ML91", square(-5, 13, -4, 14)),
    (Level.CERCLE, "ML9201", "Bêta", "ML92", square(-4, 13, -3, 14)),
    (Level.CERCLE, "ML9202", "Gamma", "ML92", square(-3, 13, -2, 14)),
    (Level.COMMUNE, "ML910101", "Alpha Sud", "ML9101", square(-5, 13, -4, 13.5)),
    (Level.COMMUNE, "ML910102", "Alpha Nord", "ML9101", square(-5, 13.5, -4, 14)),
    (Level.COMMUNE, "ML920101", "Bêta", "ML9201", square(-4, 13, -3, 14)),
    (Level.COMMUNE, "ML920201", "Gamma Sud", "ML9202", square(-3, 13, -2, 13.5)),
    (Level.COMMUNE, "ML920202", "Gamma Nord", "ML9202", square(-3, 13.5, -2, 14)),
)


def records(areas=AREAS):
    return [
        AreaRecord(
            level=level,
            pcode=pcode,
            name=name,
            parent_pcode=parent,
            boundary=boundary,
            valid_on=date(2021, 12, 20),
            repaired=False,
            file="petit pays.geojson",
            row=row,
        )
        for row, (level, pcode, name, parent, boundary) in enumerate(areas, start=1)
    ]


def source(what, name, **about):
    told = {
        "publisher": "Éditeur d’essai",
        "licence": "CC0",
        "attribution": "Essai",
        "sha256": name.ljust(64, "0"),
    }
    return SourceFile(path=Path(name), what=what, **told | about)


def recorded(kind, what, name="essai.csv", rows=0, **about):
    return sources.record_load(
        kind, source(what, name, **about), rows_read=rows, rows_written=rows, problems=[], in_use=True
    )


def make(name="Petit pays", areas=AREAS, *, active=True):
    """Load the small country as an edition, where nothing of the real one stands; return it."""
    if Edition.objects.filter(is_active=True, is_approximate=True).exists():
        # What came with the stand-in; a second edition keeps what the test made under the first.
        ConflictEvent.objects.all().delete()
        Presence.objects.all().delete()
    Fact.objects.all().delete()
    Institution.objects.filter(register=DOCUMENTS_REGISTER).delete()
    load = recorded(Load.Kind.BOUNDARIES, Contents.BOUNDARIES, f"{name}.geojson", len(areas))
    edition = boundaries.save_edition(records(areas), name=name, valid_from=date(2021, 12, 20), load=load)
    if active:
        boundaries.activate(edition)
    return edition


def people(**by_cercle):
    """Load these numbers of people, by name of cercle; `Alpha=(900, "Ouest")` tells the region too."""
    rows = [
        PopulationRecord(
            name=name,
            region_name=figure[1] if isinstance(figure, tuple) else "",
            pcode=None,
            people=figure[0] if isinstance(figure, tuple) else figure,
            men=None,
            women=None,
            year=2020,
            row=row,
        )
        for row, (name, figure) in enumerate(by_cercle.items(), start=2)
    ]
    load = recorded(Load.Kind.POPULATION, Contents.POPULATION, "people.csv", len(rows))
    return boundaries.save_population(rows, load)


def event(longitude, latitude, day="2020-10-15", **about):
    """Return an event: a battle of precision 1 without fatalities, unless told."""
    told = {
        "time_precision": 1,
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Acteur A",
        "actor2": "Acteur B",
        "fatalities": 0,
        "geo_precision": 1,
        "admin1": "",
        "admin2": "",
        "admin3": "",
        "location_name": "Lieu",
        "source_updated": None,
        "other": {},
        "row": 2,
        "civilians_targeted": about.get("event_type") == EventType.VIOLENCE_AGAINST_CIVILIANS,
        "source_event_id": f"{longitude} {latitude} {day} {sorted(about.items())}"[:40],
    }
    return EventRecord(
        longitude=longitude, latitude=latitude, occurred_on=date.fromisoformat(day), **told | about
    )


def happened(*records, told_by=EventSource.ACLED, **about):
    """
    Load these events in place of those before of this source; return how many lie outside every area.

    Simulated ones (`simulated=True`) take the place of all.
    """
    replaced = [ConflictEvent.objects.all(), EventCount.objects.all(), EventCell.objects.all()]
    if about.get("simulated"):
        told_by = EventSource.SIMULATED
    else:
        replaced = [rows.filter(source=told_by) for rows in replaced]
    for rows in replaced:
        rows.delete()
    contents = Contents.UCDP_EVENTS if told_by is EventSource.UCDP else Contents.ACLED_EVENTS
    rows = [numbered(record, number) for number, record in enumerate(records)]
    return loading.upsert_records(rows, source(contents, "events.csv", **about), source=told_by).outside


def numbered(record, number):
    """Return the event under an identifier of its own."""
    return EventRecord(
        **{**{k: getattr(record, k) for k in record.__dataclass_fields__}, "source_event_id": f"T{number}"}
    )
