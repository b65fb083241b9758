"""Laws of loading: what is current depends on the last file alone, whatever came before."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.events import loading
from apps.events.models import ConflictEvent, EventCount
from tests import small_country
from tests.events.told import acled, source_of, written

pytestmark = pytest.mark.django_db

EVENTS = st.dictionaries(
    st.sampled_from(["MLI1", "MLI2", "MLI3", "MLI4"]),
    st.tuples(
        st.integers(0, 2), st.sampled_from(["2020-10-15", "2020-11-15"]), st.sampled_from(["13.2", "13.7"])
    ),
    min_size=1,
)
FIRST, LAST = ("MLI8", (0, "2020-01-01", "13.2")), ("MLI9", (0, "2020-12-31", "13.2"))
"""In every file, so that its days span those of the others."""


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


def load(path, told):
    rows = [
        acled(identifier, fatalities=str(fatalities), event_date=day, latitude=latitude)
        for identifier, (fatalities, day, latitude) in [FIRST, *told.items(), LAST]
    ]
    written(path, rows)
    return loading.load_file(path, source_of(path), reader="acled")


def state():
    told = ("source_event_id", "digest", "fatalities", "occurred_on", "commune__pcode")
    counts = ("month", "commune__pcode", "geo_precision", "event_type", "events", "fatalities")
    return (
        set(ConflictEvent.objects.current().values_list(*told)),
        set(EventCount.objects.values_list(*counts)),
    )


@given(st.lists(EVENTS, min_size=1, max_size=4))
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_a_sequence_of_files_leaves_what_the_last_alone_does(tmp_path, files):
    small_country.happened()
    for told in files:
        load(tmp_path / "acled.csv", told)
    after_all = state()
    small_country.happened()
    load(tmp_path / "acled_last.csv", files[-1])
    assert state() == after_all


@given(EVENTS, EVENTS)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_every_instant_knows_one_version_of_an_event_at_most(tmp_path, before, after):
    small_country.happened()
    first = load(tmp_path / "acled.csv", before)
    second = load(tmp_path / "acled.csv", after)
    for load_, told in ((first.load, before), (second.load, after)):
        known = ConflictEvent.objects.known_at(load_.loaded_at).values_list("source_event_id", "fatalities")
        expected = {identifier: fatalities for identifier, (fatalities, _, _) in told.items()}
        assert sorted(known) == sorted((expected | {"MLI8": 0, "MLI9": 0}).items())
