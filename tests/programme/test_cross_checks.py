"""
What the documents' own figures say of each other, on the shipped tables and on the rows loaded from them.

Sixteen checks, numbered as in docs/data.md. Where a document contradicts itself, the difference is asserted.
"""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from apps.infrastructure.models import Fact
from apps.programme import bulletin, figures
from apps.programme.models import Activity, BudgetLine, BulletinRow, Indicator, PlaceMention, PlannedWork
from apps.projects.models import Project
from geo.vocabulary import WorksKind, ZoneLogic
from layers.readers import programme

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[2] / "data/programme"
YEARS = [f"usd_{year}" for year in range(2021, 2026)]


@pytest.fixture(scope="module")
def tables():
    return {stem: reading.records for stem, reading in programme.read(SHIPPED).items()}


def stated(code):
    return next(line for line in figures.work_plan() if line.code == code)


def usd(rows, column="usd_total"):
    return sum(row[column] or 0 for row in rows)


def test_1_21_cercles_have_277_communes_in_two_zones(tables):
    rows = tables["target_cercles"]
    assert (len(rows), sum(row["communes"] for row in rows)) == (21, 277)
    told = figures.targets_told(figures.targets())
    assert (told.cercles, told.communes) == (21, 277)
    assert told.zones == {ZoneLogic.CENTRE_NORD: (16, 214), ZoneLogic.SUD: (5, 63)}


def test_2_communes_by_region_as_told(tables):
    expected = {
        "Ségou": 82,
        "Mopti": 55,
        "Kayes": 27,
        "San": 25,
        "Bandiagara": 21,
        "Nioro": 16,
        "Douentza": 15,
        "Gao": 14,
        "Koulikoro - Nara": 11,
        "Sikasso": 9,
        "Ménaka": 2,
    }
    communes = Counter()
    for row in tables["target_cercles"]:
        communes[row["region"]] += row["communes"]
    assert communes == expected
    assert dict(figures.targets_told(figures.targets()).regions) == expected


def test_3_19_volunteers_are_planned(tables):
    assert sum(row["volunteer_planned"] is True for row in tables["target_cercles"]) == 19
    assert figures.targets_told(figures.targets()).volunteers == 19


def test_4_results_sum_to_one_dollar_more_than_stated(tables):
    results = [row["usd_total"] for row in tables["workplan_budget"] if row["row_type"] == "result"]
    assert results == [3_904_123, 16_794_714, 2_465_625, 2_294_402]
    assert sum(results) == 25_458_864
    kept = BudgetLine.objects.filter(row_type="result").values_list("usd_total", flat=True)
    assert list(kept) == results
    assert stated("TA").total == 25_458_863
    assert stated("TA").differences == [(2025, -1), (None, -1)]


def test_5_activities_and_management(tables):
    total = {row["code"]: row["usd_total"] for row in tables["workplan_budget"]}
    assert total["TA"] + total["MG"] == 25_458_863 + 4_305_108 == total["TB"] == 29_763_971
    assert stated("TB").differences == []


def test_6_32_million_and_the_years_one_dollar_short(tables):
    total = {row["code"]: row["usd_total"] for row in tables["workplan_budget"]}
    assert total["TB"] + total["GMS"] + total["LEVY"] == 29_763_971 + 2_011_385 + 224_644 == 32_000_000
    grand = next(row for row in tables["workplan_budget"] if row["row_type"] == "grand_total")
    assert sum(grand[year] for year in YEARS) == 31_999_999
    line = next(line for line in figures.work_plan() if line.row_type == "grand_total")
    assert (line.total, line.years_differ_by) == (32_000_000, 1)


def test_7_activities_make_every_subtotal_but_that_of_product_3_3(tables):
    activities = defaultdict(list)
    for row in tables["workplan_activities"]:
        activities[row["product"]].append(row)
    for line in tables["workplan_budget"]:
        if line["row_type"] == "product":
            differences = [line[year] - usd(activities[line["code"]], year) for year in YEARS]
            assert differences == ([-1, -1, 0, 0, 0] if line["code"] == "3.3" else [0] * 5), line["code"]
    products = [line for line in figures.work_plan() if line.row_type == "product"]
    differing = {line.code: line.differences[:2] for line in products if line.differences}
    assert differing == {"3.3": [(2021, -1), (2022, -1)]}
    assert Activity.objects.count() == 98


def test_8_works_at_cercles(tables):
    rows = [row for row in tables["planned_infrastructure"] if row["level"] == "cercle"]
    assert (len(rows), len({row["place"] for row in rows}), usd(rows)) == (21, 13, 3_455_061)
    works = figures.works()
    assert figures.usd_at_cercles(works) == 3_455_061
    assert figures.usd_at_cercles(works, figures.COMMISSARIATS) == 2_403_024
    assert figures.usd_at_cercles(works, figures.COURTS) == 992_037
    assert figures.usd_at_cercles(works, figures.PRISONS) == 60_000
    of_cercle = {
        target.cercle_name: amount for target, _, amount in figures.works_of_targets(figures.targets(), works)
    }
    expected = {"Koro": 384_746, "Macina": 406_364, "Yorosso": 586_364, "Nara": 300_000}
    assert {name: of_cercle[name] for name in expected} == expected


