"""Reading projects, with their donors and places, out of the tables of the programme's documents."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from apps.projects.models import Presence, Project

Register, Reach = Project.Register, Presence.Reach

YEARS = range(2021, 2026)
"""The years of the work plan."""

COUNTRY_WORDS = ("national", "Mali")
"""What the documents call the whole country."""

OUTSIDE_MALI = ("Burkina Faso", "Niger", "Nigeria")
"""Zones of the documents that are other countries."""

ZONE_NAMES = {
    "Mali-Niger border": "Frontière Mali-Niger",
    "axe routier Sikasso-Bamako": "Axe routier Sikasso-Bamako",
}
"""French names of zones that the tables write in other words."""

LEVEL_REACHES = {
    "region": Reach.REGION,
    "district": Reach.REGION,
    "cercle": Reach.CERCLE,
    "locality": Reach.POINT,
    "zone": Reach.ZONE,
}

RECORD_REGISTERS = {
    "annex1_project": Register.ANNEX_1,
    "allocated_resource": Register.RESOURCES,
    "mentioned_in_text": Register.MENTIONED,
}
"""Kinds of line of `ongoing_projects` that are projects; the totals are none."""

JOINT_COST = "{usd} USD for these {n} projects together, never split ({title})."
"""In English, as the other notes of the tables."""


@dataclass(frozen=True)
class ToldProject:
    """A project as the documents tell it: values of `Project`, of its fundings and of its presences."""

    register: str
    code: str
    values: dict
    fundings: list = field(default_factory=list)
    presences: list = field(default_factory=list)

    @property
    def key(self):
        """Return what makes it the same project in another load."""
        return (self.register, self.code)


def told_projects(tables):
    """Return every project that the tables tell, in their order."""
    return [
        *_of_annex_and_text(tables["ongoing_projects"]),
        *_of_bulletin(tables["stabilisation_projects_2017"]),
        *_of_work_plan(tables["workplan_activities"], tables["planned_infrastructure"]),
    ]


def _of_annex_and_text(rows):
    told = [row for row in rows if row["record_type"] in RECORD_REGISTERS]
    for code, lines in groupby(told, key=lambda row: row["project_id"]):
        lines = list(lines)
        first = lines[0]
        yield ToldProject(
            RECORD_REGISTERS[first["record_type"]],
            code,
            {
                "title": first["title"],
                "implementers": _text(first["implementers"]),
                "start_year": _whole(first["start_year"]),
                "end_year": _whole(first["end_year"]),
                "result_area": _whole(first["result_area"]),
                "themes": _text(first["themes_en"]),
                **_source(first),
            },
            [_funding(line) for line in lines],
            _presences_of(first),
        )


def _funding(row):
    return {
        "line": _whole(row["funding_line"]) or 1,
        "donor": _text(row["donor"]),
        "amount": _amount(row["budget_amount"]),
        "currency": _text(row["budget_currency"]),
        "told": _text(row["budget_text"]),
    }


def _presences_of(row):
    return [
        *(_presence(Reach.REGION, place) for place in _each(row["regions"])),
        *(_presence(Reach.CERCLE, place) for place in _each(row["cercles"])),
        *(_presence(Reach.POINT, place) for place in _each(row["localities"])),
        *(_zone_presence(place) for place in _each(row["zones"])),
    ]


def _zone_presence(place):
    if place in COUNTRY_WORDS:
        return _presence(Reach.COUNTRY, place)
    return _presence(Reach.ZONE, ZONE_NAMES.get(place, place))


def _presence(reach, place, parent=""):
    return {"reach": reach, "place": place, "parent_told": parent}


def _of_bulletin(rows):
    joint = [row for row in rows if row["row_type"] == "project_joint_cost"]
    for row in rows:
        if row["row_type"] != "project":
            continue
        start, _, end = _text(row["date"]).partition("/")
        shared = next((cost for cost in joint if _is_shared(cost, row)), None)
        values = {
            "title": row["title"],
            "implementers": "; ".join(filter(None, (_text(row["sponsor"]), _text(row["partner"])))),
            # One date alone is that of an event, such as a first stone: neither start nor end.
            "start_year": int(start[:4]) if end else None,
            "end_year": int(end[:4]) if end else None,
            "dates_told": _text(row["date"]),
            "fund": _text(row["fund"]),
            "sector": _text(row["sector"]),
            **_source(row),
        }
        if shared:
            told = {"n": _whole(shared["value"]), "usd": _whole(shared["cost_usd"]), "title": shared["title"]}
            values["note"] = f"{values['note']} {JOINT_COST.format(**told)}".strip()
        cost = _amount(row["cost_usd"])
        yield ToldProject(
            Register.BULLETIN_2017,
            row["row_id"],
            values,
            [
                {
                    "line": 1,
                    "donor": _text(row["donor"]),
                    "amount": cost,
                    "currency": "" if cost is None else "USD",
                    "told": "",
                }
            ]
            if cost is not None or row["donor"]
            else [],
            [_presence(LEVEL_REACHES[row["level"]], place, _parent(row)) for place in _each(row["place"])],
        )


def _parent(row):
    return "" if row["level"] == "region" else _text(row["region"])


def _is_shared(cost, row):
    return (cost["fund"], cost["place"], cost["date"]) == (row["fund"], row["place"], row["date"])


def _of_work_plan(activities, works):
    places = {}
    for work in works:
        if work["activity_id"] and work["place"] and work["level"] in LEVEL_REACHES:
            places.setdefault(work["activity_id"], []).append(work)
    for row in activities:
        years = [year for year in YEARS if _amount(row[f"usd_{year}"])]
        total = _amount(row["usd_total"])
        yield ToldProject(
            Register.WORK_PLAN,
            row["activity_id"],
            {
                "title": row["activity"],
                "implementers": "; ".join(
                    filter(None, (_text(row["entities_un"]), _text(row["national_partner"])))
                ),
                "start_year": years[0] if years else None,
                "end_year": years[-1] if years else None,
                "result_area": _whole(row["result"]),
                "themes": _text(row["activity_group"]),
                **_source(row),
                "note": " ".join(filter(None, (_text(row["note"]), _text(row["alignment"])))),
            },
            []
            if total is None
            else [
                {
                    "line": 1,
                    "donor": "",
                    "amount": total,
                    "currency": "USD",
                    "told": _text(row["raw_numbers"]),
                }
            ],
            [
                _presence(LEVEL_REACHES[work["level"]], work["place"], _parent(work))
                for work in places.get(row["activity_id"], [])
            ],
        )


def _source(row):
    return {
        "documents": row["documents"],
        "source_passage": _text(row["source_passage"]),
        "note": _text(row["note"]),
    }


def _each(cell):
    return [part.strip() for part in _text(cell).split(";") if part.strip()]


def _text(cell):
    return "" if cell is None else str(cell)


def _whole(cell):
    return None if cell in (None, "") else int(cell)


def _amount(cell):
    return None if cell in (None, "") else Decimal(str(cell))
