"""The judicial map: which court the law gives each area, found in the edition and the register in use."""

from dataclasses import replace

from django.contrib.gis.geos import Point

from apps.boundaries.matching import CercleNames
from apps.boundaries.models import Area
from apps.infrastructure.models import Institution, Jurisdiction
from apps.sources import services as sources
from apps.sources.models import Load
from geo.names import NameIndex, fold
from layers.readers.judicial_map import COURT_KINDS
from layers.readers.problems import Problem

LOOK_UP = "Écrivez le P-code et les noms comme l'édition des limites en usage."


class Places:
    """The cercles and communes of the active edition, by code and by name."""

    def __init__(self):
        rows = Area.objects.active().defer("boundary")
        self.by_pcode = {area.pcode: area for area in rows}
        self.cercles = CercleNames()
        self.communes = {}
        for area in rows.communes():
            self.communes.setdefault(area.parent_id, []).append((area.name, area))

    def of(self, pcode, region, cercle, commune):
        """Return the area that is told, by its code or else by names; None when it is not surely one."""
        if pcode:
            return self.by_pcode.get(pcode)
        cercles = self.cercles.of_row(cercle, region)
        if len(cercles) != 1 or not commune:
            return cercles[0] if len(cercles) == 1 else None
        found = NameIndex(self.communes.get(cercles[0].pk, [])).find(commune)
        return found[0] if len(found) == 1 else None

    def of_record(self, record):
        return self.of(record.pcode, record.region, record.cercle, record.commune)


def placed(reading, file_name):
    """Return a reading with the rows of unknown areas, and those that tell an area again, refused."""
    places, records, problems, seen = Places(), [], list(reading.problems), {}
    for record in reading.records:
        area = places.of_record(record)
        if area is None:
            problems.append(_refused(record, file_name, "Aucun lieu de l'édition en usage n'est celui-là."))
            continue
        first = seen.setdefault((area.pk, record.court_kind), record.row)
        if first != record.row:
            why = f"La ligne {first} donne déjà une juridiction de cette sorte à {area.name}."
            problems.append(_refused(record, file_name, why))
            continue
        records.append(record)
    return replace(reading, records=records, problems=problems)


def _refused(record, file_name, reason):
    field = "pcode" if record.pcode else "commune" if record.commune else "cercle"
    return Problem(
        where=f"{file_name}, ligne {record.row}",
        row=record.row,
        field=field,
        value=str(getattr(record, field)),
        reason=reason,
        remedy=LOOK_UP,
        is_fatal=True,
    )


def save_judicial_map(records, load):
    """Write the courts of areas in place of those before; return the courts that no register has."""
    places, courts = Places(), _Courts()
    sources.retire_loads(Load.Kind.JUDICIAL_MAP, but=load)
    Jurisdiction.objects.exclude(load=load).delete()
    rows = [_row(record, load, places, courts) for record in records]
    Jurisdiction.objects.bulk_create(rows)
    return sorted({row.court_name for row in rows if row.institution is None})


def _row(record, load, places, courts):
    has_point = record.longitude is not None
    return Jurisdiction(
        load=load,
        row=record.row,
        pcode=record.pcode or "",
        region_name=record.region,
        cercle_name=record.cercle,
        commune_name=record.commune,
        area=places.of_record(record),
        court_kind=record.court_kind,
        court_name=record.court_name,
        location=Point(record.longitude, record.latitude, srid=4326) if has_point else None,
        institution=courts.called(record.court_kind, record.court_name),
    )


class _Courts:
    """The courts of the registers by kind and name; a name that two bear is none."""

    def __init__(self):
        self.by_name = {}
        for court in Institution.objects.counted().filter(kind__in=COURT_KINDS).order_by("pk"):
            self.by_name.setdefault((court.kind, fold(court.name)), []).append(court)

    def called(self, kind, name):
        found = self.by_name.get((kind, fold(name)), [])
        return found[0] if len(found) == 1 else None


def follow():
    """Find again the areas and the courts of the map, after another edition or other institutions."""
    rows = list(Jurisdiction.objects.all())
    if not rows:
        return
    places, courts, taken = Places(), _Courts(), set()
    for row in rows:
        area = places.of(row.pcode, row.region_name, row.cercle_name, row.commune_name)
        # Two communes of a former edition may have become one: the first row keeps it.
        is_free = area is not None and (area.pk, row.court_kind) not in taken
        row.area = area if is_free else None
        row.institution = courts.called(row.court_kind, row.court_name)
        if is_free:
            taken.add((area.pk, row.court_kind))
    Jurisdiction.objects.update(area=None)
    Jurisdiction.objects.bulk_update(rows, ["area", "institution"])
