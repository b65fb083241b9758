"""
How many people live within reach of an institution, by area, as an interval.

The lower bound counts what the register knows to stand; the upper bound also what may stand without being
recorded, or may work without a report saying so. Read by the page, the sheets and the API.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser

from apps.accounts.access import access_class, may_see
from apps.boundaries.models import Edition
from apps.coverage.places import CountedInstitution, Places, PlannedInstitution
from apps.coverage.queries import Reach
from apps.coverage.questions import CoverageQuestion
from apps.coverage.register import Register, summed_up
from apps.sources.models import Load
from geo.coverage import Counts, limit_metres
from geo.vocabulary import Completeness, Level
from layers.catalogue import LAYERS

SOURCE_KINDS = (
    Load.Kind.BOUNDARIES,
    Load.Kind.SETTLEMENTS,
    Load.Kind.POPULATION,
    Load.Kind.COMMUNE_PEOPLE,
    Load.Kind.DENSITY,
    Load.Kind.INSTITUTIONS,
    Load.Kind.PROGRAMME,
)
"""The loads an answer is made from; density only where there is a raster."""

COUNTRY = "ML"


@dataclass(frozen=True)
class AreaCoverage:
    """
    People of an area within reach and beyond, from the least to the most there may be.

    Bounds are of the people placed on settlements; None where nobody is, never 0. `people` may be more:
    the rest (`people_not_placed`) lives where no settlement is listed or no cercle has a figure, and is
    neither within reach nor beyond.
    """

    pcode: str
    name: str
    parent: str | None
    parent_name: str | None
    settlements: int
    people: int | None
    people_placed: int | None
    reached_low: int | None
    reached_high: int | None
    register: Completeness
    register_counts: dict[str, int]
    """How many (kind, cercle) are complete, partial, unknown; `register` sums them up."""
    cercles_without_figure: int

    @property
    def people_not_placed(self):
        return None if self.people is None else self.people - (self.people_placed or 0)

    @property
    def beyond_low(self):
        return None if self.people_placed is None else self.people_placed - self.reached_high

    @property
    def beyond_high(self):
        return None if self.people_placed is None else self.people_placed - self.reached_low

    @property
    def share_reached_low(self):
        return self._share(self.reached_low)

    @property
    def share_reached_high(self):
        return self._share(self.reached_high)

    @property
    def share_beyond_low(self):
        return self._share(self.beyond_low)

    @property
    def share_beyond_high(self):
        return self._share(self.beyond_high)

    @property
    def is_no_data(self):
        """Nobody is known to live on a settlement here: there is no share to tell."""
        return not self.people_placed

    def _share(self, number):
        return number / self.people_placed if self.people_placed else None


@dataclass(frozen=True)
class Source:
    """A load that the answer is made from."""

    kind: str
    publisher: str
    attribution: str
    licence: str
    edition: str
    as_of: date | None
    load: int
    is_simulated: bool
    is_approximate: bool


@dataclass(frozen=True)
class CoverageAnswer:
    question: CoverageQuestion
    country: AreaCoverage
    areas: list[AreaCoverage]
    """Of the level asked, in the order of P-codes; empty where the edition has none (no communes)."""
    institutions: list[CountedInstitution] | None
    """None when the reader may not see the rows of their source."""
    institutions_sure: int
    institutions_possible: int
    works: list[PlannedInstitution] | None
    """With a place: they count when `question.with_works`. None when the reader may not see them."""
    works_without_place: list[PlannedInstitution] | None
    edition: str | None
    sources: list[Source]
    is_simulated: bool
    is_approximate: bool


@dataclass(frozen=True)
class WorkGain:
    """People that one work brings within reach in an area. Near works each count theirs: never sum them."""

    work: PlannedInstitution
    gained_low: int
    gained_high: int


@dataclass(frozen=True)
class AreaGain:
    """
    People of an area within reach once the works are done, who were not before.

    The most: those whom no known institution reaches. The least: of these, those whom no unrecorded one
    reaches either.
    """

    pcode: str
    name: str
    parent: str | None
    parent_name: str | None
    people_placed: int | None
    gained_low: int | None
    gained_high: int | None
    works: list[WorkGain] = field(default_factory=list)


@dataclass(frozen=True)
class CoverageDifference:
    before: CoverageAnswer
    after: CoverageAnswer
    country: AreaGain
    areas: list[AreaGain]
    works: list[WorkGain]
    """Every placed work of the kinds asked that the reader may see, those that bring nobody too."""


def coverage(question, *, reader=None):
    """Return the answer to a `CoverageQuestion`, as `reader` (a user; None: anonymous) may see it."""
    register = Register(question)
    places = Places(question)
    return _answer(question, register, places, loads_in_use(), reader or AnonymousUser())


def difference_with_works(question, *, reader=None):
    """Return what the planned works change, whatever the question says of them."""
    reader = reader or AnonymousUser()
    before, after = question.leaving_works_out(), question.including_works()
    register, places, loads = Register(question), Places(question), loads_in_use()
    answers = [_answer(each, register, places, loads, reader) for each in (before, after)]
    reach = reach_of(before, places, register.open_cercles())
    gains = _Gains(register, reach, answers[0].works or [])
    return CoverageDifference(
        before=answers[0],
        after=answers[1],
        country=gains.of(answers[0].country, answers[1].country, gains.by_work),
        areas=[
            gains.of(one, other, gains.by_area[one.pcode])
            for one, other in zip(answers[0].areas, answers[1].areas, strict=True)
        ],
        works=gains.every_work(),
    )


def loads_in_use():
    """Return {kind: load} of what is loaded now."""
    return {load.kind: load for load in Load.objects.in_use()}


def reach_of(question, places, open_cercles):
    """Return the `Reach` of a question: planned works count for sure when they count."""
    return Reach(
        limit=limit_metres(question.limit_km),
        sure=places.positions(Counts.SURE) + (places.planned if question.with_works else []),
        possible=places.positions(Counts.POSSIBLE),
        open_cercles=open_cercles,
    )


def _answer(question, register, places, loads, reader):
    sums = _Sums(reach_of(question, places, register.open_cercles()).people())
    sees_institutions = _may_see("institutions", loads.get(Load.Kind.INSTITUTIONS), reader)
    sees_works = _may_see("target_cercles", loads.get(Load.Kind.PROGRAMME), reader)
    institutions, works = places.institutions, places.works
    sources = [source_of(loads[kind]) for kind in SOURCE_KINDS if kind in loads]
    edition = Edition.objects.filter(is_active=True).first()
    return CoverageAnswer(
        question=question,
        country=_country(register, sums),
        areas=[_area(area, register, sums) for area in register.at(question.level)],
        institutions=institutions if sees_institutions else None,
        institutions_sure=sum(each.counts is Counts.SURE for each in institutions),
        institutions_possible=sum(each.counts is Counts.POSSIBLE for each in institutions),
        works=[work for work in works if work.longitude is not None] if sees_works else None,
        works_without_place=[work for work in works if work.longitude is None] if sees_works else None,
        edition=edition.name if edition else None,
        sources=sources,
        is_simulated=any(source.is_simulated for source in sources),
        is_approximate=any(source.is_approximate for source in sources)
        or bool(edition and edition.is_approximate),
    )


def _may_see(layer, load, reader):
    return may_see(reader, access_class(LAYERS[layer], load))


def source_of(load):
    """Return what an answer tells of a load it is made from."""
    return Source(
        kind=load.kind,
        publisher=load.publisher,
        attribution=load.attribution,
        licence=load.licence,
        edition=load.edition,
        as_of=load.as_of,
        load=load.pk,
        is_simulated=load.is_simulated,
        is_approximate=load.is_approximate,
    )


class _Sums:
    """Settlements, those with a figure, people and both bounds, summed by area of every level."""

    def __init__(self, rows):
        self.country = [0, 0, 0, 0, 0]
        self.by_area = defaultdict(lambda: [0, 0, 0, 0, 0])
        for region, cercle, commune, *numbers in rows:
            for sums in (self.country, *(self.by_area[pk] for pk in (region, cercle, commune) if pk)):
                for index, number in enumerate(numbers):
                    sums[index] += number or 0

    def of(self, pk):
        return self.by_area.get(pk, [0, 0, 0, 0, 0])


def _area(area, register, sums):
    settlements, with_figure, placed, low, high = sums.of(area["pk"])
    cercles = register.cercles_of(area)
    return AreaCoverage(
        pcode=area["pcode"],
        name=area["name"],
        parent=area["parent__pcode"],
        parent_name=area["parent__name"],
        settlements=settlements,
        people=_people(area, register, placed if with_figure else None),
        **_bounds(with_figure, placed, low, high),
        **_completeness(register, cercles),
    )


def _country(register, sums):
    settlements, with_figure, placed, low, high = sums.country
    regions = [_people(region, register, None) for region in register.at(Level.REGION)]
    known = [people for people in regions if people is not None]
    return AreaCoverage(
        pcode=COUNTRY,
        name="Mali",
        parent=None,
        parent_name=None,
        settlements=settlements,
        people=sum(known) if known else None,
        **_bounds(with_figure, placed, low, high),
        **_completeness(register, register.cercles_of(None)),
    )


def _people(area, register, placed):
    """Return the figure of an area: a region without one has its cercles', a commune those placed in it."""
    if area["level"] == Level.COMMUNE:
        return placed
    if area["people"] is not None or area["level"] == Level.CERCLE:
        return area["people"]
    known = [each["people"] for each in register.cercles_of(area) if each["people"] is not None]
    return sum(known) if known else None


