"""What the rows of a layer are worth: counted once, and told of closed rows without telling of few."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point

from apps.boundaries.models import Settlement
from apps.catalogue.quality import OTHERS, Share, pooled, precision, qualities, quality, refusals
from apps.events.models import ConflictEvent
from apps.infrastructure import services as infrastructure
from apps.infrastructure.models import Institution
from apps.sources.models import LayerRevision, Load, Refusal
from apps.sources.services import touch
from geo.vocabulary import InstitutionKind, PlacePrecision
from layers.catalogue import LAYERS
from tests import small_country
from tests.area_tables.test_tables import kept

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        exact = [small_country.event(-4.5, 13.5)] * 6
        wide = [small_country.event(-4.5, 13.5, actor2="", geo_precision=PlacePrecision.REGION)] * 2
        small_country.happened(*exact, *wide, access="signed_in")


def shares(layer):
    return {field.name: share for field, share in quality(LAYERS[layer], NOBODY).known}


def test_a_field_is_known_where_it_has_a_value():
    known = shares("events")
    assert (known["actor1"].count, known["actor1"].rows) == (8, 8)
    assert (known["actor2"].count, known["actor2"].part) == (6, 0.75), "an empty text is no value"


def test_a_status_that_is_called_unknown_is_not_known():
    infrastructure.keep(Institution(kind=InstitutionKind.TI, location=Point(-4.5, 13.2, srid=4326)))
    known = shares("institutions")
    assert (known["kind"].part, known["status"].part) == (1, 0)


def test_the_weakest_field_comes_first_and_the_whole_ones_apart():
    measured = quality(LAYERS["events"], NOBODY)
    parts = [share.part for _, share in measured.weakest]
    assert parts == sorted(parts)
    assert max(parts) < 1
    assert "actor1" in {field.name for field in measured.whole}
    assert measured.filled == pytest.approx(sum(s.part for _, s in measured.known) / len(measured.known))


def test_no_row_has_no_share():
    Settlement.objects.all().delete()
    touch("settlements")
    measured = quality(LAYERS["settlements"], NOBODY)
    assert (measured.rows, measured.filled, measured.weakest, measured.whole) == (0, None, [], [])


def test_precision_is_told_by_the_codes_in_their_order_with_what_is_not_told_last():
    told = {field.name: values for field, values in precision(LAYERS["events"], NOBODY)}
    assert [(each.words.fr, each.count) for each in told["geo_precision"]] == [
        ("lieu exact", 6),
        ("connu à la région seulement", 2),
    ]
    assert sum(each.part for each in told["time_precision"]) == 1


def test_every_layer_is_measured_in_one_statement_and_then_remembered(django_assert_num_queries):
    layers = list(LAYERS.values())
    revisions = {row.layer: row for row in LayerRevision.objects.all()}
    # One statement for all, and one for whose the target cercles are.
    with django_assert_num_queries(2):
        first = qualities(layers, NOBODY, revisions)
    with django_assert_num_queries(0):
        assert qualities(layers, NOBODY, revisions) == first


def test_rows_that_have_each_their_readers_are_measured_for_who_asks(django_user_model):
    kept([("Alpha", 12.0), ("Bêta", 0.0), (None, 99.0)], key="open")
    kept([("Alpha", 34.5)], key="members", access="signed_in")
    partner = django_user_model.objects.create_user("partner")
    values = LAYERS["area_values"]
    assert [quality(values, who).rows for who in (NOBODY, partner, NOBODY)] == [3, 4, 3]


def test_rows_that_changed_are_measured_again():
    before = quality(LAYERS["events"], NOBODY).rows
    ConflictEvent.objects.filter(pk=ConflictEvent.objects.first().pk).delete()
    assert quality(LAYERS["events"], NOBODY).rows == before, "remembered: nobody said that they changed"
    touch("events")
    assert quality(LAYERS["events"], NOBODY).rows == before - 1


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((20, 10), [20, 10]),
        ((20, 10, 3), [20, 13]),
        ((20, 3, 2), [20, 5]),
        ((20, 1), [21]),
        ((6, 2), [8]),
        ((3,), []),
        ((), []),
    ],
)
def test_few_rows_never_stand_alone_nor_follow_from_the_rest(counts, told):
    rows = sum(counts)
    found = pooled([Share(count, rows, words=str(count)) for count in counts])
    assert [each.count for each in found] == told
    assert all(each.words == OTHERS for each in found if each.count not in counts)


@pytest.mark.parametrize(
    ("count", "of_few"), [(0, False), (1, True), (4, True), (5, False), (96, True), (100, False)]
)
def test_a_share_tells_of_few_by_what_it_has_or_what_it_leaves(count, of_few):
    assert Share(count, 100).tells_of_few is of_few


@pytest.mark.parametrize(
    ("access", "told"), [("public", [("hors du Mali", False, 2), ("date", True, 1)]), ("signed_in", None)]
)
def test_reasons_of_refusals_are_grouped_and_those_of_a_restricted_source_kept(access, told):
    load = Load.objects.create(
        kind="settlements",
        file_name="a.csv",
        sha256="0" * 64,
        access=access,
        last_checked="2020-01-01T00:00Z",
    )
    for reason, is_doubt in (("hors du Mali", False), ("date", True), ("hors du Mali", False)):
        Refusal.objects.create(load=load, where="ligne 1", reason=reason, is_doubt=is_doubt)
    assert refusals([load], NOBODY).get(load.pk) == told
