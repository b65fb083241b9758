import pytest

from geo.vocabulary import InstitutionFamily, InstitutionKind, Level, Pcode


@pytest.mark.parametrize(
    ("code", "level"), [("ML05", Level.REGION), ("ML0505", Level.CERCLE), ("ML050501", Level.COMMUNE)]
)
def test_a_pcode_has_the_level_of_its_length(code, level):
    assert Pcode(code).level is level


@pytest.mark.parametrize("wrong", ["ML1", "ml05", "ML05 ", "05", "", "ML05050101", "MLI05"])
def test_a_malformed_pcode_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match="is not a P-code: expected ML and 0, 2, 4 or 6 digits"):
        Pcode(wrong)


def test_every_kind_of_institution_has_a_family():
    assert {kind.family for kind in InstitutionKind} == set(InstitutionFamily)
