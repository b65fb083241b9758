"""The institutions and the planned works of the kinds asked for, and how each counts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F

from apps.coverage.models import InstitutionGroup, MeasuredPlace
from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from geo.coverage import KIND_MADE, Counts, counts, may_be_of, status_on
from geo.vocabulary import InstitutionKind, InstitutionStatus

EQUIP = "equip"
"""How the documents begin an action that gives equipment and builds nothing."""


@dataclass(frozen=True)
class CountedInstitution:
    """An institution that counts: SURE, or POSSIBLE when its status or its kind is not told."""

    id: int
    name: str
    kind: InstitutionKind
    status: InstitutionStatus
    """On the day asked."""
    status_since: date | None
    counts: Counts
    longitude: float
    latitude: float
    place_told: str
    register: str
    cercle: str | None


@dataclass(frozen=True)
class PlannedInstitution:
    """A planned work that makes an institution of a kind asked for; without a place it counts nowhere."""

    infra_id: str
    infra_type: str
    action: str
    status: str
    kind: InstitutionKind
    place: str
    longitude: float | None
    latitude: float | None
    place_told: str
    usd_total: int | None
    alignment_confidence: str
    documents: list
    source_passage: str
    note: str


class Places:
    """The groups of institutions and works of the kinds asked, and how each counts."""

    def __init__(self, question, groups=None):
        """Read the groups of the kinds asked, or take them from these, which may be of others too."""
        self.question = question
        self.counts, self.statuses, self.planned = {}, {}, []
        doubtful = may_be_of(question.kinds)
        kinds = [*question.kinds, *doubtful]
        if groups is None:
            groups = InstitutionGroup.objects.filter(kind__in=kinds)
        for group in groups:
            if group.kind not in kinds:
                continue
            if group.is_planned:
                self.planned += [group.position] if group.kind in question.kinds else []
                continue
            changes = [(date.fromisoformat(day), InstitutionStatus(status)) for day, status in group.statuses]
            status = status_on(changes, question.day)
            told = counts(status, sense=question.sense, with_periodic=question.with_periodic)
            if told is Counts.SURE and group.kind in doubtful:
                told = Counts.POSSIBLE
            if told is not Counts.NO:
                since = max((day for day, _ in changes if day <= question.day), default=None)
                self.counts[group.position] = told
                self.statuses[group.position] = (status, since)

    def positions(self, told):
        return [position for position, each in self.counts.items() if each is told]

    @cached_property
    def institutions(self):
        """Return the institutions that count, the sure ones first."""
        groups = dict(
            MeasuredPlace.objects.filter(
                group__position__in=self.counts, institution_id__isnull=False
            ).values_list("institution_id", "group__position")
        )
        rows = Institution.objects.filter(pk__in=groups).annotate(cercle_pcode=F("cercle__pcode"))
        counted = [self._institution(row, groups[row.pk]) for row in rows]
        return sorted(counted, key=lambda each: (each.counts is not Counts.SURE, each.id))

    def _institution(self, row, position):
        status, since = self.statuses[position]
        return CountedInstitution(
            id=row.pk,
            name=row.name,
            kind=InstitutionKind(row.kind),
            status=status,
            status_since=since,
            counts=self.counts[position],
            longitude=row.location.x,
            latitude=row.location.y,
            place_told=row.place_told,
            register=row.register,
            cercle=row.cercle_pcode,
        )

    @cached_property
    def works(self):
        """Return the planned works that make an institution of a kind asked for, placed or not."""
        return [_work(row) for row in works_that_make(self.question.kinds)]


def works_that_make(kinds):
    """Return the planned works that make an institution of these kinds; one that only equips makes none."""
    makers = [work for work, made in KIND_MADE.items() if made in kinds]
    return PlannedWork.objects.filter(kind__in=makers).exclude(action__startswith=EQUIP)


def _work(work):
    return PlannedInstitution(
        infra_id=work.infra_id,
        infra_type=work.infra_type,
        action=work.action,
        status=work.status,
        kind=KIND_MADE[work.kind],
        place=work.place,
        longitude=work.location.x if work.location else None,
        latitude=work.location.y if work.location else None,
        place_told=work.place_told,
        usd_total=work.usd_total,
        alignment_confidence=work.alignment_confidence,
        documents=work.documents,
        source_passage=work.source_passage,
        note=work.note,
    )
