"""The judicial map: loaded from a file, refused row by row, found again with another edition."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.infrastructure.models import Institution, Jurisdiction
from apps.infrastructure.services import keep
from apps.sources.models import Load, Refusal
from geo.vocabulary import InstitutionKind
from tests import small_country
from tests.coverage.inhabited import stands

pytestmark = pytest.mark.django_db

HEADER = "pcode,cercle,commune,court_kind,court_name,longitude,latitude"


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        Institution.objects.all().delete()
        small_country.make()


@pytest.fixture
def load(tmp_path, capsys):
    def told(*rows, header=HEADER, **options):
        path = tmp_path / "carte.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        call_command("load_judicial_map", path, **options)
        return capsys.readouterr().out

    return told


def named(court, name):
    court.name = name
    return keep(court)


def courts():
    return {
        (row.area.name, row.court_kind): row.court_name
        for row in Jurisdiction.objects.filter(area__isnull=False)
    }


def test_a_court_of_a_cercle_by_name_and_one_of_a_commune_by_code(load):
    said = load(",Alpha,,TGI,TGI d’Alpha,,", "ML920101,,,TI,TI de Bêta,-3.5,13.5")
    assert courts() == {("Alpha", "tgi"): "TGI d’Alpha", ("Bêta", "ti"): "TI de Bêta"}
    assert "Wrote 2 rows" in said
    assert "On no register: TGI d’Alpha, TI de Bêta." in said
    assert Jurisdiction.objects.get(court_kind="ti").location.coords == (-3.5, 13.5)


def test_the_court_is_that_of_its_kind_and_name_on_the_register(load):
    court = named(stands(-4.5, 13.25, InstitutionKind.TGI), "TGI d'Alpha")
    load(",Alpha,,tribunal de grande instance,TGI d’Alpha,,")
    assert Jurisdiction.objects.get().institution == court
    named(court, "Autre nom")
    assert Jurisdiction.objects.get().institution is None


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (",Delta,,TGI,TGI de Delta,,", "cercle", "Aucun lieu"),
        (",Alpha,Bêta,TGI,TGI d’Alpha,,", "commune", "Aucun lieu"),
        ("ML99,,,TGI,TGI,,", "pcode", "P-code d'un cercle"),
        (",,,TGI,TGI,,", "cercle", "Rien ne dit"),
        (",Gamma,,Cour,TGI,,", "court_kind", "sorte est inconnue"),
        (",Gamma,,TGI,TGI,13.5,-3.5", "longitude, latitude", "échangées"),
        (",Bêta,,TGI,Un autre,,", "court_name", "La ligne 2"),
        ("ML9201,,,TGI,Un autre,,", "pcode", "La ligne 2"),
    ],
)
def test_a_row_is_refused_by_line_and_column_and_the_others_are_written(load, row, field, reason):
    load(",Bêta,,TGI,TGI de Bêta,,", row)
    refusal = Refusal.objects.get(load=Load.objects.in_use().get(kind="judicial_map"))
    assert (refusal.row, refusal.field) == (3, field)
    assert reason in refusal.reason
    assert courts() == {("Bêta", "tgi"): "TGI de Bêta"}


def test_a_dry_run_writes_nothing_and_the_same_file_twice_once(load):
    rows = [",Alpha,,TGI,TGI d’Alpha,,"]
    assert "Nothing written" in load(*rows, dry_run=True)
    assert courts() == {}
    load(*rows)
    assert "unchanged" in load(*rows)
    assert Load.objects.filter(kind="judicial_map").count() == 1


def test_another_file_takes_the_place_of_the_one_before(load):
    load(",Alpha,,TGI,TGI d’Alpha,,")
    load(",Gamma,,TGI,TGI de Gamma,,")
    assert courts() == {("Gamma", "tgi"): "TGI de Gamma"}


def test_a_file_without_a_column_is_refused_whole(load):
    with pytest.raises(CommandError, match="court_name"):
        load(",Alpha,,TGI", header="pcode,cercle,commune,court_kind")


def test_areas_are_found_again_by_name_in_another_edition_and_two_that_became_one_once(load):
    load(",Alpha,Alpha Sud,TGI,Premier,,", ",Alpha,Alpha Nord,TGI,Second,,", "ML9202,,,TI,TI de Gamma,,")
    one = [area for area in small_country.AREAS if area[2] != "Alpha Nord"]
    renamed = [(*area[:2], "Alpha", *area[3:]) if area[2] == "Alpha Sud" else area for area in one]
    small_country.make("Édition suivante", renamed)
    assert courts() == {("Gamma", "ti"): "TI de Gamma"}
    small_country.make("Édition d’après")
    assert courts() == {
        ("Alpha Sud", "tgi"): "Premier",
        ("Alpha Nord", "tgi"): "Second",
        ("Gamma", "ti"): "TI de Gamma",
    }
