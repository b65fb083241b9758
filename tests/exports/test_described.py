"""What programs read of layers and files: DCAT as JSON-LD that needs no other host."""

import json

import pytest
from django.db.models import Max, Min

from apps.events.models import ConflictEvent
from apps.exports.models import Export
from apps.sources.models import Load
from layers.catalogue import LAYERS

pytestmark = pytest.mark.django_db


def test_every_layer_is_a_dataset_with_its_formats(client):
    told = client.get("/api/catalogue.jsonld").json()
    assert told["@type"] == "dcat:Catalog"
    assert [each["dct:identifier"] for each in told["dcat:dataset"]] == list(LAYERS)
    prefixes = {name.partition(":")[0] for name in names_in(told) if ":" in name and not name.startswith("@")}
    assert prefixes <= set(told["@context"]), "every word is explained in the file itself"


def test_the_catalogue_asks_once_for_all_layers(client, django_assert_max_num_queries):
    client.get("/api/catalogue.jsonld")
    with django_assert_max_num_queries(8):
        client.get("/api/catalogue.jsonld")


def names_in(value):
    """Yield the names of members and of types, at any depth, the context left out."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name != "@context":
                yield name
                yield from [member] if name == "@type" else names_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from names_in(member)


def test_a_layer_tells_source_hash_licence_and_who_may_have_it(client):
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
    load = Load.objects.in_use().of_kind(Load.Kind.EVENTS).get()
    answer = client.get("/api/layers/events.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    told = answer.json()
    assert told["dct:accessRights"]["@id"].endswith("RESTRICTED")
    assert told["dct:provenance"][0]["spdx:checksum"]["spdx:checksumValue"] == load.sha256
    doubt = {"@language": "en", "@value": "Simulated data: none of this happened."}
    assert doubt in told["adms:versionNotes"]
    assert "dct:conformsTo" in told
    assert "dct:conformsTo" not in client.get("/api/layers/indicators.jsonld").json()
    formats = [each["dct:title"] for each in told["dcat:distribution"]]
    assert "GeoPackage" in formats
    assert "PMTiles" in formats


def test_where_rows_lie_is_told_to_all_and_their_days_to_who_may_read_them(as_persona):
    days = ConflictEvent.objects.aggregate(first=Min("occurred_on"), last=Max("occurred_on"))
    told = as_persona("anonymous").get("/api/layers/events.jsonld").json()
    assert told["dct:temporal"]["dcat:startDate"]["@value"] == days["first"].isoformat()
    assert told["dct:temporal"]["dcat:endDate"]["@value"] == days["last"].isoformat()
    assert told["dct:spatial"][1]["dcat:bbox"]["@value"].startswith("POLYGON((")
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
    told = as_persona("anonymous").get("/api/layers/events.jsonld").json()
    assert "dct:temporal" not in told
    assert len(told["dct:spatial"]) == 2
    assert "dct:temporal" in as_persona("partner").get("/api/layers/events.jsonld").json()


def test_a_file_tells_its_hash_size_filter_and_sources(client):
    client.get("/telecharger/cercles.csv?region=ML05").getvalue()
    export = Export.objects.get()
    told = client.get(f"/telecharger/fichiers/{export.pk}/metadata.jsonld").json()
    assert told["spdx:checksum"]["spdx:checksumValue"] == export.sha256
    assert told["dcat:byteSize"]["@value"] == str(export.bytes)
    assert told["prov:wasGeneratedBy"]["dct:description"] == "region=ML05"
    assert told["dct:provenance"]
    assert json.dumps(told).count("None") == 0


def test_what_is_told_of_a_closed_file_is_closed_too(as_persona):
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
    as_persona("partner").get("/telecharger/events.csv?cercle=ML0505").getvalue()
    export = Export.objects.get()
    assert (
        as_persona("anonymous").get(f"/telecharger/fichiers/{export.pk}/metadata.jsonld").status_code == 403
    )