def _bounds(with_figure, placed, low, high):
    if not with_figure:
        return {"people_placed": None, "reached_low": None, "reached_high": None}
    return {"people_placed": placed, "reached_low": low, "reached_high": high}


def _completeness(register, cercles):
    told = register.counts([each["pk"] for each in cercles])
    return {
        "register": summed_up(told),
        "register_counts": {state.value: number for state, number in told.items()},
        "cercles_without_figure": sum(each["people"] is None for each in cercles),
    }


class _Gains:
    """What each planned work brings, in each area and in all."""

    def __init__(self, register, reach, works):
        self.works = {work.infra_id: work for work in works}
        self.by_work = defaultdict(lambda: [0, 0])
        self.by_area = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for work, *places, least, most in reach.gained_by(self.works):
            pcodes = [register.areas[pk]["pcode"] for pk in places if pk]
            for sums in (self.by_work[work], *(self.by_area[pcode][work] for pcode in pcodes)):
                sums[0] += least
                sums[1] += most

    def of(self, before, after, by_work):
        is_known = before.people_placed is not None
        return AreaGain(
            pcode=before.pcode,
            name=before.name,
            parent=before.parent,
            parent_name=before.parent_name,
            people_placed=before.people_placed,
            gained_low=after.reached_high - before.reached_high if is_known else None,
            gained_high=after.reached_low - before.reached_low if is_known else None,
            works=[WorkGain(self.works[work], *gain) for work, gain in by_work.items()],
        )

    def every_work(self):
        return [WorkGain(work, *self.by_work[code]) for code, work in self.works.items()]