def test_9_eight_target_cercles_have_no_construction_of_their_own():
    without = {
        target.cercle_name
        for target, works, _ in figures.works_of_targets(figures.targets(), figures.works())
        if not works
    }
    assert without == {
        "Ansongo",
        "Anderamboukane",
        "Bandiagara",
        "Gao",
        "Ménaka",
        "Mopti",
        "Nioro du Sahel",
        "Ségou",
    }
    in_towns = PlannedWork.objects.filter(level="locality", place__in=["Ménaka", "Gao"])
    assert {(work.place, work.kind) for work in in_towns} == {
        ("Ménaka", WorksKind.ONE_STOP_CENTRE),
        ("Gao", WorksKind.COLLECTOR),
    }


def test_10_the_four_cndh_antennas_share_one_amount():
    antennas = list(PlannedWork.objects.filter(kind=WorksKind.CNDH_ANTENNA))
    assert len(antennas) == 4
    assert len({work.activity_id for work in antennas}) == 1
    assert figures.usd_of(antennas) == 120_267


def test_11_what_is_allocated_and_what_is_to_mobilise(tables):
    amounts = defaultdict(float)
    for row in tables["ongoing_projects"]:
        amounts[row["record_type"]] += row["budget_amount"] or 0
    assert amounts["allocated_resource"] == amounts["allocated_total"] == 3_138_393
    assert amounts["to_mobilise"] == 28_861_607
    assert amounts["allocated_resource"] + amounts["to_mobilise"] == amounts["required_total"] == 32_000_000


def test_12_the_annex_lists_61_projects(tables):
    listed = {
        (row["project_id"], row["result_area"])
        for row in tables["ongoing_projects"]
        if row["record_type"] == "annex1_project"
    }
    assert Counter(result for _, result in listed) == {1: 13, 2: 23, 3: 8, 4: 17}
    kept = Project.objects.filter(register=Project.Register.ANNEX_1)
    assert Counter(kept.values_list("result_area", flat=True)) == {1: 13, 2: 23, 3: 8, 4: 17}


def test_13_of_20_courts_10_work_5_are_relocated_5_are_visited():
    courts = Fact.objects.filter(infra_type="court (juridiction)")
    whole = courts.filter(place="Centre;Nord")
    assert [(fact.count, fact.count_out_of) for fact in whole] == [(10, 20), (10, 20)]
    parts = [fact for fact in courts.filter(level__in=["region", "region group"]) if fact.count]
    functional = [fact.count for fact in parts if "fonctionnelle" in fact.status]
    relocated = [fact.count for fact in parts if "délocalisée" in fact.status]
    periodic = [fact.count for fact in parts if "périodique" in fact.status]
    assert sorted(functional) == [1, 2, 7]
    assert sorted(relocated) == [2, 3]
    assert sum(periodic) == 5
    assert sum(functional) + sum(relocated) + sum(periodic) == 20


def test_14_the_bulletin_of_2017():
    rows = bulletin.rows_by_type()
    funds = {fund.name: fund for fund in bulletin.funds(rows)}
    assert funds["QIP"].placed == funds["QIP"].staged == funds["QIP"].projects == 324 == 222 + 102
    assert (funds["TF"].placed, funds["TF"].projects) == (166, 93)
    shares = Counter()
    for row in BulletinRow.objects.filter(row_type__endswith="_share"):
        shares[row.fund, row.row_type] += row.value
    assert shares
    assert all(round(total, 6) == 100 for total in shares.values()), shares


def number(target):
    try:
        return float(target.replace(",", ".").rstrip("%"))
    except ValueError:
        return None


def test_15_both_variants_have_the_same_53_indicators_and_series_that_never_fall():
    variants = defaultdict(dict)
    for row in Indicator.objects.all():
        variants[row.framework][row.indicator_id] = row
    whole, reduced = variants["21 cercles"], variants["17 cercles"]
    assert len(whole) == 53
    assert whole.keys() == reduced.keys()
    assert (
        sum(row.cumulative for row in whole.values()) == sum(row.cumulative for row in reduced.values()) == 40
    )
    ends = {
        code: (whole[code].target_2025, reduced[code].target_2025)
        for code in ("1.2.1", "2.1.2", "2.2.2", "2.3.1")
    }
    assert ends == {
        "1.2.1": ("276", "233"),
        "2.1.2": ("20", "20"),
        "2.2.2": ("20", "7"),
        "2.3.1": ("31", "31"),
    }
    for row in Indicator.objects.filter(cumulative=True):
        series = [number(getattr(row, f"target_{year}")) for year in range(2021, 2026)]
        told = [target for target in series if target is not None]
        assert told == sorted(told), row


def test_16_each_target_cercle_is_among_the_places():
    named = PlaceMention.objects.filter(level="cercle", is_target_cercle=True)
    assert {row.place for row in named} == {target.cercle_name for target in figures.targets()}
    assert named.count() == PlaceMention.objects.filter(is_target_cercle=True).count() == 21
