import io
import json
import zipfile
from datetime import date

import pytest

from layers import downloads, hdx, known_files
from layers.downloads import ATTEMPTS, LONGEST_PAUSE_S, DownloadError, Limits
from layers.hdx import HdxError
from layers.sources_toml import Contents, sha256_of
from tests.layers.hdx_server import HdxServer, body, hang_up, of_unknown_length, redirect, silence

TODAY = date(2026, 11, 22)
GEOJSON = b'{"type": "FeatureCollection", "features": []}'
PEOPLE = b"admin2Name_fr,admin2Pcode,admin1Name_fr,T_TL\nKoro,ML0505,Mopti,12\n"


def zip_of(name, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def server():
    with HdxServer() as running:
        yield running


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def limits(pauses):
    """Return limits that write down the pauses instead of waiting."""
    return Limits(timeout_s=5, limit_bytes=10_000, pause=pauses.append)


@pytest.fixture
def fetched(server, limits):
    """Return a function that fetches what the server answers at /file and returns its bytes."""

    def fetch(*answers):
        file = io.BytesIO(b"longer than anything that comes, to see that it is emptied first")
        size = downloads.fetch(server.serve("/file", *answers), file, limits)
        assert size == len(file.getvalue())
        return file.getvalue()

    return fetch


# Fetching


def test_a_file_comes_whole(fetched, pauses):
    assert fetched(body(GEOJSON)) == GEOJSON
    assert pauses == []


def test_a_busy_server_is_asked_again_after_the_pause_it_names(fetched, pauses):
    assert fetched(body(b"", status=429, Retry_After="7"), body(b"", status=503), body(GEOJSON)) == GEOJSON
    assert pauses == [7, 2]


def test_a_pause_has_a_limit(fetched, pauses):
    fetched(body(b"", status=429, Retry_After="86400"), body(GEOJSON))
    assert pauses == [LONGEST_PAUSE_S]


def test_a_server_that_always_fails_is_given_up(fetched, server, pauses):
    with pytest.raises(DownloadError, match=rf"le serveur répond 500. Essayé {ATTEMPTS} fois"):
        fetched(body(b"", status=500))
    assert server.asked == ["/file"] * ATTEMPTS
    assert pauses == [1, 2, 4]


def test_a_cut_line_is_tried_again_from_the_start(fetched, pauses):
    assert fetched(body(GEOJSON[:10], announced=len(GEOJSON)), hang_up, body(GEOJSON)) == GEOJSON
    assert len(pauses) == 2


def test_a_line_that_is_always_cut_says_how_much_came(fetched):
    with pytest.raises(DownloadError, match=rf"10 octets reçus sur {len(GEOJSON)} annoncés"):
        fetched(body(GEOJSON[:10], announced=len(GEOJSON)))


def test_a_silent_server_is_given_up(server, pauses):
    url = server.serve("/file", silence)
    limits = Limits(timeout_s=0.05, limit_bytes=100, pause=pauses.append)
    with pytest.raises(DownloadError, match=r"se tait depuis 0\.05 s"):
        downloads.fetch(url, io.BytesIO(), limits)


@pytest.mark.parametrize("answer", [body(b"x" * 10_001), of_unknown_length(b"x" * 100_000)])
def test_what_is_too_large_is_stopped_and_not_asked_again(fetched, server, answer):
    with pytest.raises(DownloadError, match=r"plus de 0\.01 Mo"):
        fetched(answer)
    assert server.asked == ["/file"]


def test_an_address_that_does_not_exist_is_not_asked_again(server, limits):
    with pytest.raises(DownloadError, match=r"n'existe pas \(404\)"):
        downloads.fetch(f"{server.url}/none", io.BytesIO(), limits)
    assert server.asked == ["/none"]


def test_a_refusal_is_told(fetched):
    with pytest.raises(DownloadError, match="refuse \\(403"):
        fetched(body(b"", status=403))


def test_a_redirect_on_this_machine_is_followed(fetched, server):
    assert fetched(redirect(server.serve("/moved", body(GEOJSON)))) == GEOJSON


@pytest.mark.parametrize(
    "url", ["http://data.humdata.org/x", "file:///etc/hostname", "ftp://127.0.0.1/x", "https:///x"]
)
def test_only_https_is_asked_or_followed(fetched, limits, url):
    with pytest.raises(DownloadError, match="seule une adresse https"):
        downloads.fetch(url, io.BytesIO(), limits)
    if url.startswith("http"):
        with pytest.raises(DownloadError, match="seule une adresse https"):
            fetched(redirect(url))


def test_a_site_elsewhere_may_not_lead_to_this_machine():
    with pytest.raises(DownloadError, match="seule une adresse https"):
        downloads.check_address("http://127.0.0.1:8000/", came_from="https://data.humdata.org/")


def test_nobody_there_is_told(limits):
    with HdxServer() as gone:
        url = gone.url
    with pytest.raises(DownloadError, match="la liaison est coupée ou impossible"):
        downloads.fetch(url, io.BytesIO(), limits)


# Choosing among the resources of a dataset


def resources(*names_and_formats):
    return [
        hdx.Resource(
            dataset=hdx.BOUNDARIES,
            name=name,
            format=kind,
            url=f"https://data.humdata.org/{number}/download/{name}",
            last_modified=f"2024-01-{number:02}",
            publisher="OCHA",
            licence="CC BY-IGO",
            licence_url="",
            page="https://data.humdata.org/dataset/cod-ab-mli",
        )
        for number, (name, kind) in enumerate(names_and_formats, start=1)
    ]


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (
            [
                ("mli_adm_emf.zip", "EMF"),
                ("mli_admin_boundaries.xlsx", "XLSX"),
                ("mli_admin_boundaries.shp.zip", "SHP"),
                ("mli_admin_boundaries.geojson.zip", "GeoJSON"),
            ],
            ["mli_admin_boundaries.geojson.zip"],
        ),
        (
            [("mli_adm_1m_dnct_2019_SHP.zip", "SHP"), ("mli_adm_ab_20211220_shp.zip", "Zipped Shapefile")],
            ["mli_adm_ab_20211220_shp.zip"],
        ),
        (
            [
                (f"mli_admbnda_adm{level}_{day}.geojson", "GeoJSON")
                for day in ("20211220", "20190802")
                for level in range(4)
            ],
            [f"mli_admbnda_adm{level}_20211220.geojson" for level in (1, 2, 3)],
        ),
        (
            [("mli_adm1.geojson", "GeoJSON"), ("mli_adm2.geojson", "GeoJSON")],
            ["mli_adm1.geojson", "mli_adm2.geojson"],
        ),
        (
            [
                ("mli_adm3.geojson", "GeoJSON"),
                ("mli_adminlines.geojson", "GeoJSON"),
                ("mli_adm.gpkg", "GeoPackage"),
            ],
            ["mli_adm.gpkg"],
        ),
    ],
    ids=["of all formats", "newest of all levels", "a file a level", "without communes", "other format"],
)
def test_boundaries_are_chosen_by_format_and_level(offered, chosen):
    assert [each.name for each in hdx.boundaries_of(resources(*offered))] == chosen


