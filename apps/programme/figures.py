"""
What the rows of the programme add up to, beside what its documents state.

Amounts are US dollars. Where the sum of the parts is not the sum stated, both are told.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, groupby

from django.db.models import Prefetch

from apps.boundaries.models import Area
from apps.programme.models import YEARS, Activity, BudgetLine, Indicator, PlannedWork, TargetCercle
from geo.vocabulary import WorksKind, ZoneLogic

GMS_SHARE, LEVY_SHARE = 0.08, 0.01
"""Nominal rates that the work plan prints beside its two last lines (section V)."""

JOINT = "joint"
COMMISSARIATS = (WorksKind.COMMISSARIAT,)
COURTS = (WorksKind.JPCE_TO_TI, WorksKind.TI_WORKS)
PRISONS = (WorksKind.EPES,)

ALL_COMMUNES = "1.2.1"
"""The indicator whose last target is every commune of the target cercles."""


@dataclass(frozen=True)
class Line:
    """
    A line of the work plan: what the document states, and what its parts sum to.

    Both are the five years and then the total. `parts` is None where the document gives no parts.
    """

    code: str
    row_type: str
    result: int | None
    label: str
    stated: tuple
    parts: tuple | None

    @property
    def total(self):
        return self.stated[-1]

    @property
    def differences(self):
        """Return (year or None for the total, stated minus parts) where they differ."""
        if self.parts is None:
            return []
        pairs = zip((*YEARS, None), self.stated, self.parts, strict=True)
        return [(year, stated - parts) for year, stated, parts in pairs if stated != parts]

    @property
    def years_differ_by(self):
        """Return the stated total minus the five stated years."""
        return self.total - sum(self.stated[:-1])


def work_plan():
    """Return the lines of the work plan in the document's order."""
    activities = list(Activity.objects.all())
    stated = list(BudgetLine.objects.all())
    amounts = {line.code: _amounts(line) for line in stated}
    return [_line(line, _parts(line, stated, activities, amounts)) for line in stated]


def _line(line, parts):
    return Line(line.code, line.row_type, line.result, line.label, _amounts(line), parts)


def _amounts(row):
    """Return the five years and the total of a row; a year without money counts 0."""
    return tuple(amount or 0 for amount in (*row.usd_by_year, row.usd_total))


def _parts(line, stated, activities, amounts):
    """Return what the parts of a line sum to: of its activities, of its subtotals, or by its rate."""
    match line.row_type:
        case "product" | "technical_support":
            return total_of(activity for activity in activities if activity.product == line.code)
        case "result":
            return total_of(
                each
                for each in stated
                if each.result == line.result and each.row_type in ("product", "technical_support")
            )
        case "grand_total_activities":
            return total_of(each for each in stated if each.row_type == "result")
        case "grand_total_budget":
            return _added(amounts, "TA", "MG")
        case "gms":
            return tuple(round(GMS_SHARE * usd) for usd in amounts["TB"])
        case "levy":
            return tuple(round(LEVY_SHARE * usd) for usd in _added(amounts, "TB", "GMS"))
        case "grand_total":
            return _added(amounts, "TB", "GMS", "LEVY")


def total_of(rows):
    """Return the five years and the total that rows of amounts sum to."""
    return tuple(sum(column) for column in zip(*map(_amounts, rows), strict=True)) or (0,) * 6


def _added(amounts, *codes):
    return tuple(sum(column) for column in zip(*(amounts[code] for code in codes), strict=True))


def activities_by_result():
    """Return {result: the five years and the total} added up from the activities themselves."""
    activities = Activity.objects.order_by("result", "row")
    return {result: total_of(rows) for result, rows in groupby(activities, key=lambda row: row.result)}


def largest_activity():
    """Return the activity that costs most, or None without any."""
    return Activity.objects.filter(usd_total__isnull=False).order_by("-usd_total", "row").first()


def once(works):
    """Return the works without those whose amount another of them has told already."""
    seen, kept = set(), []
    for work in works:
        if work.alignment_confidence == JOINT:
            if work.activity_id in seen:
                continue
            seen.add(work.activity_id)
        kept.append(work)
    return kept


