from datetime import date

import pytest

from geo.vocabulary import AccessClass
from layers import sources_toml
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents, SourceFile, sha256_of

ROWS = b"name,level\nTimbuktu,cercle\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rows.csv").write_bytes(ROWS)
    return tmp_path


def list_sources(folder, **changes):
    """Write a listing of rows.csv with the required keys, changed; None removes a key."""
    keys = {
        "what": "aliases",
        "publisher": "INSTAT",
        "licence": "CC0",
        "sha256": sha256_of(folder / "rows.csv"),
    }
    lines = [f'{key} = "{value}"' for key, value in (keys | changes).items() if value is not None]
    (folder / "sources.toml").write_text("\n".join(['["rows.csv"]', *lines]), encoding="utf-8")


def test_a_folder_without_a_listing_has_no_sources(tmp_path):
    assert sources_toml.read(tmp_path) == []


def test_what_is_not_told_is_empty_and_public(folder):
    list_sources(folder)
    assert sources_toml.read(folder) == [
        SourceFile(
            path=folder / "rows.csv",
            what=Contents.ALIASES,
            publisher="INSTAT",
            licence="CC0",
            sha256=sha256_of(folder / "rows.csv"),
        )
    ]
    assert sources_toml.read(folder)[0].access is AccessClass.PUBLIC


def test_what_is_written_is_read_back(folder):
    told = SourceFile(
        path=folder / "rows.csv",
        what=Contents.SIMULATED_EVENTS,
        publisher='Maillage "simulé" \\ é',
        licence="CC0",
        sha256=sha256_of(folder / "rows.csv"),
        retrieved=date(2026, 11, 22),
        access=AccessClass.DATA_KEEPERS,
        simulated=True,
        note="deux\nlignes",
    )
    sources_toml.write(folder, [told])
    assert sources_toml.read(folder) == [told]


def test_a_file_that_changed_is_refused_with_both_fingerprints(folder):
    list_sources(folder)
    before = sha256_of(folder / "rows.csv")
    (folder / "rows.csv").write_bytes(ROWS + b"x")
    with pytest.raises(
        UnreadableFile, match=rf"\[\"rows.csv\"\].*a changé \(sha256 [0-9a-f]{{64}}, {before}"
    ):
        sources_toml.read(folder)


def test_acled_events_are_for_those_signed_in_unless_kept_closer(folder):
    list_sources(folder, what="acled_events")
    assert sources_toml.read(folder)[0].access is AccessClass.SIGNED_IN
    list_sources(folder, what="acled_events", access="data_keepers")
    assert sources_toml.read(folder)[0].access is AccessClass.DATA_KEEPERS


def test_simulated_events_are_known_by_what_they_are(folder):
    list_sources(folder, what="simulated_events")
    assert sources_toml.read(folder)[0].simulated


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"licence": None}, "la clé «\u00a0licence\u00a0» manque"),
        ({"publisher": ""}, "la clé «\u00a0publisher\u00a0» manque"),
        (
            {"license": "CC0"},
            "«\u00a0license\u00a0» est inconnue. Vouliez-vous «\u00a0licence\u00a0»\u202f\\?",
        ),
        ({"what": "boundary"}, 'what = "boundary" est inconnu.*Valeurs possibles'),
        ({"access": "secret"}, 'access = "secret" est inconnu'),
        ({"what": "acled_events", "access": "public"}, "interdisent de publier"),
        ({"simulated": "oui"}, "«\u00a0simulated\u00a0» vaut 'oui'.*true ou false est attendu"),
        ({"retrieved": "hier"}, "une date comme 2026-11-22 est attendu"),
        ({"sha256": "abc"}, "64 chiffres hexadécimaux"),
    ],
)
def test_a_wrong_key_is_named_with_the_way_out(folder, changes, told):
    list_sources(folder, **changes)
    with pytest.raises(UnreadableFile, match=told):
        sources_toml.read(folder)


@pytest.mark.parametrize(
    ("listing", "told"),
    [
        ("[", "pas du TOML valable"),
        ('publisher = "OCHA"', "une table est attendue"),
        ('["none.csv"]\nwhat="other"\npublisher="a"\nlicence="b"\nsha256="c"', "ce fichier est absent"),
        ('["../rows.csv"]\nwhat="other"\npublisher="a"\nlicence="b"\nsha256="c"', "hors du dossier"),
    ],
)
def test_a_wrong_listing_is_refused(folder, listing, told):
    (folder / "sources.toml").write_text(listing, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=told):
        sources_toml.read(folder)


def test_real_events_may_not_be_called_simulated(folder):
    list_sources(folder, what="acled_events")
    listing = folder / "sources.toml"
    listing.write_text(f"{listing.read_text(encoding='utf-8')}\nsimulated = true", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="se contredisent"):
        sources_toml.read(folder)
