"""Institutions of a register: rows new and changed, with dated statuses. None is erased by an import."""

from django.contrib.gis.geos import Point

from apps.boundaries.told_places import ToldPlaces
from apps.imports.differences import RowRefused
from apps.imports.kinds.rows import WRITTEN, RowKind, beside
from apps.infrastructure import services
from apps.infrastructure.models import Institution, SamePlace, StatusReport
from apps.infrastructure.registers import Told
from apps.sources.models import Load
from geo.names import fold
from geo.vocabulary import InstitutionKind, PlaceTold
from layers.institutions import INSTITUTIONS
from layers.readers.institution_names import kind_of

DIGITS = 6
"""Of a degree: a tenth of a metre."""

NO_DAY = "La date de l'état manque."
TELL_THE_DAY = "Ajoutez une colonne de dates, ou dites la date des données du fichier."


class Institutions(RowKind):
    load_kind = Load.Kind.INSTITUTIONS
    key_field = "source_id"
    joins = INSTITUTIONS

    def __init__(self, import_):
        super().__init__(import_)
        self.register = import_.options.get("register") or import_.publisher or import_.file_name
        self.told_places = ToldPlaces()
        rows = Institution.objects.filter(register=self.register)
        self.known = {row.source_id: row for row in rows}
        self.lent = _former_locations(rows)
        self.reports = {
            (report.institution_id, report.as_of): report
            for report in StatusReport.objects.filter(institution__in=rows, fact__isnull=True)
        }

    def formers(self):
        return {source_id: self._former(row) for source_id, row in self.known.items()}

    def _former(self, row):
        point = self.lent.get(row.pk, row.location)
        return {
            "kind": row.kind,
            "name": row.name,
            "longitude": round(point.x, DIGITS),
            "latitude": round(point.y, DIGITS),
            "status": row.status,
            "status_as_of": None,
        }

    def told(self, row):
        values = row.values
        kind = _kind(values)
        point, place_told, place = self._place(row)
        source_id = values.get("source_id") or f"{kind}:{fold(values.get('name') or '')}:{fold(place)}"
        status, as_of = values.get("status"), self._day_of_status(values)
        told = {
            "kind": kind.value,
            "name": values.get("name") or "",
            "longitude": round(point.x, DIGITS),
            "latitude": round(point.y, DIGITS),
            "status": status,
            "status_as_of": as_of and as_of.isoformat(),
        }
        known = self.known.get(source_id)
        record = (
            Told(source_id, kind, told["name"], point, place_told),
            self._report(source_id, values, as_of),
        )
        return source_id, told | self._untouched(known, status, as_of), record

    def _untouched(self, known, status, as_of):
        """Return, as not told, the values that data keepers corrected and a status already reported."""
        if known is None:
            return {}
        names = {"location": ("longitude", "latitude")}
        corrected = [
            each for name in known.corrected for each in names.get(name, (name,)) if name != "place_told"
        ]
        report = self.reports.get((known.pk, as_of))
        reported = ("status", "status_as_of") if report and report.status == status else ()
        return dict.fromkeys((*corrected, *reported))

    def _day_of_status(self, values):
        if not values.get("status"):
            return None
        as_of = values.get("status_as_of") or self.import_.as_of
        if as_of is None:
            raise RowRefused(self.header("status_as_of"), "", NO_DAY, TELL_THE_DAY)
        return as_of

    @staticmethod
    def _report(source_id, values, as_of):
        if as_of is None:
            return None
        return source_id, values["status"], as_of, {"relocated_to": values.get("relocated_to") or ""}

    def _place(self, row):
        """Return the point of a row, how it is known, and words for the place."""
        longitude, latitude = row.values.get("longitude"), row.values.get("latitude")
        if longitude is not None and latitude is not None:
            return Point(longitude, latitude, srid=4326), PlaceTold.EXACT, f"{latitude} {longitude}"
        locality = row.values.get("locality")
        if locality:
            return self._locality(row, locality)
        area = self.area_of(row)
        return self._seat(area), PlaceTold.SEAT, area.name

    def _locality(self, row, name):
        parent = self.area_of(row) if self.place_told(row.values)[0] else None
        found = self.told_places.find(name, "locality", parent.name if parent else "")
        if found.point:
            return found.point, PlaceTold.SETTLEMENT, f"{name} {parent.name if parent else ''}"
        if parent:
            return self._seat(parent), PlaceTold.SEAT, f"{name} {parent.name}"
        raise RowRefused(
            self.header("locality"),
            name,
            "Cette localité n'est pas connue, ou plusieurs portent ce nom.",
            "Donnez aussi le cercle ou la commune, ou la longitude et la latitude.",
        )

    def _seat(self, area):
        return self.told_places.seat_of(area) or area.boundary.point_on_surface

    def save(self, difference, load):
        beside(load)
        written = [item.record for item in difference.of(*WRITTEN) if item.action != "unchanged"]
        services.take_in(
            [told for told, _ in written],
            load,
            register=self.register,
            reports=[report for _, report in written if report],
            by=self.import_.made_by,
        )


def _kind(values):
    """Return the kind told; where only the family is, the one that the name tells."""
    kind = InstitutionKind(values["kind"])
    is_told = not kind.value.endswith("_not_told")
    return kind if is_told else kind_of(values.get("name") or "", kind.family)


def _former_locations(rows):
    """Return where the register told those that borrow the place of another, by id."""
    lent = SamePlace.objects.filter(
        state=SamePlace.State.CONFIRMED, former_location__isnull=False, kept__in=rows
    )
    return dict(lent.values_list("kept", "former_location"))
