"""Institutions: within a distance, the limit included; kept by data keepers; placed in their commune."""

import json

import pytest
from django.contrib.gis.geos import Point

from apps.infrastructure import services
from apps.infrastructure.models import Institution
from geo.vocabulary import InstitutionFamily, InstitutionKind
from tests import small_country

pytestmark = pytest.mark.django_db

KORO = Point(-3.08, 14.07, srid=4326)


def stands(kind, longitude, latitude):
    return services.keep(Institution(kind=kind, location=Point(longitude, latitude, srid=4326)))


def test_an_institution_exactly_at_the_limit_counts():
    there = stands(InstitutionKind.TI, -3.08, 14.17)
    (metres,) = Institution.objects.filter(pk=there.pk).distances_km(KORO)
    assert metres == pytest.approx(11.06, abs=0.01)
    assert Institution.objects.within_km(KORO, metres).count() == 1
    assert Institution.objects.within_km(KORO, metres - 0.001).count() == 0


def test_no_institution_at_all_covers_nobody():
    assert not Institution.objects.of_kind(InstitutionKind.TGI).within_km(KORO, 10_000).exists()


def test_two_at_one_place_are_two():
    stands(InstitutionKind.TI, -3.08, 14.07)
    stands(InstitutionKind.JPCE, -3.08, 14.07)
    assert Institution.objects.of_family(InstitutionFamily.COURT).within_km(KORO, 0).count() == 2


def test_a_kept_institution_knows_its_family_and_commune():
    small_country.make()
    kept = stands(InstitutionKind.EPES, -2.5, 13.7)
    assert (kept.family, kept.commune.pcode, kept.register) == ("prison", "ML920202", "Maillage")


def post(client, coordinates, **properties):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": {"kind": "ti", "status": "functional", **properties},
    }
    return client.post("/api/institutions/", json.dumps(feature), content_type="application/json")


def test_a_point_with_swapped_coordinates_is_refused_with_the_way_out(as_persona):
    response = post(as_persona("data_keeper"), [13.5, -4.5])
    assert (response.status_code, response.json()["parameter"]) == (400, "location")
    assert "longitude puis latitude" in response.json()["detail"]


def test_an_unknown_kind_is_refused(as_persona):
    response = post(as_persona("data_keeper"), [-4.5, 13.5], kind="palais")
    assert (response.status_code, response.json()["parameter"]) == (400, "kind")


def test_institutions_are_asked_by_kind_status_and_box(as_persona):
    small_country.make()
    client = as_persona("data_keeper")
    post(client, [-4.5, 13.5], name="Tribunal d’Alpha")
    post(client, [-2.5, 13.5], kind="epes", status="closed")

    def names(query):
        return client.get(f"/api/institutions/?{query}").json()["count"]

    assert [names(q) for q in ("kind=ti", "status=closed", "family=court", "cercle=ML9202")] == [1, 1, 1, 1]
    assert names("in_bbox=-5,13,-4,14") == 1
    assert client.get("/api/institutions/?in_bbox=faux").status_code == 400
