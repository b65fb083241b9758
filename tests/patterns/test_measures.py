"""What is measured of the small country, by hand; measured again only when something changed."""

import io

import pytest
from django.contrib.gis.geos import Polygon
from django.core.management import call_command

from apps.boundaries.models import DensityCell
from apps.events.asked import Asked
from apps.events.models import ConflictEvent, EventCount
from apps.patterns import services
from apps.patterns.figures import measured
from apps.patterns.models import Pattern
from apps.patterns.periods import periods
from apps.patterns.trends import trends
from apps.sources.models import Load
from geo.vocabulary import EventSource, Level, PlacePrecision
from layers.sources_toml import Contents
from tests import small_country
from tests.small_country import event, happened

pytestmark = pytest.mark.django_db

HOT_SPOT, DIFFUSION, CONFLICT_CLASS = Pattern.Measure
ALPHA, BETA, GAMMA = "ML9101", "ML9201", "ML9202"
ACLED = EventSource.ACLED


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=1000)
        DensityCell.objects.all().delete()


def measure():
    told = io.StringIO()
    call_command("measure_patterns", stdout=told)
    return told.getvalue()


def of(measure, level=Level.CERCLE, period="12m"):
    return measured(measure, ACLED, level, periods(ACLED)[period])


def people_in(west, south, east, north, people):
    load = small_country.recorded(Load.Kind.DENSITY, Contents.RASTER)
    DensityCell.objects.create(load=load, box=Polygon.from_bbox((west, south, east, north)), people=people)


def test_the_periods_end_with_the_last_month_and_begin_with_the_first_event():
    happened(event(-4.5, 13.2, "2019-03-05"), event(-4.5, 13.2, "2020-10-31"))
    told = {key: (str(each.since), str(each.until), each.months) for key, each in periods(ACLED).items()}
    assert told == {
        "12m": ("2019-11-01", "2020-10-31", 12),
        "36m": ("2019-03-01", "2020-10-31", 20),
        "2019": ("2019-03-01", "2019-12-31", 10),
        "2020": ("2020-01-01", "2020-10-31", 10),
    }


def test_three_cercles_are_too_few_for_hot_spots_and_it_is_said():
    happened(event(-4.5, 13.2), event(-4.5, 13.3))
    measure()
    spots = of(HOT_SPOT)
    assert {each.why for each in spots.values()} == {Pattern.Why.TOO_FEW_AREAS}
    assert [each.value for each in spots.values()] == [None] * 3
    assert spots[ALPHA].detail == {"events": 2}


def test_classes_of_conflict_tell_why_there_is_none():
    # Two events at one place in Alpha, one in Beta, none in Gamma. Two in the one month loaded: 24 a year.
    happened(event(-4.5, 13.2), event(-4.5, 13.2), event(-3.5, 13.2))
    measure()
    classes = of(CONFLICT_CLASS)
    assert (classes[ALPHA].label, classes[ALPHA].detail["ratio"]) == ("clustered_high", 0)
    assert (classes[BETA].label, classes[BETA].why) == ("", Pattern.Why.ONE_EVENT)
    assert (classes[GAMMA].label, classes[GAMMA].why, classes[GAMMA].value) == ("", Pattern.Why.NO_EVENT, 0)


def test_many_violent_events_are_high_and_protests_do_not_count():
    # A square degree at 13.5 north is about 11 980 km2: 20.4 events a year make 1.7 by 1 000 km2.
    scattered = [event(-4.9 + 0.04 * n, 13.05 + 0.04 * n) for n in range(21)]
    protests = [event(-3.5, 13.2, event_type="Protests") for _ in range(30)]
    happened(*scattered, *protests, event(-4.5, 13.2, "2019-11-01"))
    measure()
    classes = of(CONFLICT_CLASS)
    assert classes[ALPHA].label.endswith("_high")
    assert classes[ALPHA].value == pytest.approx(22 / 11.98, rel=0.01)
    assert classes[BETA].why == Pattern.Why.NO_EVENT


def test_an_event_known_to_the_region_only_has_no_point_and_is_told():
    vague = event(-4.5, 13.2, geo_precision=PlacePrecision.REGION)
    happened(event(-4.5, 13.2), event(-4.4, 13.2), vague)
    measure()
    assert of(CONFLICT_CLASS)[ALPHA].detail["left_out"] == 1
    assert of(CONFLICT_CLASS, Level.COMMUNE)["ML910101"].detail["left_out"] == 1


def test_diffusion_counts_inhabited_cells_that_are_reached():
    # A raster cell of half a degree around the middle of Alpha: some thirty cells of 10 km, all inhabited.
    people_in(-4.75, 13.25, -4.25, 13.75, 100_000)
    near = [event(-4.5, 13.5 + 0.001 * n, geo_precision=PlacePrecision.NEAR) for n in range(12)]
    happened(*near, event(-4.5, 13.2, "2019-11-01"))
    measure()
    alpha = of(DIFFUSION)[ALPHA]
    assert 20 < alpha.detail["cells"] < 50
    assert (alpha.value, alpha.detail["reached_high"]) == (0, 1)
    assert alpha.detail["high"] == pytest.approx(1 / alpha.detail["cells"])
    assert of(DIFFUSION)[BETA].why == Pattern.Why.NO_INHABITED_CELL


def test_without_a_density_diffusion_is_not_known():
    happened(event(-4.5, 13.2))
    measure()
    assert {each.why for each in of(DIFFUSION).values()} == {Pattern.Why.PEOPLE_NOT_KNOWN}


def test_nothing_is_measured_twice_until_something_changes():
    happened(event(-4.5, 13.2))
    assert "Measured" in measure()
    before = Pattern.objects.values_list("pk", flat=True)[0]
    assert measure() == ""
    assert Pattern.objects.filter(pk=before).exists()
    happened(event(-4.5, 13.2), event(-4.5, 13.3))
    assert "hot_spot of acled (1 of 3)" in measure()
    assert of(HOT_SPOT)[ALPHA].detail == {"events": 2}


def test_an_interrupted_measure_leaves_the_former_one_whole(monkeypatch):
    happened(event(-4.5, 13.2))
    measure()
    number = Pattern.objects.count()
    happened(event(-4.5, 13.3))

    def killed(question):
        raise KeyboardInterrupt

    monkeypatch.setitem(services.MEASURES, DIFFUSION, killed)
    with pytest.raises(KeyboardInterrupt):
        measure()
    assert Pattern.objects.count() == number
    monkeypatch.undo()
    assert "diffusion of acled (1 of 2)" in measure()


def test_a_source_that_is_gone_leaves_no_pattern():
    happened(event(-4.5, 13.2))
    measure()
    ConflictEvent.objects.all().delete()
    EventCount.objects.all().delete()
    measure()
    assert not Pattern.objects.exists()


def test_trends_count_placed_violent_events_by_month():
    monthly = [event(-4.5, 13.2, f"20{18 + n // 12}-{n % 12 + 1:02}-10") for n in range(36) for _ in range(n)]
    happened(*monthly)
    found = trends(Level.CERCLE, periods(ACLED)["36m"], Asked(source=ACLED))
    assert len(found.months) == 35  # nothing happened in the first month: events begin with the second
    assert found.of(ALPHA).counts == list(range(1, 36))
    assert found.of(ALPHA).trend.direction == "rising"
    assert found.of(GAMMA).counts == [0] * 35
    assert found.of(GAMMA).trend is None