def has_money(work):
    """Return whether the document gives this work an amount; 0 is printed where it gives none."""
    return bool(work.usd_total)


def usd_of(works):
    """Return what these works cost together, a joint amount counted once; None where no amount is told."""
    told = [work.usd_total for work in once(works) if has_money(work)]
    return sum(told) if told else None


def named_areas():
    """Return areas with what a page names them by, without their boundary."""
    return Area.objects.only("pcode", "name", "level")


def works():
    """Return the planned works with the areas they are tied to."""
    return list(PlannedWork.objects.prefetch_related(Prefetch("areas", named_areas())))


def at_cercles(rows):
    """Return the works told of a cercle, the only ones that a cercle can count as its own."""
    return [work for work in rows if work.level == "cercle"]


@dataclass(frozen=True)
class KindOfWorks:
    """The works of one kind: how many rows, at how many cercles, for how much."""

    kind: WorksKind
    rows: int
    cercle_rows: int
    cercle_usd: int | None
    usd: int | None
    without_money: int


def works_by_kind(rows):
    """Return the works counted and added up by kind, in the order of the vocabulary."""
    groups = [(kind, [work for work in rows if work.kind == kind]) for kind in WorksKind]
    return [
        KindOfWorks(
            kind=kind,
            rows=len(of_kind),
            cercle_rows=len(at_cercles(of_kind)),
            cercle_usd=usd_of(at_cercles(of_kind)),
            usd=usd_of(of_kind),
            without_money=sum(not has_money(work) for work in of_kind),
        )
        for kind, of_kind in groups
        if of_kind
    ]


def usd_at_cercles(rows, kinds=tuple(WorksKind)):
    """Return what the works of these kinds told of a cercle cost together."""
    return usd_of(work for work in at_cercles(rows) if work.kind in kinds)


def targets():
    """Return the target cercles in the document's order, with their areas."""
    return list(TargetCercle.objects.prefetch_related(Prefetch("area", named_areas())))


@dataclass(frozen=True)
class Targets:
    """The target cercles counted and added up."""

    cercles: int
    communes: int
    regions: tuple
    zones: dict
    volunteers: int
    in_initiation_regions: int
    named_in_initiation: int


def targets_told(rows):
    """Return what the target cercles add up to: communes, by region told and by zone logic."""
    communes = Counter()
    for target in rows:
        communes[target.region_name] += target.communes
    zones = {logic: [target for target in rows if target.zone_logic == logic] for logic in ZoneLogic}
    return Targets(
        cercles=len(rows),
        communes=sum(target.communes for target in rows),
        regions=tuple(communes.most_common()),
        zones={
            logic: (len(of_zone), sum(target.communes for target in of_zone))
            for logic, of_zone in zones.items()
        },
        volunteers=sum(bool(target.volunteer_planned) for target in rows),
        in_initiation_regions=sum(bool(target.initiation_phase_region) for target in rows),
        named_in_initiation=sum(bool(target.initiation_phase_cercle) for target in rows),
    )


def works_of_targets(target_rows, work_rows):
    """Return (target, its works told of the cercle, what they cost) for each target cercle."""
    by_name = {}
    for work in at_cercles(work_rows):
        by_name.setdefault(work.place, []).append(work)
    return [
        (target, by_name.get(target.cercle_name, []), usd_of(by_name.get(target.cercle_name, [])))
        for target in target_rows
    ]


def titles():
    """Return {code: title} of the results and of the products, as the results framework names them."""
    told = {}
    for indicator in Indicator.objects.only("result", "result_title", "product", "product_title"):
        told[str(indicator.result)] = indicator.result_title
        told[indicator.product] = indicator.product_title
    return told


def communes_aimed_at():
    """Return {variant: communes that the last target of indicator 1.2.1 takes as all}."""
    told = Indicator.objects.filter(indicator_id=ALL_COMMUNES).values_list("framework", "target_2025")
    return {framework: int(target) for framework, target in told if target.isdigit()}


def ways_to_leave_out(communes, number, total):
    """
    Return in how many ways `number` cercles can be left out whose communes sum to `total`.

    >>> ways_to_leave_out([1, 2, 3, 4], 2, 5)
    2
    """
    return sum(sum(chosen) == total for chosen in combinations(communes, number))
