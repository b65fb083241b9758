"""What the rows of the bulletin of June 2017 add up to: projects by fund and place, families of shares."""

from collections import defaultdict
from dataclasses import dataclass

from apps.programme.models import BulletinRow

FUNDS = ("QIP", "TF", "PBF")
"""Quick impact projects, trust fund, peacebuilding fund: in the bulletin's order."""

SHARES = ("region_share", "objective_share", "project_share")
"""Families of shares whose labels stand apart from their figures in the bulletin."""


@dataclass(frozen=True)
class Fund:
    """
    The projects of one fund. `stages` are (title, projects) as stated; `by_place` counts each project
    once in each of its places: `placed` exceeds `projects` where projects have several.
    """

    name: str
    projects: int
    usd: float | None
    budget: float | None
    stages: tuple
    by_place: dict

    @property
    def staged(self):
        return sum(projects for _title, projects in self.stages)

    @property
    def placed(self):
        return sum(self.by_place.values())


@dataclass(frozen=True)
class Family:
    """Shares of one budget that sum to 1, whose labels are known but not which share is whose."""

    fund: str
    row_type: str
    shares: tuple
    labels: str

    @property
    def total(self):
        return round(sum(self.shares), 6)


def rows_by_type():
    """Return {row type: its rows} of the whole bulletin, in its order: one query."""
    groups = defaultdict(list)
    for row in BulletinRow.objects.all():
        groups[row.row_type].append(row)
    return groups


def funds(rows):
    """Return each fund with its projects as stated and as counted by place."""
    return [_fund(name, rows) for name in FUNDS]


def _fund(name, rows):
    stated = [row for row in rows["fund_total"] if row.fund == name]
    counts = [row for row in stated if row.unit == "projects"]
    whole = next((row for row in counts if row.cost_usd is not None), None)
    return Fund(
        name=name,
        projects=int(whole.value) if whole else 0,
        usd=whole.cost_usd if whole else None,
        budget=next((row.value for row in stated if row.unit == "USD"), None),
        stages=tuple((row.title, int(row.value)) for row in counts if row is not whole),
        by_place={row.place: int(row.value) for row in rows["region_count"] if row.fund == name},
    )


def places(rows):
    """Return the places that projects are counted at, in the bulletin's order."""
    return list(dict.fromkeys(row.place for row in rows["region_count"]))


def sectors(rows):
    """Return (sector, share of the budget of quick impact projects), the largest first."""
    return sorted(((row.sector, row.value / 100) for row in rows["sector_share"]), key=lambda row: -row[1])


def families(rows):
    """Return the families of shares that the bulletin does not tie to their labels."""
    grouped = defaultdict(list)
    for row_type in SHARES:
        for row in rows[row_type]:
            grouped[row.fund, row_type].append(row)
    return [
        Family(
            fund=fund,
            row_type=row_type,
            shares=tuple(row.value / 100 for row in of_family),
            labels=of_family[0].raw_numbers.partition("|")[2].strip(),
        )
        for (fund, row_type), of_family in grouped.items()
    ]
