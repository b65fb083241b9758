"""Dated statuses of institutions that are here already."""

from collections import defaultdict

from apps.imports.differences import RowRefused
from apps.imports.kinds.rows import RowKind, beside
from apps.infrastructure.models import Institution, StatusReport
from apps.infrastructure.statuses import report_many
from apps.sources.models import Load
from geo.names import fold
from geo.vocabulary import Level
from layers.institutions import INSTITUTIONS
from layers.readers.wording import did_you_mean

PLACE_COLUMNS = {Level.COMMUNE: "commune_id", Level.CERCLE: "cercle_id", Level.REGION: "region_id"}

MOST_NAMED = 5

ABOUT = ("relocated_to", "share_of_days", "words")
"""What a report may tell beside the status and its day."""


class Statuses(RowKind):
    load_kind = Load.Kind.INSTITUTIONS
    key_field = "as_of"
    joins = INSTITUTIONS

    def __init__(self, import_):
        super().__init__(import_)
        self.by_number = {row.pk: row for row in Institution.objects.filter(same_as__isnull=True)}
        self.by_id, self.by_name, self.by_kind = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in self.by_number.values():
            self.by_id[row.source_id].append(row)
            self.by_name[fold(row.name)].append(row)
            self.by_kind[row.kind].append(row)
        reports = StatusReport.objects.filter(fact__isnull=True).order_by("reported_at", "pk")
        self.reports = {(report.institution_id, report.as_of): report for report in reports}

    def formers(self):
        return {
            _key(pk, day): {
                "institution": self._name(pk),
                "status": report.status,
                "as_of": day.isoformat(),
                "relocated_to": report.relocated_to,
                "share_of_days": report.share_of_days,
                "words": report.words,
            }
            for (pk, day), report in self.reports.items()
        }

    def gone(self, formers, told):
        """Nothing goes: a file of statuses tells what it knows, on the days it knows of."""
        return []

    def _name(self, pk):
        return f"{self.by_number[pk]} ({pk})" if pk in self.by_number else str(pk)

    def told(self, row):
        values, institution = row.values, self._institution(row)
        as_of = values["as_of"]
        told = {
            "institution": self._name(institution.pk),
            "status": values["status"],
            "as_of": as_of.isoformat(),
            "relocated_to": values.get("relocated_to"),
            "share_of_days": values.get("share_of_days"),
            "words": values.get("words"),
        }
        about = {name: values[name] for name in ABOUT if values.get(name) not in (None, "")}
        return _key(institution.pk, as_of), told, (institution, values["status"], as_of, about)

    def _institution(self, row):
        values = row.values
        if values.get("institution"):
            return self._one([self.by_number.get(values["institution"])], "institution", row)
        if values.get("source_id"):
            return self._one(self.by_id.get(values["source_id"], []), "source_id", row)
        if values.get("name"):
            near = self._in_place(self.by_name.get(fold(values["name"]), []), row)
            return self._one(near, "name", row)
        return self._one(self._in_place(self.by_kind.get(values.get("kind"), []), row), "kind", row)

    def _in_place(self, found, row):
        """Return those of the kind and in the area that the row tells, where it tells any."""
        kind = row.values.get("kind")
        found = [each for each in found if kind in (None, each.kind)]
        if not self.place_told(row.values)[0]:
            return found
        area = self.area_of(row)
        return [each for each in found if getattr(each, PLACE_COLUMNS[area.level]) == area.pk]

    def _one(self, found, field, row):
        found = [each for each in found if each]
        if len(found) == 1:
            return found[0]
        told = row.values.get(field) or ""
        if found:
            numbers = ", ".join(str(each.pk) for each in found[:MOST_NAMED])
            raise RowRefused(
                self.header(field),
                told,
                f"{len(found)} institutions répondent à cette description (numéros {numbers}).",
                "Donnez le numéro de l'institution, ou son cercle et sa sorte.",
            )
        hint = (
            did_you_mean(str(told), (each.name for each in self.by_number.values()))
            if field == "name"
            else ""
        )
        raise RowRefused(
            self.header(field),
            told,
            "Aucune institution d'ici ne répond à cette description.",
            f"Corrigez-la, ou importez d'abord l'institution.{hint}",
        )

    def save(self, difference, load):
        beside(load)
        changed = [item.record for item in difference.of("added", "changed")]
        by, why = self.import_.made_by, f"import, chargement {load.pk} ({self.import_.publisher})".strip()
        report_many(changed, by=by, why=why[:300])


def _key(pk, day):
    return f"{pk} {day.isoformat()}"
