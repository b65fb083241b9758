"""Boundaries from a file: a new edition beside the active one, whole or not at all."""

from datetime import date

import geopandas
import pytest

from apps.boundaries import services as boundaries
from apps.boundaries.models import Area, Edition
from apps.imports.services import WrongStep
from tests.imports.conftest import applied, counts
from tests.small_country import AREAS, square

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

FILE = "limites_2024.gpkg"
NORTHERN = ("ML9301", "Delta", "ML93", square(-5, 14, -4, 15))


@pytest.fixture
def package(tmp_path):
    """Return a function: the bytes of a GeoPackage with the small country, and what differs in it."""

    def write(*, renamed=(), further=(), without=(), levels=(1, 2, 3), valid_on="2024-06-30"):
        path = tmp_path / FILE
        areas = [*AREAS, *further]
        for level in levels:
            at = [area for area in areas if area[0] == level and area[1] not in without]
            columns = {
                f"adm{level}_pcode": [pcode for _, pcode, *_ in at],
                f"adm{level}_name": [dict(renamed).get(pcode, name) for _, pcode, name, *_ in at],
                "valid_on": valid_on,
            }
            if level > 1:
                columns[f"adm{level - 1}_pcode"] = [parent for *_, parent, _ in at]
            shapes = [shape for *_, shape in at]
            geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(path, layer=f"adm{level}")
        return path.read_bytes()

    return write


def test_an_edition_goes_in_beside_the_active_one(tried, package):
    renamed = [("ML9201", "Bêta-Nouveau")]
    north = [(1, "ML93", "Nord", "ML", NORTHERN[3]), (2, *NORTHERN)]
    import_ = tried("boundaries", package(renamed=renamed, further=north, levels=(1, 2)), FILE)
    assert counts(import_) == {"added": 2, "changed": 1, "unchanged": 4, "gone": 5}
    before = set(Edition.objects.all())

    import_ = applied(import_)
    assert import_.state == "applied"
    [new] = set(Edition.objects.all()) - before
    assert (new.name, new.load) == (import_.load.edition, import_.load)
    assert (new.valid_from, new.is_active) == (date(2024, 6, 30), False)
    assert Area.objects.active().get(pcode="ML9201").name == "Bêta"

    boundaries.activate(new)
    assert Area.objects.active().get(pcode="ML9201").name == "Bêta-Nouveau"


def test_the_same_file_twice_is_one_edition(tried, package):
    content = package()
    applied(tried("boundaries", content, FILE))
    before = Edition.objects.count()
    assert set(counts(tried("boundaries", content, FILE))) == {"unchanged"}
    assert Edition.objects.count() == before


def test_one_fault_keeps_the_whole_edition_out(tried, package):
    before = Edition.objects.count()
    import_ = tried("boundaries", package(without=("ML92",)), FILE)
    assert counts(import_)["refused"]
    assert import_.counts["all_or_nothing"]
    with pytest.raises(WrongStep, match="all_or_nothing"):
        applied(import_)
    assert Edition.objects.count() == before


def test_cercles_alone_say_what_to_give(tried, package):
    import_ = tried("boundaries", package(levels=(2,)), FILE)
    assert import_.state in ("received", "refused")
    assert "ses régions et ses cercles ensemble" in import_.message


def test_an_edition_without_a_day_asks_for_it(tried, package):
    import_ = tried("boundaries", package(valid_on=None), FILE)
    assert "depuis quand" in import_.message
