"""Editions: loaded inactive, switched on, and every row that is tied to an area finds its place again."""

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from apps.boundaries import services
from apps.boundaries.models import Area, AreaShape, Edition
from apps.events.models import ConflictEvent, EventCount
from geo.vocabulary import Level
from tests import small_country

pytestmark = pytest.mark.django_db


def test_an_edition_is_inactive_until_switched_on():
    before = small_country.make("Avant")
    edition = small_country.make(active=False)
    assert Edition.objects.active() == before
    services.activate(edition)
    assert Edition.objects.active() == edition
    before.refresh_from_db()
    assert not before.is_active


def test_areas_know_their_parent_by_attribute():
    small_country.make()
    assert Area.objects.communes().get(pcode="ML920202").parent.pcode == "ML9202"
    assert Area.objects.cercles().get(pcode="ML9202").parent.pcode == "ML92"


def test_a_square_degree_at_13_north_is_about_12_000_km2():
    small_country.make()
    assert Area.objects.cercles().get(pcode="ML9101").area_km2 == pytest.approx(11_970, rel=0.01)


def test_every_area_has_three_simplified_shapes_and_levels_nest():
    edition = small_country.make()
    assert AreaShape.objects.filter(area__edition=edition).count() == 3 * 10
    est = AreaShape.objects.get(area__pcode="ML92", detail="low").shape
    gamma = AreaShape.objects.get(area__pcode="ML9202", detail="low").shape
    assert est.contains(gamma)


def test_only_one_edition_can_be_active():
    small_country.make()
    other = small_country.make("Autre", active=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=other.pk).update(is_active=True)


def test_a_code_comes_once_in_an_edition_and_again_in_another():
    edition = small_country.make()
    small_country.make("Autre", active=False)
    area = Area.objects.get(edition=edition, pcode="ML9101")
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(
            edition=edition,
            level=2,
            pcode="ML9101",
            name="x",
            parent=area.parent,
            boundary=area.boundary,
            area_km2=1,
        )


def test_events_and_institutions_follow_the_edition_that_is_switched_on():
    small_country.make()
    small_country.happened(small_country.event(-4.5, 13.2))
    # In the new edition the west has another code and one commune.
    renumbered = [
        (Level.REGION, "ML95", "Ouest", "ML", small_country.square(-5, 13, -4, 14)),
        (Level.CERCLE, "ML9505", "Alpha", "ML95", small_country.square(-5, 13, -4, 14)),
    ]
    small_country.make("Renumérotée", renumbered)
    event = ConflictEvent.objects.get()
    assert (event.cercle.pcode, event.commune) == ("ML9505", None)
    assert EventCount.objects.get().cercle.pcode == "ML9505"


def test_areas_inside_a_box():
    small_country.make()
    box = Point(-4.5, 13.5, srid=4326).buffer(0.01)
    assert [area.pcode for area in Area.objects.cercles().inside(box)] == ["ML9101"]
