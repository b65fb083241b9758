import json
from collections import Counter
from pathlib import Path

import pytest

from geo.vocabulary import InstitutionFamily, InstitutionKind
from layers.readers import institutions
from layers.readers.institution_names import kind_of, other_thing
from layers.readers.problems import UnreadableFile

BAD = Path(__file__).parent / "bad/institutions"
POLICE, COURT, PRISON = InstitutionFamily.POLICE, InstitutionFamily.COURT, InstitutionFamily.PRISON


@pytest.mark.parametrize(
    ("name", "family", "kind"),
    [
        ("Commissariat de Police", POLICE, InstitutionKind.COMMISSARIAT),
        ("commissariat de police du 11e arrondissement", POLICE, InstitutionKind.COMMISSARIAT),
        ("Gendarmerie", POLICE, InstitutionKind.BRIGADE),
        ("Gandarmerie de Diré", POLICE, InstitutionKind.BRIGADE),
        ("Kenieba Gendamarie", POLICE, InstitutionKind.BRIGADE),
        ("Brigade territoriale", POLICE, InstitutionKind.BRIGADE),
        ("4e Légion de Gendarmerie", POLICE, InstitutionKind.POLICE_NOT_TOLD),
        ("Direction Générale de la Gendarmerie", POLICE, InstitutionKind.POLICE_NOT_TOLD),
        ("Police", POLICE, InstitutionKind.POLICE_NOT_TOLD),
        ("", POLICE, InstitutionKind.POLICE_NOT_TOLD),
        ("TGI de Mopti", COURT, InstitutionKind.TGI),
        ("Tribunal de Grande Instance", COURT, InstitutionKind.TGI),
        ("Tribunal d'instance de Niono", COURT, InstitutionKind.TI),
        ("TI de Djenné", COURT, InstitutionKind.TI),
        ("Justice de paix à compétence étendue", COURT, InstitutionKind.JPCE),
        ("JPCE de Macina", COURT, InstitutionKind.JPCE),
        ("Tribunal de première instance", COURT, InstitutionKind.COURT_NOT_TOLD),
        ("Palais de Justice", COURT, InstitutionKind.COURT_NOT_TOLD),
        ("Maison d'arrêt de Koro", PRISON, InstitutionKind.EPES),
        ("Maison centrale d’arrêt", PRISON, InstitutionKind.EPES),
        ("EPES de Nara", PRISON, InstitutionKind.EPES),
        ("Commissariat", PRISON, InstitutionKind.PRISON_NOT_TOLD),
    ],
)
def test_a_kind_is_told_by_the_name_or_not_at_all(name, family, kind):
    assert kind_of(name, family) is kind


@pytest.mark.parametrize(
    ("name", "family", "thing"),
    [
        ("Mosque", COURT, "une mosquée"),
        ("Kenieba Douane (customs)", POLICE, "la douane"),
        ("Garde Nationale", POLICE, "la garde nationale"),
        ("Tribunal", POLICE, "la justice"),
        ("Maison d'arrêt", COURT, "une prison"),
        ("Commissariat", COURT, "la police"),
        ("Police des douanes", POLICE, None),
        ("Palais de justice", COURT, None),
        ("Check point", POLICE, None),
        ("", PRISON, None),
    ],
)
def test_a_name_may_contradict_the_tag(name, family, thing):
    assert other_thing(name, family) == thing


def test_faults_are_told_and_a_doubtful_name_keeps_its_place():
    reading = institutions.read_osm(BAD / "faults.geojson")
    assert [(each.row, each.field, each.reason, each.is_fatal) for each in reading.problems] == [
        (2, "id", "Cet identifiant est déjà à l'entité 1.", True),
        (3, "geometry", "Longitude et latitude semblent échangées.", True),
        (4, "geometry", "Ce n'est pas un point.", True),
        (5, "geometry", "Ce n'est pas un point.", True),
        (6, "id", "L'identifiant manque.", True),
        (7, "name", "Ce nom dit une mosquée, l'étiquette dit «\u00a0courthouse\u00a0».", False),
        (8, "geometry", "Ce ne sont pas deux nombres.", True),
    ]
    commissariat, mosque = reading.records
    assert (commissariat.source_id, commissariat.kind) == ("1", InstitutionKind.COMMISSARIAT)
    assert (mosque.name, mosque.kind) == ("Mosque", InstitutionKind.COURT_NOT_TOLD)
    assert reading.left_out == {"townhall": 1, "sans étiquette": 1}


def test_an_overpass_export_is_read_too(tmp_path):
    path = tmp_path / "export.geojson"
    feature = {
        "type": "Feature",
        "id": "node/12",
        "properties": {"amenity": "prison", "name": "EPES de Koro"},
        "geometry": {"type": "Point", "coordinates": [-3.08, 14.06]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    [record] = institutions.read_osm(path).records
    assert (record.source_id, record.family, record.kind) == ("node/12", PRISON, InstitutionKind.EPES)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cut.geojson", "JSON entier"),
        ("not_features.geojson", "FeatureCollection"),
        ("none.geojson", "absent"),
    ],
)
def test_what_holds_no_features_is_refused(name, told):
    with pytest.raises(UnreadableFile, match=rf"{name}.*{told}"):
        institutions.read_osm(BAD / name)


@pytest.mark.geodata
def test_the_real_file_has_152_institutions_and_five_doubtful_names(geodata):
    reading = institutions.read_osm(geodata / "facilities/osm_security_justice_admin_2019.geojson")
    assert Counter(record.family for record in reading.records) == {POLICE: 133, COURT: 16, PRISON: 3}
    assert sum(reading.left_out.values()) == 258 - 152
    assert reading.refusals == []
    assert [each.value for each in reading.remarks] == [
        *("Kenieba Douane (customs)", "Garde Nationale", "Customer office", "Custom poste", "Mosque")
    ]
