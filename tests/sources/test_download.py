"""The country from a server of this machine that plays HDX: official files replace the stand-in."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.boundaries.models import Area, Edition
from apps.sources.management.commands import load_country
from apps.sources.models import Load
from layers import hdx
from tests.layers.hdx_server import HdxServer, body

pytestmark = pytest.mark.django_db

BUNDLED = settings.BASE_DIR / "data" / "admin_boundaries"
PEOPLE = (
    "admin2Name_fr,admin2Pcode,admin1Name_fr,admin1Pcode,M_TL,F_TL,T_TL\n"
    "Koro,ML0505,Mopti,ML05,400,600,1000\nKayes,ML0103,Kayes,ML01,1,2,3\n"
)


@pytest.fixture
def server(monkeypatch, tmp_path):
    monkeypatch.setattr(load_country, "DOWNLOADS", tmp_path / "downloads")
    with HdxServer() as server:
        yield server


def offer(server):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for level in (1, 2):
            archive.write(BUNDLED / f"standin_adm{level}.geojson", f"mli_admin{level}.geojson")
    boundaries = server.serve("/dl/mli_admin_boundaries_20240101.zip", body(packed.getvalue()))
    people = server.serve("/dl/mli_admpop_adm2_2024.csv", body(PEOPLE.encode()))
    server.offer(hdx.BOUNDARIES, ("mli_admin_boundaries.geojson.zip", "GeoJSON", boundaries))
    server.offer(hdx.POPULATION, ("Population adm2 2024", "CSV", people))


def download(server):
    out = io.StringIO()
    call_command("load_country", "--download", "--hdx", server.url, stdout=out, stderr=out)
    return out.getvalue()


def test_official_files_are_fetched_recorded_and_used(server):
    offer(server)
    said = download(server)
    edition = Edition.objects.active()
    assert (edition.name, edition.is_approximate) != ("approximative", True)
    assert Area.objects.cercles().count() == 53
    assert Area.objects.cercles().with_people().get(pcode="ML0505").people == 1000
    boundaries = Load.objects.in_use().of_kind("boundaries").get()
    assert (boundaries.publisher, boundaries.licence) == ("OCHA Mali, DNCT", "CC BY-IGO")
    assert boundaries.url.startswith(server.url)
    assert boundaries.retrieved is not None
    assert "switched on" in said


def test_without_the_option_nothing_is_asked(server):
    call_command("load_country", "--hdx", server.url, stdout=io.StringIO())
    assert server.asked == []


def test_a_server_that_fails_leaves_everything_as_it_was(server):
    before = Edition.objects.active()
    with pytest.raises(CommandError, match=r"HDX|package_show"):
        download(server)
    assert Edition.objects.active() == before
    assert Load.objects.in_use().of_kind("population").get().publisher.startswith("INSTAT")
