"""Which institutions a study of reach counts, how, and where each sits: on the day asked, by its rules."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from apps.coverage.places import works_that_make
from apps.infrastructure.models import Institution, StatusReport
from geo.coverage import KIND_MADE, Counts, may_be_of
from geo.functioning import counts_by_rule
from geo.vocabulary import CoverageSense, InstitutionKind, InstitutionStatus, WorksKind

REGISTERED, RELOCATED = "registered", "relocated"


@dataclass(frozen=True)
class Standing:
    """
    An institution on the day asked. `counts` and `point` (longitude, latitude) are by sense: what is on the
    register counts at its seat, what works where it really sits. A planned work has its code for `id`.
    """

    id: int | str
    name: str
    kind: InstitutionKind
    status: InstitutionStatus | None
    status_since: date | None
    share_of_days: float | None
    relocated_to: str
    counts: dict[CoverageSense, Counts]
    point: dict[CoverageSense, tuple[float, float]]
    place_told: str
    register: str
    cercle: int | None
    is_in_mali: bool
    is_planned: bool = False

    @property
    def is_moved(self):
        return len(set(self.point.values())) > 1

    def told(self, sense, cercles):
        """Return it as an answer tells it."""
        longitude, latitude = self.point[sense]
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "status": self.status,
            "status_since": self.status_since,
            "share_of_days": self.share_of_days,
            "relocated_to": self.relocated_to,
            "sits": RELOCATED if sense is CoverageSense.FUNCTIONAL and self.is_moved else REGISTERED,
            "counts": self.counts[sense],
            "nominal": self.counts[CoverageSense.NOMINAL],
            "functional": self.counts[CoverageSense.FUNCTIONAL],
            "longitude": longitude,
            "latitude": latitude,
            "place_told": self.place_told,
            "register": self.register,
            "cercle": cercles.get(self.cercle),
            "is_planned": self.is_planned,
        }


def standing(asked, links):
    """Return the institutions that may count for a question, of these links ({key: kinds}), by id."""
    kinds = {kind for of_link in links.values() for kind in kinds_of_link(of_link)}
    day = date.fromisoformat(asked["day"])
    reports = _latest(day)
    rows = Institution.objects.counted().filter(kind__in=kinds).order_by("pk")
    found = [_standing(row, reports.get(row.pk), asked) for row in rows]
    return found + (_planned(kinds) if asked["with_works"] else [])


def kinds_of_link(kinds):
    """Return the kinds of a link, and those whose institutions may be of one of them."""
    return [*kinds, *may_be_of(kinds)]


def counts_for(institution, kinds, sense):
    """Return whether an institution counts for a link: one whose kind is not told may at most."""
    told = institution.counts[sense]
    if institution.kind in kinds or told is Counts.NO:
        return told
    return Counts.POSSIBLE if institution.kind in may_be_of(kinds) else Counts.NO


def _latest(day):
    """Return the last report of the day or before it about each institution, and since when it is so."""
    by_institution = defaultdict(list)
    about = StatusReport.objects.until(day).order_by("as_of", "reported_at", "pk")
    for report in about.annotate(about=Coalesce("institution__same_as", "institution")):
        by_institution[report.about].append(report)
    return {pk: (reports[-1], _since(reports)) for pk, reports in by_institution.items()}


def _since(reports):
    since = reports[-1].as_of
    for report in reversed(reports):
        if report.status != reports[-1].status:
            break
        since = report.as_of
    return since


def _standing(row, latest, asked):
    report, since = latest or (None, None)
    status = InstitutionStatus(report.status) if report else InstitutionStatus.UNKNOWN
    is_relocated = status is InstitutionStatus.RELOCATED
    where = report.relocated_point if is_relocated else None
    share = report.share_of_days if status is InstitutionStatus.PERIODIC else None
    counts = {
        sense: counts_by_rule(
            status,
            sense=sense,
            share_of_days=share,
            periodic_share=asked["periodic_share"],
            knows_where=where is not None,
        )
        for sense in CoverageSense
    }
    seat = (row.location.x, row.location.y)
    sits = (where.x, where.y) if where else seat
    return Standing(
        id=row.pk,
        name=row.name,
        kind=InstitutionKind(row.kind),
        status=status,
        status_since=since,
        share_of_days=share,
        relocated_to=report.relocated_to if is_relocated else "",
        counts=counts,
        point={CoverageSense.NOMINAL: seat, CoverageSense.FUNCTIONAL: sits},
        place_told=row.place_told,
        register=row.register,
        cercle=row.cercle_id,
        is_in_mali=row.region_id is not None,
    )


def _planned(kinds):
    """Return the planned works that make an institution of these kinds at a place: done, they count."""
    placed = works_that_make(kinds).filter(location__isnull=False).order_by("infra_id")
    return [
        Standing(
            id=work.infra_id,
            name=f"{work.infra_type} {work.place}",
            kind=KIND_MADE[WorksKind(work.kind)],
            status=None,
            status_since=None,
            share_of_days=None,
            relocated_to="",
            counts=dict.fromkeys(CoverageSense, Counts.SURE),
            point=dict.fromkeys(CoverageSense, (work.location.x, work.location.y)),
            place_told=work.place_told,
            register=work.status,
            cercle=None,
            is_in_mali=True,
            is_planned=True,
        )
        for work in placed
    ]
