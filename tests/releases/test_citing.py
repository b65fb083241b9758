"""A release is cited by name, day and hash; what must be doubted is part of its title."""

import pytest
import yaml

from apps.releases import citing, describing

SOURCE = {
    "publisher": "OCHA: Mali",
    "file": "adm.geojson",
    "sha256": "a" * 64,
    "url": "https://example.org/adm",
    "licence": "CC BY 4.0",
    "attribution": "OCHA « ROWCA »",
    "edition": "2025",
    "as_of": "2025-01-31",
}
LAYER = {
    "title": {"fr": "Cercles", "en": "Cercles"},
    "description": {"fr": "Limites", "en": "Boundaries"},
    "publisher": "OCHA",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "OCHA",
    "changed_at": "2026-11-01T00:00:00+00:00",
    "sources": [SOURCE],
}
TOLD = {
    "name": "2026-11-23",
    "made_at": "2026-11-23T10:00:00+00:00",
    "address": "https://maillage.example/donnees/versions/2026-11-23/",
    "key": "f" * 64,
    "simulated": True,
    "approximate": False,
    "layers": {"cercles": LAYER},
}


def test_a_citation_says_who_when_what_where_and_which_bytes():
    assert citing.text(TOLD, "fr", manifest_sha256="ab12") == (
        "Maillage (2026). Maillage, données sur le Mali, version 2026-11-23 (données simulées) [jeu de "
        "données]. https://maillage.example/donnees/versions/2026-11-23/ "
        "Empreinte SHA-256 du manifeste\u00a0: ab12"
    )
    assert "https://doi.org/10.5281/zenodo.1" in citing.text(TOLD, "en", doi="10.5281/zenodo.1")


def test_real_data_are_not_called_simulated():
    assert citing.title(TOLD | {"simulated": False}, "en") == "Maillage, data on Mali, release 2026-11-23"


def test_bibtex_has_balanced_braces_and_its_fields():
    text = citing.bibtex(TOLD, doi="10.5281/zenodo.1")
    assert text.count("{") == text.count("}")
    for line in ("year = {2026}", "month = {11}", "doi = {10.5281/zenodo.1}", "(simulated data)"):
        assert line in text


def test_citation_cff_is_yaml_with_the_sources_as_references():
    told = yaml.safe_load(citing.cff(TOLD))
    assert (told["cff-version"], told["type"], told["version"]) == ("1.2.0", "dataset", "2026-11-23")
    assert told["date-released"] == "2026-11-23"
    assert told["references"] == [
        {
            "type": "data",
            "title": "OCHA « ROWCA »",
            "authors": [{"name": "OCHA: Mali"}],
            "url": "https://example.org/adm",
        }
    ]
    assert "references" not in yaml.safe_load(citing.cff(TOLD | {"layers": {}}))


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        (["CC BY 4.0"], "cc-by-4.0"),
        (["CC0 1.0"], "cc-zero"),
        (["CC BY 4.0", "ODbL 1.0"], "other-open"),
        ([""], "other-open"),
    ],
)
def test_zenodo_is_told_one_licence_only_where_there_is_one(licences, expected):
    layers = {str(n): LAYER | {"licence": each} for n, each in enumerate(licences)}
    told = citing.zenodo(TOLD | {"layers": layers})
    assert (told["license"], told["upload_type"]) == (expected, "dataset")
    assert "SIMULATED DATA" in told["description"]


def test_the_metadata_of_a_layer_tell_files_licence_and_sources():
    found = describing.dataset(TOLD, "cercles", {"layers/cercles.csv": {"bytes": 12, "sha256": "b" * 64}})
    assert found["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert found["dcat:distribution"][0]["dcat:downloadURL"]["@id"] == TOLD["address"] + "layers/cercles.csv"
    assert found["dcat:distribution"][0]["spdx:checksum"]["spdx:checksumValue"] == "b" * 64
    assert found["prov:wasDerivedFrom"][0]["dct:title"] == "OCHA « ROWCA »"


def test_the_readme_says_in_both_languages_that_data_are_simulated_and_how_to_verify():
    text = describing.readme(TOLD)
    assert "DONNÉES SIMULÉES" in text
    assert "SIMULATED DATA" in text
    assert f"python verify.py FOLDER {'f' * 64}" in text
