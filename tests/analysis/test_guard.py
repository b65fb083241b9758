"""Who may ask what of a layer that not everybody reads."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts.models import User
from apps.analysis import guard
from apps.analysis.answering import answer
from apps.analysis.guard import FEW, NotForReader
from apps.sources.models import Load
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def asked(*steps, by=(), measure=None, **about):
    return {"steps": list(steps), "by": list(by), "measure": measure, **about}


def of_events(**about):
    return {"what": {"layer": "events", **about}}


def counts(*by, measure="count", step=None, **about):
    return asked(step or of_events(), by=by, measure={"kind": measure}, **about)


@pytest.fixture(scope="module", autouse=True)
def little_read(lasting):
    """Six events in the south of Alpha, two in its north, one in Gamma: for those who are signed in."""
    with lasting():
        small_country.make()
        small_country.people(Alpha=200_000, Gamma=100_000)
        small_country.happened(
            *(event(-4.5, 13.1, f"2020-{month:02}-03") for month in range(5, 11)),
            *(event(-4.5, 13.7, f"2020-10-0{day}", event_type="Riots") for day in (1, 2)),
            event(-2.5, 13.2, "2020-09-30", fatalities=3),
            access="signed_in",
        )


@pytest.fixture
def account(db):
    return User.objects.create_user("reads")


def rows(question, user=NOBODY):
    return answer(question, user).rows


def test_who_may_read_the_rows_is_told_everything(account):
    told = answer(counts("commune"), account)
    assert [row[2] for row in told.rows] == [6, 2, 0, 1, 0]
    assert (told.suppressed, told.access) == (False, "signed_in")
    assert len(rows(asked(of_events()), account)) == 9


def test_who_may_not_is_told_counts_by_published_units_without_the_small_ones():
    told = answer(counts("commune"), NOBODY)
    assert [row[2] for row in told.rows] == [6, FEW, 0, FEW, 0]
    assert (told.suppressed, told.access) == (True, "public")
    assert [row[2:5] for row in rows(counts("cercle"))] == [[8, 8, 8], [0, 0, 0], [FEW, FEW, FEW]]


@pytest.mark.parametrize(
    ("by", "told"), [("region", [8, FEW]), ("year", [9]), ("month", [FEW] * 6), ("event_type", [7, FEW])]
)
def test_counts_are_told_by_unit_month_and_type(by, told):
    found = answer(counts(by), NOBODY)
    at = [each["name"] for each in found.columns].index("count")
    assert [row[at] for row in found.rows] == told


def test_rates_hide_what_their_people_would_give_away():
    told = answer(counts("cercle", measure="rate"), NOBODY)
    at = [each["name"] for each in told.columns].index("rate")
    assert [row[at] for row in told.rows] == [4.0, None, FEW]


def test_numbers_in_all_are_not_told_beside_hidden_ones():
    [step] = answer(counts("commune"), NOBODY).steps
    assert {step[name] for name in step if name != "step"} == {None}


def test_the_greatest_are_told_without_those_whose_rank_would_tell_a_small_number():
    told = answer(counts("commune", keep={"first": 2}), NOBODY)
    assert [row[2] for row in told.rows] == [6]
    assert (told.total, told.ids) == (1, ["ML910101"])


SHAPE = {"type": "Polygon", "coordinates": [[[-5, 13], [-4, 13], [-4, 13.2], [-5, 13.2], [-5, 13]]]}
COMMUNES = {"layer": "communes"}
WITHIN_SHAPE = {"relation": {"kind": "within"}, "of": {"shape": SHAPE}}
NEAR = {"relation": {"kind": "within_km", "km": 10}}

REFUSED = {
    "the rows": asked(of_events()),
    "a drawn strip": counts("region", step=of_events() | WITHIN_SHAPE),
    "a circle": counts("region", step=of_events() | NEAR | {"of": {"layer": "settlements"}}),
    "the nearest": asked({"what": COMMUNES, "relation": {"kind": "nearest"}, "of": {"layer": "events"}}),
    "chosen by them": asked({"what": {"layer": "settlements"}, **NEAR, "of": {"layer": "events"}}),
    "how many each holds": asked(
        {"what": COMMUNES, "relation": {"kind": "contains"}, "of": {"layer": "events"}}
    ),
    "through a step": asked(
        of_events(),
        {"what": COMMUNES, "relation": {"kind": "contains"}, "of": {"step": 1}},
    ),
    "counted through a step": asked(
        {"what": COMMUNES, "relation": {"kind": "contains"}, "of": {"layer": "events"}},
        {"what": {"layer": "settlements"}, "relation": {"kind": "within"}, "of": {"step": 1}},
        measure={"kind": "count"},
    ),
    "share of people": asked(
        {
            "what": {"layer": "cercles"},
            "relation": {"kind": "share_of_people", "km": 10},
            "of": {"layer": "events"},
        }
    ),
    "an actor": counts("region", step=of_events(where=[{"field": "actor1", "op": "=", "value": "Acteur A"}])),
    "deaths": counts("region", step=of_events(where=[{"field": "fatalities", "op": ">", "value": 2}])),
    "the identifier": counts("region", step=of_events(where=[{"field": "id", "op": "<", "value": 9}])),
    "by place": counts("location_name"),
    "by day": counts("occurred_on"),
    "a day": counts("region", step=of_events(since="2020-10-01", until="2020-10-02")),
    "from a day": counts("region", step=of_events(since="2020-10-02")),
    "until a day": counts("region", events={"until": "2020-10-02"}),
    "the sum of deaths": asked(of_events(), by=["region"], measure={"kind": "sum", "field": "fatalities"}),
    "different actors": asked(of_events(), by=["region"], measure={"kind": "distinct", "field": "actor1"}),
    "a low threshold": counts("commune", keep={"at_least": 2}),
    "a threshold of rates": counts("cercle", measure="rate", keep={"at_least": 3.5}),
}


@pytest.mark.parametrize("question", REFUSED.values(), ids=REFUSED)
def test_the_rest_is_refused_and_the_reader_told_what_may_be_asked(question):
    with pytest.raises(NotForReader, match=r"Elles se comptent par région.*Connectez-vous"):
        answer(question, NOBODY)


@pytest.mark.parametrize("question", REFUSED.values(), ids=REFUSED)
def test_who_may_read_the_rows_is_refused_none_of_it(question, account):
    assert not answer(question, account).suppressed


def test_a_class_that_the_signed_in_do_not_read_either_is_counted_for_them_too(account):
    Load.objects.filter(kind="events").update(access="data_keepers")
    with pytest.raises(NotForReader) as told:
        answer(asked(of_events()), account)
    assert "Connectez-vous" not in str(told.value)
    assert [row[2] for row in rows(counts("commune"), account)] == [6, FEW, 0, FEW, 0]


def test_a_target_cercle_or_a_choice_of_units_is_a_published_unit():
    chosen = of_events() | {"relation": {"kind": "within"}, "of": {"areas": ["ML9101"]}}
    assert [row[2] for row in rows(counts("commune", step=chosen))] == [6, FEW]
    cercles = of_events() | {"relation": {"kind": "within"}, "of": {"layer": "cercles"}}
    assert [row[2] for row in rows(counts("region", step=cercles))] == [8, FEW]


def test_events_known_before_keep_the_class_of_the_load_that_brought_them():
    small_country.happened(event(-4.5, 13.1), access="public")
    Load.objects.filter(kind="events").exclude(access="public").update(in_use=False)
    with pytest.raises(NotForReader):
        answer(asked(of_events()), NOBODY)


def test_simulated_events_are_everybodys(db):
    small_country.happened(event(-4.5, 13.1), simulated=True, access="public")
    Load.objects.filter(kind="events", is_simulated=False).update(in_use=False)
    assert len(rows(asked(of_events()))) == 1


def test_settlements_that_people_are_counted_in_are_read_too():
    question = {"steps": [{"what": COMMUNES, "relation": {"kind": "share_of_people"}, "of": {"shape": {}}}]}
    assert guard.layers_read(question) == ["communes", "settlements"]


def test_an_interval_is_hidden_alone_where_the_number_itself_is_none():
    names = ["cercle", "count", "count_low", "count_high"]
    assert guard._without_few(["ML9101", 0, 0, 3], names) == ["ML9101", 0, 0, FEW]
    assert guard._without_few(["ML9101", 3, 3, 9], names) == ["ML9101", FEW, FEW, FEW]
    assert guard._without_few(["ML9101", None, None, None], names) == ["ML9101", None, None, None]


def test_no_plan_is_looked_at_of_what_is_only_counted_for_it_would_tell_how_many_rows_there_are():
    assert guard.Allowed("public", counts_only=True).limits().plan_cost is None
    assert guard.Allowed("public").limits().plan_cost > 0
