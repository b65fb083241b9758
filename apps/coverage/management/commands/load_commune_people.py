"""
Loads people by commune: where a table tells all communes of a cercle, they share the figure of the cercle.

The total of the cercle stays that of load_population: a table of another year tells proportions alone. A
commune is found by its name within its cercle, and its P-code; what is not certain is refused, with what may
be meant.
"""

from django.db import transaction

from apps.boundaries.place_matching import PlaceMatcher
from apps.boundaries.services import follow_people
from apps.coverage.models import CommuneCount
from apps.sources import services as sources
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from geo.vocabulary import Level
from layers.readers import population
from layers.readers.problems import Problem, Reading
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.COMMUNE_PEOPLE
    what = Contents.OTHER

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--edition", help="whose P-codes the file uses: its name, day or year")

    def handle(self, *, edition, **options):
        self.edition = edition
        super().handle(**options)

    def is_complete(self, load):
        """Counts are of the areas of one edition: under another the same file is placed again."""
        return CommuneCount.objects.filter(load=load, area__edition__is_active=True).exists()

    def read(self, path):
        """Return (commune, record) of the rows whose commune is certain, each commune once."""
        reading = population.read_communes(path)
        places, found, problems = PlaceMatcher(self.edition), {}, list(reading.problems)
        for record in reading.records:
            told = {"name": record.name, "code": record.pcode, "parent": record.cercle_name}
            area = places.match(Level.COMMUNE, **told).area
            if area is None:
                problems.append(_refusal(path, record, *places.refusal(Level.COMMUNE, **told)))
            elif area.pk in found:
                first = found[area.pk][1].row
                why = f"Cette commune est déjà à la ligne {first}.", "Ôtez l’une des deux lignes."
                problems.append(_refusal(path, record, *why))
            else:
                found[area.pk] = (area, record)
        return Reading(list(found.values()), problems, reading.left_out)

    @transaction.atomic
    def save(self, reading, load):
        sources.retire_loads(self.kind, but=load)
        CommuneCount.objects.all().delete()
        CommuneCount.objects.bulk_create(
            CommuneCount(area=area, load=load, year=record.year, people=record.people)
            for area, record in reading.records
        )
        follow_people()
        return f"They sum to {sum(record.people for _, record in reading.records):,} people."


def _refusal(path, record, reason, remedy):
    return Problem(
        where=f"{path.name}, ligne {record.row}",
        row=record.row,
        field="commune",
        value=record.name,
        reason=reason,
        remedy=remedy,
        is_fatal=True,
    )
