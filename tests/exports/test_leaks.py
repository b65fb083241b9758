"""Rows of a closed source are in no file but theirs: personas, layers, formats and filters are walked."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.http import QueryDict

from apps.accounts.access import may_see
from apps.events.models import ConflictEvent
from apps.exports.formats import FORMATS, formats_of
from apps.exports.models import Export
from apps.exports.selection import selected
from apps.sources.models import Load
from layers.catalogue import LAYERS
from tests.exports.told_in import told_in

pytestmark = pytest.mark.django_db

MARK = "LIGNE-CLOSE"
"""What every closed row has in two of its fields, and no other row has."""

CLOSED = ("events", "ucdp_events")
OPEN = [name for name in LAYERS if name not in CLOSED]
NOBODY = AnonymousUser()


@pytest.fixture(scope="module", autouse=True)
def closed_events(lasting):
    """Close the events to who is not signed in, and mark each."""
    with lasting():
        Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
        marked = Concat(Value(MARK), F("pk"), output_field=CharField())
        ConflictEvent.objects.update(source_event_id=marked, actor1=MARK)


def filters_of(layer):
    """Return a query for each way to ask for a part of a layer."""
    yield ""
    for place, pcode in (("region", "ML05"), ("cercle", "ML0505")):
        if place in layer.asked_within:
            yield f"{place}={pcode}"
    if layer.time_field:
        yield "since=2019-01-01&until=2020-12-31"
    for field in layer.filters:
        yield from (f"{field.name}={choice}" for choice in list(field.choices)[:1])
    yield f"fields={layer.fields[0].name}"


def walked():
    """
    Yield each layer with each format that holds it and each way to ask for it.

    How rows are asked is the same for every format: filters are walked in the plainest.
    """
    for layer in LAYERS.values():
        for format_ in formats_of(layer):
            for query in filters_of(layer) if format_.name == "csv" else [""]:
                yield layer, format_, query


def test_the_walk_is_long():
    assert len({layer.name for layer, _, _ in walked()}) == len(LAYERS)
    assert {format_.name for _, format_, _ in walked()} == set(FORMATS)


@pytest.mark.parametrize("persona", ["anonymous", "partner", "planner", "data_keeper"])
def test_each_persona_may_take_away_what_it_may_read(as_persona, persona):
    client = as_persona(persona)
    user = client.get("/donnees/").wsgi_request.user
    for layer, format_, query in walked():
        _, access = selected(user, layer, format_, QueryDict(query), language="fr")
        is_refused = layer.name == "events" and persona == "anonymous"
        assert may_see(user, access) is not is_refused, (layer.name, format_.name, query)


def test_the_door_refuses_every_format_and_filter_of_a_closed_layer(client):
    events = LAYERS["events"]
    for format_ in formats_of(events):
        for query in filters_of(events):
            answer = client.get(f"/telecharger/events.{format_.extension}?{query}")
            assert answer.status_code == 403, (format_.name, query)
            assert MARK not in answer.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("name", OPEN)
def test_no_file_of_another_layer_holds_a_closed_row(name, tmp_path):
    layer = LAYERS[name]
    for format_ in formats_of(layer):
        # Tiles are drawn where rows lie: those of Bamako are few.
        whole = "region=ML09" if format_.name == "pmtiles" and "region" in layer.asked_within else ""
        for number, query in enumerate(filters_of(layer) if format_.name == "csv" else [whole]):
            selection, access = selected(NOBODY, layer, format_, QueryDict(query), language="fr")
            assert may_see(NOBODY, access)
            path = tmp_path / f"{number}.{format_.extension}"
            format_.write(selection, path)
            assert MARK.encode() not in told_in(path, path.name), (format_.name, query)


def test_the_mark_is_found_where_it_may_be(django_user_model, tmp_path):
    """The walk would see a leak: every format of the closed layer tells the mark to who may read it."""
    reader = django_user_model.objects.create_user("lectrice")
    layer = LAYERS["events"]
    for format_ in formats_of(layer):
        query = QueryDict("cercle=ML0505&fields=id,actor1")
        selection, _ = selected(reader, layer, format_, query, language="fr")
        assert selection.count
        path = tmp_path / f"events.{format_.extension}"
        format_.write(selection, path)
        assert MARK.encode() in told_in(path, path.name), format_.name
