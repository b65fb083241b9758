"""The pages of releases, their files and what programs are told."""

import hashlib
import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.releases import services
from apps.releases.models import Release, ReleaseKey
from tests.releases.conftest import SECOND
from tests.releases.folders import NAME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_releases")]

LIST, PAGE = "/donnees/versions/", f"/donnees/versions/{NAME}/"


def read(client, address, **headers):
    answer = client.get(address, headers=headers)
    answer.body = answer.getvalue()
    return answer


def test_the_list_tells_what_changed_how_to_cite_and_by_which_key(client):
    page = read(client, LIST).body.decode()
    assert page.index(NAME) < page.index("2026-11-01"), "the newest first"
    assert "lignes ajoutées\u00a0: 3, changées\u00a0: 1, retirées\u00a0: 2" in page
    assert "première version" in page
    assert f"http://testserver{PAGE}" in page
    assert ReleaseKey.objects.get().fingerprint in page
    assert "Figer" not in page


def test_a_release_tells_its_files_its_differences_and_its_neighbours(client):
    page = read(client, PAGE).body.decode()
    release = Release.objects.get(name=NAME)
    assert release.manifest["files"]["layers/cercles.csv"]["sha256"] in page
    assert f'href="{PAGE}layers/settlements.gpkg"' in page
    assert 'href="/donnees/versions/2026-11-01/"' in page
    assert re.search(r"<th scope=\"row\">Bêta</th><td>ML9201</td><td class=\"number\">2</td>", page)
    # Alpha lost two, Bêta won two, Gamma won one and one changed: each cercle has two.
    assert len(re.findall(r'<path class="shade-[1-5]"', page)) == 3
    assert NAME in read(client, "/donnees/versions/2026-11-01/").body.decode()


def test_every_file_of_the_manifest_is_sent_as_it_was_signed(client):
    release = Release.objects.get(name=NAME)
    for path in ("layers/cercles.geojson", "CHANGELOG.md", "manifest.json", "manifest.json.sig"):
        answer = read(client, PAGE + path)
        assert (answer.status_code, answer.body) == (200, (release.folder / path).read_bytes()), path
        assert "immutable" in answer["Cache-Control"]
    seal = release.manifest["files"]["layers/cercles.csv"]
    whole = read(client, PAGE + "layers/cercles.csv")
    assert hashlib.sha256(whole.body).hexdigest() == seal["sha256"]
    rest = read(client, PAGE + "layers/cercles.csv", **{"Range": "bytes=10-", "If-Range": whole["ETag"]})
    assert (rest.status_code, rest.body) == (206, whole.body[10:])


@pytest.mark.parametrize(
    "path",
    [
        "release_key.pem",
        "../release_key.pem",
        "layers/../../../release_key.pem",
        "layers/events.csv",
        "layers/",
    ],
)
def test_nothing_else_is_sent(client, path):
    assert read(client, PAGE + path).status_code == 404


@pytest.mark.parametrize("name", ["2026-11-24", "2026-11-23.2", "demain"])
def test_a_release_that_there_is_not(client, name):
    assert read(client, f"/donnees/versions/{name}/").status_code == 404
    assert read(client, f"/api/releases/{name}/").status_code == 404


def test_the_public_key_is_sent_and_never_the_private_one(client):
    key = ReleaseKey.objects.get()
    for address in (f"{LIST}cle.pem", f"{LIST}cles/{key.fingerprint}.pem"):
        answer = read(client, address)
        assert answer.body.decode() == key.public_pem
        assert "PRIVATE" not in answer.body.decode()
    assert read(client, f"{LIST}cles/{'0' * 64}.pem").status_code == 404


@pytest.mark.parametrize(
    ("persona", "status"), [("anonymous", 302), ("partner", 403), ("planner", 403), ("data_keeper", 302)]
)
def test_data_keepers_freeze_a_release(as_persona, persona, status):
    client = as_persona(persona)
    assert client.post(LIST).status_code == status
    begun = Release.objects.under_way().count()
    assert begun == (persona == "data_keeper")
    assert ProcrastinateJob.objects.filter(task_name=services.TASK).count() == begun


def test_a_data_keeper_sees_how_far_it_is_and_others_do_not(as_persona):
    release = services.begin(author=None, today=SECOND)
    Release.objects.filter(pk=release.pk).update(state="running", done=3, total=12)
    assert "en préparation" not in read(as_persona("partner"), LIST).body.decode()
    assert read(as_persona("anonymous"), f"/api/releases/{release.name}/").status_code == 404
    client = as_persona("data_keeper")
    assert "en préparation" in read(client, LIST).body.decode()
    told = client.get(f"/api/releases/{release.name}/").json()
    assert told == {"name": "2026-11-23.2", "state": "running", "done": 3, "total": 12}


def test_a_data_keeper_is_told_why_the_last_was_not_made(as_persona):
    Release.objects.create(name="2026-12-01", state="failed", message="le disque est plein")
    assert "le disque est plein" in read(as_persona("data_keeper"), LIST).body.decode()
    assert "le disque est plein" not in read(as_persona("anonymous"), LIST).body.decode()


def test_a_doi_is_kept_by_a_data_keeper_and_cited(as_persona):
    told = {"doi": "10.5281/zenodo.1234567"}
    assert as_persona("partner").post(f"{PAGE}doi/", told).status_code == 403
    client = as_persona("data_keeper")
    assert client.post(f"{PAGE}doi/", told).status_code == 302
    assert "https://doi.org/10.5281/zenodo.1234567" in read(client, PAGE).body.decode()
    client.post(f"{PAGE}doi/", {"doi": "<script>"})
    assert Release.objects.get(name=NAME).doi == told["doi"]


def test_programs_are_told_the_same(client):
    newest, oldest = client.get("/api/releases/").json()["releases"]
    assert (newest["name"], oldest["name"]) == (NAME, "2026-11-01")
    assert newest["changed"] == {"added": 3, "changed": 1, "removed": 2}
    told = client.get(f"/api/releases/{NAME}/").json()
    assert told["told"]["previous"]["name"] == "2026-11-01"
    assert told["files"]["layers/cercles.csv"] == f"http://testserver{PAGE}layers/cercles.csv"
    assert told["citation"]["en"].startswith("Maillage (2026).")


def test_simulated_data_are_said_loudly(client):
    release = Release.objects.get(name=NAME)
    Release.objects.filter(pk=release.pk).update(manifest=release.manifest | {"simulated": True})
    page = read(client, PAGE).body.decode()
    assert "données simulées" in page.partition("</title>")[0]
    assert page.count("données simulées") >= 3
    assert "simulated data" in read(client, f"{PAGE}?lang=en").body.decode().partition("</title>")[0]


def test_before_the_first_release_the_page_says_so(client):
    Release.objects.all().delete()
    ReleaseKey.objects.all().delete()
    page = read(client, LIST).body.decode()
    assert "Aucune version" in page
    assert "ensure_release_key" in page
    assert read(client, f"{LIST}cle.pem").status_code == 404


def test_the_pages_cost_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        read(client, LIST)
    with django_assert_max_num_queries(12):
        read(client, PAGE)
    with django_assert_max_num_queries(3):
        read(client, f"{PAGE}layers/cercles.csv")
