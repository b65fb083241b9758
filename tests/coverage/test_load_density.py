"""A fine raster under the small country: exact sums by commune, blocks of cells, refusals, repeats."""

import io

import numpy as np
import pytest
import rasterio
from django.core.management import CommandError, call_command

from apps.boundaries.models import DensityCell
from apps.coverage.models import CommuneEstimate, RasterPeople
from apps.sources.models import Load
from tests import small_country
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def alpha(lasting):
    with lasting():
        small_country.make()
        live((-4.9, 13.2, 3), (-4.9, 13.7))
        small_country.people(Alpha=1000)


@pytest.fixture
def raster(tmp_path):
    """
    400 x 300 cells of 0.005 degrees, from the north-west corner of the country: 100 people in each of 40 rows
    and 20 columns around where the two communes of Alpha meet that of Bêta, no data elsewhere.
    """
    people = np.full((300, 400), -99999, "float32")
    people[80:120, 190:210] = 100
    path = tmp_path / "essai.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=400,
        height=300,
        count=1,
        dtype="float32",
        nodata=-99999,
        crs="EPSG:4326",
        transform=rasterio.Affine(0.005, 0, -5, 0, -0.005, 14),
    ) as file:
        file.write(people, 1)
    return path


def load(path, *options):
    said = io.StringIO()
    call_command("load_density", str(path), *options, stdout=said, stderr=said)
    return said.getvalue()


def test_its_sums_by_commune_are_kept_and_its_cells_in_blocks(raster):
    said = load(raster, "--people-per-cell")
    assert "It sums to 80,000 people." in said
    told = {each.area.pcode: round(each.people, 6) for each in RasterPeople.objects.select_related("area")}
    # 20 x 10 cells in each commune of Alpha, 40 x 10 in that of Bêta; Gamma lies outside: no sum, not 0.
    assert told == {"ML910101": 20_000, "ML910102": 20_000, "ML920101": 40_000}
    assert DensityCell.objects.count() == 20 * 10
    assert CommuneEstimate.objects.get(commune__pcode="ML910102").raster == pytest.approx(20_000)
    assert CommuneEstimate.objects.get(commune__pcode="ML920201").raster is None
    assert "unchanged since load" in load(raster, "--people-per-cell")


def test_a_dry_run_writes_nothing(raster):
    before = Load.objects.count()
    assert "would write 200" in load(raster, "--people-per-cell", "--dry-run")
    assert (Load.objects.count(), RasterPeople.objects.count()) == (before, 0)


def test_under_another_edition_the_same_file_is_summed_again(raster):
    load(raster, "--people-per-cell")
    small_country.make("Autre édition")
    assert not RasterPeople.objects.filter(area__edition__is_active=True).exists()
    assert "Wrote 200 rows" in load(raster, "--people-per-cell")
    assert RasterPeople.objects.filter(area__edition__is_active=True).count() == 3


def test_a_raster_of_elsewhere_is_refused_and_the_former_one_stays(raster):
    load(raster, "--people-per-cell")
    with rasterio.open(raster, "r+") as file:
        file.transform = rasterio.Affine(0.005, 0, 60, 0, -0.005, 14)
    with pytest.raises(CommandError, match="ne touche pas le pays"):
        load(raster, "--people-per-cell")
    assert RasterPeople.objects.count() == 3