def test_a_dataset_without_cercles_lists_what_it_offers():
    with pytest.raises(HdxError, match=r"HDX offre\u00a0: mli_adm1.geojson \(GeoJSON\), mli.xlsx \(XLSX\)"):
        hdx.boundaries_of(resources(("mli_adm1.geojson", "GeoJSON"), ("mli.xlsx", "XLSX")))


def test_population_is_the_newest_table_of_cercles():
    offered = [
        ("mli_admpop_adm2_2022.csv", "CSV"),
        ("mli_admpop_adm2_2020.csv", "CSV"),
        ("mli_admpop_adm3_2023.csv", "CSV"),
        ("mli_admpop_2023.xlsx", "XLSX"),
    ]
    assert [each.name for each in hdx.population_of(resources(*offered))] == ["mli_admpop_adm2_2022.csv"]
    with pytest.raises(HdxError, match="aucune ressource CSV"):
        hdx.population_of(resources(*offered[2:]))


# The whole way


@pytest.fixture
def country(server):
    """Return the server, which offers boundaries as a zip and population as a CSV."""
    packed = zip_of("mli_admin1.geojson", GEOJSON)
    server.offer(
        hdx.BOUNDARIES,
        (
            "mli_admin_boundaries.geojson.zip",
            "GeoJSON",
            server.serve("/dl/mli_ab_20211220.zip", body(packed)),
        ),
    )
    server.offer(
        hdx.POPULATION,
        ("Population adm2", "CSV", server.serve("/dl/mli_admpop_adm2_2020.csv", body(PEOPLE))),
        license_title="CC BY",
        license_url="",
        organization={"title": "OCHA Mali"},
        dataset_source="INSTAT",
    )
    return server


@pytest.fixture
def fetch_country(country, limits, tmp_path):
    return lambda: hdx.fetch_country(tmp_path, base_url=country.url, today=TODAY, limits=limits)


