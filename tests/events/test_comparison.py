"""Our counts beside a publisher's, on a country small enough to count by hand."""

from datetime import date

import pytest

from apps.boundaries.models import Area
from apps.events import published
from apps.events.comparison import compare
from geo.vocabulary import PlacePrecision
from layers.readers.monthly_counts import CountCategory, MonthlyCount
from layers.readers.problems import Reading
from layers.sources_toml import Contents
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = date(2020, 9, 1), date(2020, 10, 1), date(2020, 11, 1)
MOB = {"event_type": "Riots", "sub_event_type": "Mob violence"}


@pytest.fixture(autouse=True, scope="module")
def events(lasting):
    """Alpha: two battles and a mob in October, one event known to the region only in September; a protest."""
    with lasting():
        small_country.make()
        small_country.happened(
            event(-4.5, 13.2),
            event(-4.5, 13.7),
            event(-4.5, 13.2, **MOB),
            event(-4.5, 13.2, "2020-09-10", geo_precision=PlacePrecision.REGION, admin2="Bêta"),
            event(-4.5, 13.2, event_type="Protests", sub_event_type="Peaceful protest"),
            event(-2.5, 13.2, "2020-09-20", event_type="Violence against civilians", admin2="Gamma"),
            event(-9.0, 20.0, "2020-10-02"),
        )


def told(*counts, category=CountCategory.POLITICAL_VIOLENCE):
    records = [
        MonthlyCount(
            category=category,
            month=month,
            pcode="",
            name=name,
            region="",
            events=number,
            fatalities=None,
            row=2,
        )
        for name, month, number in counts
    ]
    source = small_country.source(Contents.HDX_COUNTS, f"{category}.csv")
    published.save_counts(Reading(records, []), source, series="hdx")


def months(**asked):
    found = compare("hdx", asked.pop("category", "political_violence"), **asked)
    return {each.month: (each.placed, each.point_only, each.outside, each.published) for each in found.months}


def cercle(pcode):
    return Area.objects.cercles().get(pcode=pcode)


def test_each_month_tells_ours_by_precision_and_the_publishers():
    told(("Alpha", SEPTEMBER, 1), ("Gamma", SEPTEMBER, 1), ("Alpha", OCTOBER, 4), ("Alpha", NOVEMBER, 7))
    # October: two battles and the mob in Alpha, a battle outside; the protest is no violence.
    assert months() == {SEPTEMBER: (1, 1, 0, 2), OCTOBER: (3, 0, 1, 4)}


def test_agreement_and_reasons_by_hand():
    told(("Alpha", SEPTEMBER, 1), ("Gamma", SEPTEMBER, 1), ("Alpha", OCTOBER, 6), ("Alpha", NOVEMBER, 7))
    found = compare("hdx", "political_violence")
    agreement, why = found.agreement, found.reasons
    assert (agreement.months, agreement.months_alike, agreement.ours, agreement.published) == (2, 1, 6, 8)
    assert (agreement.furthest.month, agreement.furthest.difference) == (OCTOBER, 2)
    assert (why.events_until, why.published_until, why.published_after) == (OCTOBER, NOVEMBER, 7)
    assert why.by_precision == {PlacePrecision.EXACT: 4, PlacePrecision.REGION: 1}
    assert (why.outside, why.other_categories, why.untied) == (1, 1, {})
    # One of the two events whose source names a cercle names another than that of its point.
    assert why.elsewhere == 1


def test_one_cercle_alone():
    told(("Alpha", SEPTEMBER, 1), ("Gamma", SEPTEMBER, 5), ("Alpha", OCTOBER, 3))
    assert months(cercle=cercle("ML9101")) == {SEPTEMBER: (0, 1, 0, 1), OCTOBER: (3, 0, 0, 3)}
    assert months(cercle=cercle("ML9202")) == {SEPTEMBER: (1, 0, 0, 5), OCTOBER: (0, 0, 0, None)}


def test_a_period_within_what_both_tell():
    told(("Alpha", SEPTEMBER, 1), ("Alpha", OCTOBER, 3))
    assert list(months(since=OCTOBER, until=NOVEMBER)) == [OCTOBER]


@pytest.mark.parametrize(
    ("category", "ours"),
    [
        ("demonstration", {OCTOBER: 1}),
        ("civilian_targeting", {SEPTEMBER: 1}),
        ("all", {OCTOBER: 5, SEPTEMBER: 2}),
    ],
)
def test_each_category_counts_its_own(category, ours):
    told(("Alpha", SEPTEMBER, 0), ("Alpha", OCTOBER, 0), category=CountCategory(category))
    found = compare("hdx", category)
    assert {each.month: each.ours for each in found.months if each.ours} == ours


def test_a_row_that_is_no_cercle_counts_for_the_country_and_is_named():
    told(("Alpha", OCTOBER, 3), ("Zeta", OCTOBER, 2))
    found = compare("hdx", "political_violence")
    assert found.months[0].published == 5
    assert found.reasons.untied == {"Zeta": (0, 2)}


def test_without_a_common_month_nothing_is_compared():
    told(("Alpha", date(2024, 1, 1), 3))
    found = compare("hdx", "political_violence")
    assert (found.months, found.agreement, found.reasons) == ([], None, None)
