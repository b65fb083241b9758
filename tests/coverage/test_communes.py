"""The people of communes: estimate, interval over methods and draws, and a raster alone beside them."""

import io

import numpy as np
import pytest
from django.core.management import call_command

from apps.boundaries.models import Area
from apps.boundaries.services import save_density
from apps.catalogue.rows import ROWS
from apps.coverage.communes import estimate_communes
from apps.coverage.ground import Ground
from apps.coverage.models import CellShare, CommuneEstimate
from apps.coverage.people import people_by_method, people_draws
from apps.coverage.rasters.queries import people_of_areas
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import Level
from layers.readers.density import DensityCell
from layers.sources_toml import Contents
from tests import small_country
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db


def raster(*cells):
    """Load a raster of these cells: (west, south, people), each half a degree wide and high."""
    boxes = [DensityCell(west, south, west + 0.5, south + 0.5, people) for west, south, people in cells]
    save_density(boxes, small_country.recorded(Load.Kind.DENSITY, Contents.RASTER, rows=len(boxes)))


@pytest.fixture(autouse=True, scope="module")
def two_communes_of_alpha(lasting):
    """A seat of a cercle and a village in the south of Alpha, a village in its north; a cell on each side."""
    with lasting():
        small_country.make()
        live((-4.9, 13.2, 3), (-4.7, 13.2), (-4.9, 13.7), (-2.5, 13.2))
        raster((-5, 13, 210), (-5, 13.5, 90))
        small_country.people(Alpha=1000)


def estimate(pcode):
    return CommuneEstimate.objects.get(commune__pcode=pcode)


def test_each_method_keeps_the_people_of_the_cercle():
    by_method = people_by_method(Ground.now())
    told = {name: people[:3].tolist() for name, people in by_method.items()}
    assert told == {
        "classes_and_raster": [667, 33, 300],
        "classes": [909, 46, 45],
        "raster": [350, 350, 300],
    }
    # The cercle of the last village has no figure.
    assert all(np.isnan(people[3]) for people in by_method.values())


def test_draws_keep_the_people_of_the_cercle_and_return_with_their_seed():
    ground = Ground.now()
    draws = people_draws(ground, 20, seed=3)
    assert set(draws[:, :3].sum(axis=1)) == {1000}
    np.testing.assert_array_equal(draws, people_draws(ground, 20, seed=3))


def test_the_estimate_is_the_sum_of_the_settlements_within_the_least_and_the_most_of_the_methods():
    south, north = estimate("ML910101"), estimate("ML910102")
    # By rank and raster, and by the raster alone, the north has its cell's 300; by rank alone 45.
    assert (south.people, south.low, south.high, south.raster) == (700, 700, 955, 210)
    assert (north.people, north.low, north.high, north.raster) == (300, 45, 300, 90)


def test_without_a_figure_of_its_cercle_a_commune_has_none_and_the_raster_is_told_all_the_same():
    raster((-5, 13, 210), (-3, 13, 50))
    gamma = estimate("ML920201")
    assert (gamma.settlements, gamma.people, gamma.low, gamma.high, gamma.raster) == (1, None, None, None, 50)


def test_a_commune_without_a_listed_settlement_has_no_estimate():
    empty = estimate("ML920202")
    assert (empty.settlements, empty.people, empty.raster) == (0, None, None)


def test_the_cells_of_a_raster_are_weighed_once_and_sum_without_geometry():
    raster((-4.75, 13.25, 100))
    kept = CellShare.objects.filter(area__level=Level.COMMUNE).order_by("area__pcode")
    # From 13.25 to 13.75 degrees north: half of it on each side of the border.
    assert [(each.area.pcode, each.share) for each in kept] == [("ML910101", 0.5), ("ML910102", 0.5)]
    before = set(CellShare.objects.values_list("pk", flat=True))
    small_country.people(Alpha=2000)
    assert set(CellShare.objects.values_list("pk", flat=True)) == before
    cercle = Area.objects.cercles().get(pcode="ML9101")
    assert people_of_areas(Level.CERCLE) == {cercle.pk: 100}


def told_by_table(tmp_path, *lines, header="commune;cercle;population_2022"):
    path = tmp_path / "communes.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    said = io.StringIO()
    call_command("load_commune_people", str(path), stdout=said, stderr=said)
    return said.getvalue()


def test_communes_that_a_table_tells_share_the_figure_of_their_cercle(tmp_path):
    said = told_by_table(tmp_path, "Alpha Sud;Alpha;90", "Alpha Nord;Alpha;60", "Delta;Alpha;5")
    assert "Wrote 2 rows" in said
    assert "refusé: communes.csv, ligne 4" in said
    south, north = estimate("ML910101"), estimate("ML910102")
    # 90 and 60 of 150, of 1000 people; within the south 20 to 1 by rank, as the raster is one cell there.
    assert (south.people, south.low, south.high) == (600, 600, 600)
    assert (north.people, north.low, north.high) == (400, 400, 400)
    assert Ground.now().people[:3].tolist() == [571, 29, 400]
    assert all(people[:3].sum() == 1000 for people in people_by_method(Ground.now()).values())
    assert "unchanged since load" in told_by_table(
        tmp_path, "Alpha Sud;Alpha;90", "Alpha Nord;Alpha;60", "Delta;Alpha;5"
    )


def test_where_a_table_lacks_a_commune_its_cercle_is_shared_as_before(tmp_path):
    told_by_table(tmp_path, "Alpha Sud;Alpha;90", "Gamma Sud;Gamma;10")
    assert (estimate("ML910101").people, estimate("ML910102").people) == (700, 300)


def test_another_edition_is_weighed_anew():
    small_country.make("Autre édition")
    assert CellShare.objects.filter(area__edition__is_active=True).exists()
    assert estimate_communes() == 5


def test_by_drawn_weights_the_interval_widens_where_the_seat_is():
    # Without a raster the seat weighs 20 villages: the north has 1000 / 22 = 45, more where it weighs less.
    raster()
    north = estimate("ML910102")
    assert north.low < 45 == north.people < north.high
    assert north.raster is None


def test_the_layer_of_communes_says_what_is_estimated_of_each_and_nothing_where_nothing_is():
    estimate_communes()
    rows = ROWS["communes"].all().values_list("pcode", "people", "people_low", "people_high")
    kept = CommuneEstimate.objects.values_list("commune__pcode", "people", "low", "high")
    assert sorted(rows) == sorted(kept)
    assert ("ML920101", None, None, None) in rows
    CommuneEstimate.objects.filter(commune__pcode="ML910101").delete()
    assert ROWS["communes"].all().get(pcode="ML910101").people is None


def test_estimates_made_again_put_the_bodies_of_the_layer_out_of_date():
    before, _ = LayerRevision.objects.of("communes")
    estimate_communes()
    assert LayerRevision.objects.of("communes")[0] == before + 1
