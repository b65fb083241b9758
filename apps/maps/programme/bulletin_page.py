"""What /bulletin/ shows: three funds by region and by sector in June 2017, and the projects named."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats
from apps.maps.programme import documents
from apps.maps.programme.bars import bars
from apps.maps.programme.footnotes import Footnotes
from apps.programme import bulletin

FUND_NAMES = {
    "QIP": gettext_lazy("Projets à impact rapide (QIP)"),
    "TF": gettext_lazy("Fonds fiduciaire (TF)"),
    "PBF": gettext_lazy("Fonds pour la consolidation de la paix (PBF)"),
}

FAMILY_NAMES = {
    "region_share": gettext_lazy("par région"),
    "objective_share": gettext_lazy("par objectif"),
    "project_share": gettext_lazy("par projet"),
}


def bulletin_context():
    """Return what templates/maps/programme/bulletin.html needs."""
    rows = bulletin.rows_by_type()
    funds, places = bulletin.funds(rows), bulletin.places(rows)
    found = documents.of_rows([row for each in rows.values() for row in each], documents.cited())
    return {
        "documents": found,
        "funds": [(FUND_NAMES[fund.name], fund) for fund in funds],
        **by_place(rows, funds, places),
        **by_sector(rows),
        "families": [
            {
                "title": FUND_NAMES[family.fund],
                "by": FAMILY_NAMES[family.row_type],
                "shares": family.shares,
                "total": family.total,
                "labels": family.labels,
            }
            for family in bulletin.families(rows)
        ],
        **named(rows),
    }


def place_told(place):
    """Return « Gao et Ménaka » for the places of one count."""
    return _(" et ").join(place.split(";"))


def by_place(rows, funds, places):
    """Return the projects of each fund at each place, as a table and as bars, with its doubt."""
    footnotes = Footnotes()
    doubts = {(row.place, row.fund): footnotes.number(row.note) for row in rows["region_count"]}
    return {
        "places": [
            {
                "name": place_told(place),
                "counts": [(fund.by_place.get(place), doubts.get((place, fund.name))) for fund in funds],
            }
            for place in places
        ],
        "place_bars": [
            (fund.name, FUND_NAMES[fund.name], bars(_bars_of(fund), width=420, names=170))
            for fund in funds
            if fund.by_place
        ],
        "place_doubts": footnotes.notes,
    }


def _bars_of(fund):
    return [(place_told(place), n, formats.number(n), fund.name) for place, n in fund.by_place.items()]


def by_sector(rows):
    """Return the shares of sectors as a table and as bars, and what they sum to."""
    sectors = bulletin.sectors(rows)
    return {
        "sectors": sectors,
        "sectors_total": round(sum(share for _sector, share in sectors), 6),
        "sector_bars": bars(
            [(sector, share, formats.percent(share), "QIP") for sector, share in sectors],
            width=620,
            names=250,
        ),
    }


def named(rows):
    """Return the projects, costs, contributions and other facts that the bulletin names."""
    footnotes = Footnotes()
    projects = [*rows["project"], *rows["project_joint_cost"]]
    return {
        "projects": [
            {
                "row": row,
                "place": place_told(row.place) if row.place else "",
                "date": _period(row.date),
                "is_joint": row.row_type == "project_joint_cost",
                "doubt": footnotes.number(row.note),
            }
            for row in projects
        ],
        "project_doubts": footnotes.notes,
        "contributions": [(row, documents.told_date(row.date)) for row in rows["contribution"]],
        "others": [
            (row, documents.told_date(row.date), place_told(row.place))
            for row in [*rows["needs_assessment"], *rows["plan_coverage"]]
        ],
        "ber": next((row for row in rows["project"] if row.place == "Ber"), None),
    }


def _period(told):
    """Return « janv. 2015 – mars 2017 » for 2015-01/2017-03."""
    return " – ".join(documents.told_date(each) for each in told.split("/") if each)
