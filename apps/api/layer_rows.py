"""Where the rows of each layer come from: its query, and the column behind each declared field."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from apps.boundaries.models import Area, Settlement
from apps.events.models import ConflictEvent, EventCount
from apps.infrastructure.models import Institution
from apps.projects.models import Presence, Project

PLACE = {"region": "region__pcode", "cercle": "cercle__pcode", "commune": "commune__pcode"}
PEOPLE = {
    "people": "population__people",
    "people_year": "population__year",
    "people_method": "population__method",
}


@dataclass(frozen=True)
class Rows:
    """
    The rows of a layer. `columns` names the column of a field where it is not its own name;
    `region` and `cercle` those that these parameters ask.
    """

    all: Callable[[], QuerySet]
    identifier: str
    columns: dict[str, str]
    region: str | None = None
    cercle: str | None = None

    def matching(self, question):
        """Return the rows that a question asks for, before paging, in a stable order."""
        rows = self.all()
        for name, value in question.equal.items():
            rows = rows.filter(**{self.column(name): value})
        for parameter in ("region", "cercle"):
            pcode, column = getattr(question, parameter), getattr(self, parameter)
            if pcode:
                rows = rows.filter(**{column: pcode}) if column else rows.none()
        time = self.column(question.layer.time_field) if question.layer.time_field else None
        if question.since:
            rows = rows.filter(**{f"{time}__gte": question.since})
        if question.until:
            rows = rows.filter(**{f"{time}__lte": question.until})
        return rows.inside(question.bbox) if question.bbox else rows

    def column(self, name):
        return self.columns.get(name, name)

    def values(self, rows, names, *extra):
        """Return tuples of the identifier, the named fields and the extra columns."""
        return rows.values_list(F(self.identifier), *(F(self.column(name)) for name in names), *extra)


ROWS = {
    "regions": Rows(Area.objects.regions, "pcode", PEOPLE, region="pcode"),
    "cercles": Rows(
        Area.objects.cercles,
        "pcode",
        {"region": "parent__pcode", **PEOPLE},
        region="parent__pcode",
        cercle="pcode",
    ),
    "communes": Rows(
        Area.objects.communes,
        "pcode",
        {"cercle": "parent__pcode", "region": "parent__parent__pcode"},
        region="parent__parent__pcode",
        cercle="parent__pcode",
    ),
    "settlements": Rows(Settlement.objects.all, "id", PLACE, region="region__pcode", cercle="cercle__pcode"),
    "events": Rows(
        ConflictEvent.objects.all,
        "id",
        {**PLACE, "simulated": "is_simulated"},
        region="region__pcode",
        cercle="cercle__pcode",
    ),
    "event_counts": Rows(
        EventCount.objects.with_simulated,
        "id",
        {
            "cercle": "cercle__pcode",
            "cercle_name": "cercle__name",
            "region": "cercle__parent__pcode",
        },
        region="cercle__parent__pcode",
        cercle="cercle__pcode",
    ),
    "institutions": Rows(
        Institution.objects.all, "id", PLACE, region="region__pcode", cercle="cercle__pcode"
    ),
    "target_cercles": Rows(
        lambda: Area.objects.cercles().filter(targets__isnull=False),
        "pcode",
        {
            "region": "parent__pcode",
            "name_in_document": "targets__cercle_name",
            "region_in_document": "targets__region_name",
            "zone_logic": "targets__zone_logic",
            "communes": "targets__communes",
            "volunteer_planned": "targets__volunteer_planned",
            "note": "targets__note",
            "source_passage": "targets__source_passage",
        },
        region="parent__pcode",
        cercle="pcode",
    ),
    "projects": Rows(
        Project.objects.with_words,
        "id",
        {"organisations": "organisation_names"},
    ),
    "project_presences": Rows(
        Presence.objects.with_words,
        "id",
        {
            "code": "project__code",
            "register": "project__register",
            "title": "project__title",
            "zone": "zone__name",
            "outside_mali": "zone__outside_mali",
            "source_passage": "project__source_passage",
        },
        region="region",
        cercle="cercle",
    ),
}
