"""People: a row finds its cercle by name, never by a code of another edition; missing is not zero."""

import pytest

from apps.boundaries.models import Area, Population
from apps.boundaries.services import save_density
from apps.sources.models import Load
from geo.vocabulary import Level
from layers.readers.density import DensityCell
from layers.sources_toml import Contents
from tests import small_country
from tests.small_country import square

pytestmark = pytest.mark.django_db


def people_of(pcode):
    return Area.objects.active().with_people().values_list("people", "people_method").get(pcode=pcode)


def test_a_row_finds_its_cercle_without_accent_or_case():
    small_country.make()
    assert small_country.people(alpha=1000, beta=500) == []
    assert people_of("ML9101") == (1000, "projection")
    assert people_of("ML9201") == (500, "projection")


def test_a_cercle_without_a_row_has_no_figure():
    small_country.make()
    small_country.people(Alpha=1000)
    assert people_of("ML9202") == (None, None)


def test_a_region_has_the_sum_of_its_rows():
    small_country.make()
    small_country.people(Bêta=500, Gamma=700)
    assert people_of("ML92") == (1200, "projection")


def test_a_name_that_is_no_cercle_is_returned():
    small_country.make()
    assert [row.name for row in small_country.people(Oméga=10)] == ["Oméga"]


MENAKA = (
    (Level.REGION, "ML91", "Gao", "ML", square(-5, 13, -4, 14)),
    (Level.REGION, "ML92", "Ménaka", "ML", square(-4, 13, -2, 14)),
    (Level.CERCLE, "ML9101", "Gao", "ML91", square(-5, 13, -4, 14)),
    (Level.CERCLE, "ML9201", "Ménaka", "ML92", square(-4, 13, -3, 14)),
    (Level.CERCLE, "ML9202", "Inékar", "ML92", square(-3, 13, -2, 14)),
)


def density(*cells):
    """Load a raster of these cells: (west, people), each half a degree wide from 13 to 13.5 north."""
    boxes = [DensityCell(west, 13, west + 0.5, 13.5, people) for west, people in cells]
    save_density(boxes, small_country.recorded(Load.Kind.DENSITY, Contents.RASTER, rows=len(boxes)))


def test_a_cercle_that_became_a_region_shares_its_people_by_the_raster():
    small_country.make("Ménaka", MENAKA)
    # The second cell lies half in each cercle: 300 people in Ménaka, 100 in Inékar.
    density((-3.9, 200), (-3.25, 200), (-2.6, 0))
    small_country.people(Ménaka=(100, "Gao"))
    assert people_of("ML9201") == (75, "estimated")
    assert people_of("ML9202") == (25, "estimated")
    assert people_of("ML92") == (100, "projection")


def test_a_raster_loaded_later_shares_the_people_anew():
    small_country.make("Ménaka", MENAKA)
    small_country.people(Ménaka=(100, "Gao"))
    density((-3.9, 10), (-2.6, 30))
    assert people_of("ML9201") == (25, "estimated")


def test_a_region_with_a_cercle_without_figure_has_none():
    small_country.make()
    small_country.people(Gamma=700)
    assert people_of("ML92") == (None, None)


def test_without_a_raster_its_cercles_have_no_figure_and_the_region_keeps_its_own():
    small_country.make("Ménaka", MENAKA)
    small_country.people(Ménaka=(100, "Gao"))
    assert people_of("ML9201") == (None, None)
    assert people_of("ML92") == (100, "projection")


def test_a_second_file_takes_the_place_of_the_first():
    small_country.make()
    small_country.people(Alpha=1000, Gamma=5)
    small_country.people(Alpha=2000)
    assert people_of("ML9101")[0] == 2000
    assert not Population.objects.filter(area__pcode="ML9202").exists()
