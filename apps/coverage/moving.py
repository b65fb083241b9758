"""What would change if one institution stood elsewhere, in a straight line: nothing of it is kept."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from apps.accounts.access import access_class, may_see
from apps.boundaries.models import Area
from apps.coverage.figures import SOURCE_KINDS, Source, loads_in_use, source_of
from apps.coverage.models import MeasuredPlace
from apps.coverage.places import Places
from apps.coverage.queries import Reach
from apps.coverage.questions import CoverageQuestion
from apps.coverage.register import Register
from apps.infrastructure.models import Institution
from apps.sources.models import Load
from geo.coverage import Counts, limit_metres
from layers.institutions import INSTITUTIONS


class CannotMove(Exception):
    """The institution cannot be thought there; the message says why."""


@dataclass(frozen=True)
class Change:
    """
    People who come within reach and people who no longer are.

    The least of each: those whom nothing else reaches, even unrecorded; the most: those whom nothing else
    that is known does.
    """

    gained_low: int = 0
    gained_high: int = 0
    lost_low: int = 0
    lost_high: int = 0
    settlements_gained: int = 0
    settlements_lost: int = 0
    settlements_without_figure: int = 0

    def __add__(self, other):
        return Change(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class AreaChange:
    pcode: str
    name: str
    parent: str
    parent_name: str
    change: Change


@dataclass(frozen=True)
class Moved:
    question: CoverageQuestion
    institution: Institution
    longitude: float
    latitude: float
    """Where it is thought to stand."""
    cercle: str
    """The name of the cercle it would stand in."""
    counts: Counts
    """Whether it counts for the question: not at all, and moving it changes nothing."""
    country: Change
    areas: list[AreaChange]
    """The cercles where something changes, the most people first."""
    edition: str
    sources: list[Source]
    minutes: float | None = None
    """The limit, where the change is by time."""
    walking_only: bool = False

    @property
    def is_simulated(self):
        return any(source.is_simulated for source in self.sources)


@dataclass(frozen=True)
class Standing:
    """An institution as it stands, and the cercle it is thought in."""

    place: MeasuredPlace
    institution: Institution
    cercle: Area
    loads: dict


def institutions_to_move(question, reader):
    """Return the institutions that count for a question; none for who may not see where they stand."""
    return Places(question).institutions if _sees(reader, loads_in_use()) else []


def _sees(reader, loads):
    return may_see(reader or AnonymousUser(), access_class(INSTITUTIONS, loads.get(Load.Kind.INSTITUTIONS)))


def standing(move, reader):
    """Return what stands and where it is thought; raises CannotMove, PermissionError as `moved` does."""
    loads = loads_in_use()
    if not _sees(reader, loads):
        raise PermissionError(move.institution)
    place = MeasuredPlace.objects.filter(institution_id=move.institution).select_related("group").first()
    institution = Institution.objects.filter(pk=move.institution).first()
    if place is None or institution is None:
        raise CannotMove(_("Cette institution n’est pas comptée seule au registre."))
    cercles = Area.objects.cercles().inside(Point(move.longitude, move.latitude, srid=4326))
    cercle = cercles.select_related("edition").defer("boundary").first()
    if cercle is None:
        raise CannotMove(_("Ce point est hors du Mali : choisissez-en un à l’intérieur."))
    return Standing(place, institution, cercle, loads)


def moved(question, move, *, reader=None):
    """
    Return what changes when an institution moves; raises CannotMove, PermissionError for who may not see it.

    Planned works count when the question says so.
    """
    found = standing(move, reader)
    register, places = Register(question), Places(question)
    counts = places.counts.get(found.place.group.position, Counts.NO)
    changes = {} if counts is Counts.NO else _changes(question, register, places, found.place, move, counts)
    return moved_of(question, move, found, counts, areas_changed(changes, register.areas))


def moved_of(question, move, found, counts, areas, **by_time):
    """Return a `Moved` of what is known of it."""
    return Moved(
        question=question,
        institution=found.institution,
        longitude=move.longitude,
        latitude=move.latitude,
        cercle=found.cercle.name,
        counts=Counts(counts),
        country=sum((area.change for area in areas), Change()),
        areas=areas,
        edition=found.cercle.edition.name,
        sources=[source_of(found.loads[kind]) for kind in SOURCE_KINDS if kind in found.loads],
        **by_time,
    )


def _changes(question, register, places, place, move, counts):
    own = place.group.position
    sure = places.positions(Counts.SURE) + (places.planned if question.with_works else [])
    reach = Reach(
        limit=limit_metres(question.limit_km),
        sure=[position for position in sure if position != own],
        possible=[position for position in places.positions(Counts.POSSIBLE) if position != own],
        open_cercles=register.open_cercles(),
    )
    rows = reach.changed_by_moving(
        place, is_sure=counts is Counts.SURE, longitude=move.longitude, latitude=move.latitude
    )
    by_cercle = defaultdict(Change)
    for cercle, *row in rows:
        by_cercle[cercle] += change_of(*row, counts=counts)
    return by_cercle


def change_of(becomes, settlements, with_figure, least, most, *, counts):
    """Return the change of settlements gained or lost; one that only may count may change nothing at all."""
    word, least = "gained" if becomes else "lost", least if counts is Counts.SURE else 0
    return Change(
        **{f"{word}_low": least, f"{word}_high": most, f"settlements_{word}": settlements},
        settlements_without_figure=settlements - with_figure,
    )


def areas_changed(changes, areas):
    """Return the cercles of {id: Change}, those of most people first; `areas` names them by id."""
    named = [
        AreaChange(
            areas[pk]["pcode"],
            areas[pk]["name"],
            areas[pk]["parent__pcode"],
            areas[pk]["parent__name"],
            change,
        )
        for pk, change in changes.items()
    ]
    return sorted(named, key=lambda each: -each.change.gained_high - each.change.lost_high)