def test_the_country_comes_with_its_sources(fetch_country, country, tmp_path):
    boundaries, people = fetch_country()
    assert boundaries.path == tmp_path / "cod-ab-mli/mli_ab_20211220.zip"
    assert (boundaries.what, boundaries.edition) == (Contents.BOUNDARIES, "2021-12-20")
    assert (boundaries.publisher, boundaries.licence) == ("OCHA Mali, DNCT", "CC BY-IGO")
    assert boundaries.url == f"{country.url}/dataset/cod-ab-mli"
    assert (boundaries.retrieved, boundaries.sha256) == (TODAY, sha256_of(boundaries.path))
    assert people.path.read_bytes() == PEOPLE
    assert (people.what, people.edition, people.licence) == (Contents.POPULATION, "2020", "CC BY")
    assert known_files.find(tmp_path) == {Contents.BOUNDARIES: [boundaries], Contents.POPULATION: [people]}


def test_fetching_again_replaces_what_was_there(fetch_country, country, tmp_path):
    fetch_country()
    newer = country.serve("/dl/mli_ab_20240101.geojson", body(GEOJSON))
    country.offer(hdx.BOUNDARIES, ("mli_ab", "GeoJSON", newer))
    fetch_country()
    names = sorted(path.name for path in (tmp_path / "cod-ab-mli").iterdir())
    assert names == ["mli_ab_20240101.geojson", "sources.toml"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (body(b"<!DOCTYPE html><title>Sign in</title>"), "reçu une page web"),
        (body(b"PK\x03\x04 cut"), "reçu autre chose"),
        (body(b""), "reçu autre chose"),
        (body(b"", status=500), "le serveur répond 500"),
    ],
    ids=["web page", "cut zip", "nothing", "failing"],
)
def test_a_failure_leaves_what_was_there_and_names_the_way_out(
    fetch_country, country, tmp_path, answer, told
):
    before = fetch_country()
    country.serve("/dl/mli_ab_20211220.zip", answer)
    with pytest.raises(HdxError, match=rf"HDX, cod-ab-mli.*{told}.*make run DATA=DOSSIER"):
        fetch_country()
    assert [sha256_of(source.path) for source in before] == [source.sha256 for source in before]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cod-ab-mli", "cod-ps-mli"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (body(b"<html>"), "n'est pas du JSON"),
        (body(b'{"success": false}'), "la forme attendue"),
        (body(b'{"success": true, "result": {"resources": null}}'), "la forme attendue"),
        (body(b"[]"), "la forme attendue"),
        (
            body(json.dumps({"success": True, "result": {"resources": [{"name": "x"}]}}).encode()),
            "HDX offre\u00a0: rien",
        ),
    ],
    ids=["web page", "refusal", "no resources", "list", "no address"],
)
def test_a_dataset_of_another_shape_is_told(fetch_country, country, answer, told):
    country.serve("/api/3/action/package_show?id=cod-ab-mli", answer)
    with pytest.raises(HdxError, match=rf"HDX, cod-ab-mli.*{told}"):
        fetch_country()


def test_a_missing_licence_or_publisher_is_said(fetch_country, country):
    url = country.serve("/dl/mli_ab.geojson", body(GEOJSON))
    country.offer(
        hdx.BOUNDARIES, ("mli_ab", "GeoJSON", url), license_title=None, organization=None, dataset_source=""
    )
    boundaries, _ = fetch_country()
    assert (boundaries.licence, boundaries.publisher) == ("Non précisée par HDX", "Non précisé par HDX")


def test_a_resource_that_is_gone_is_told(fetch_country, country):
    country.offer(hdx.POPULATION, ("adm2 2020", "CSV", f"{country.url}/gone.csv"))
    with pytest.raises(HdxError, match=r"HDX, cod-ps-mli.*gone.csv.*404"):
        fetch_country()


def test_a_resource_elsewhere_must_be_https(fetch_country, country):
    country.offer(hdx.POPULATION, ("adm2 2020", "CSV", "http://example.org/people.csv"))
    with pytest.raises(HdxError, match="seule une adresse https"):
        fetch_country()


def test_a_name_cannot_leave_its_folder(fetch_country, country, tmp_path):
    url = country.serve("/dl/..%2F..%2F.profile", body(GEOJSON))
    country.offer(hdx.BOUNDARIES, ("mli_ab", "GeoJSON", url))
    boundaries, _ = fetch_country()
    assert boundaries.path == tmp_path / "cod-ab-mli/profile.geojson"
