"""Data keepers say which area an uncertain place is; what they say is remembered, or taken back."""

import pytest

from apps.boundaries.models import Area, PlaceAlias
from apps.boundaries.place_matching import PlaceMatcher
from apps.imports.models import Import, PlaceQuestion
from geo.vocabulary import Level
from tests.boundaries import old_and_new
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

KEEPERS = {"data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def editions(lasting):
    with lasting():
        old_and_new.make()


@pytest.fixture
def import_():
    return Import.objects.create(
        kind="area_table", file_name="essai.csv", sha256="0" * 64, size=1, access="public", state="tried"
    )


def ask(import_, level=Level.CERCLE, **told):
    found = PlaceMatcher().match(level, **told)
    return PlaceQuestion.objects.create(
        of_import=import_,
        level=level.name.lower(),
        told=told.get("name", ""),
        parent_told=told.get("parent", ""),
        code_told=told.get("code", ""),
        rows=3,
        first_row=214,
        why=found.why,
        candidates=found.candidates,
    )


def address(import_):
    return f"/donnees/importer/{import_.pk}/lieux/"


def test_a_place_is_shown_with_its_candidates_and_why_it_is_asked(import_, as_persona):
    ask(import_, Level.COMMUNE, name="Benkadi")
    page = as_persona("data_keeper").get(address(import_)).content.decode()
    assert "5 communes s’appellent" in page
    assert page.count('name="choice" value="ML9') == 5
    assert "3 lignes du fichier, la première est la 214" in page
    assert "même nom" in page
    # A name that several bear is remembered only when asked to be.
    assert 'name="remember">' in page
    assert 'value="none"' in page


def test_a_decision_is_written_and_certain_the_next_time(import_, as_persona):
    question = ask(import_, name="Tenenku", parent="Ouest")
    client = as_persona("data_keeper")
    assert 'name="remember" checked>' in client.get(address(import_)).content.decode()
    answer = client.post(f"/donnees/lieux/{question.pk}/decider/", {"choice": "ML9101", "remember": "on"})
    assert answer.url == address(import_)
    question.refresh_from_db()
    assert (question.area.pcode, question.decided_by.username) == ("ML9101", "test-data_keeper")
    match = PlaceMatcher().match(Level.CERCLE, name="Tenenku", parent="Ouest")
    assert (match.area.pcode, match.how) == ("ML9101", "alias")


def test_a_decision_not_to_be_remembered_leaves_no_name(import_, as_persona):
    question = ask(import_, name="Tenenku")
    as_persona("data_keeper").post(f"/donnees/lieux/{question.pk}/decider/", {"choice": "ML9101"})
    assert PlaceQuestion.objects.get().area.pcode == "ML9101"
    assert not PlaceAlias.objects.exists()


def test_a_code_alone_is_decided_for_this_file_only(import_, as_persona):
    question = ask(import_, code="ML9102")
    client = as_persona("data_keeper")
    assert "Un code seul ne veut rien dire" in client.get(address(import_)).content.decode()
    client.post(f"/donnees/lieux/{question.pk}/decider/", {"choice": "ML9101", "remember": "on"})
    assert PlaceQuestion.objects.get().area.pcode == "ML9101"
    assert not PlaceAlias.objects.exists()


def test_none_of_them_refuses_the_rows_and_can_be_taken_back(import_, as_persona):
    question = ask(import_, name="Tenenku")
    client = as_persona("data_keeper")
    client.post(f"/donnees/lieux/{question.pk}/decider/", {"choice": "none", "remember": "on"})
    question.refresh_from_db()
    assert (question.area, question.decided_at is None) == (None, False)
    assert "aucun\u00a0: lignes refusées" in client.get(address(import_)).content.decode()
    client.post(f"/donnees/lieux/{question.pk}/rouvrir/")
    question.refresh_from_db()
    assert question.decided_at is None


def test_nothing_chosen_decides_nothing(import_, as_persona):
    question = ask(import_, name="Tenenku")
    client = as_persona("data_keeper")
    page = client.post(f"/donnees/lieux/{question.pk}/decider/", {"remember": "on"}, follow=True)
    assert "rien n’est décidé" in page.content.decode()
    assert PlaceQuestion.objects.get().decided_at is None


def test_any_area_of_the_level_is_found_by_name_or_code(import_, as_persona):
    question = ask(import_, name="Tenenku")
    client = as_persona("data_keeper")
    for words in ("inekar", "ml9202"):
        page = client.get(address(import_), {"lieu": question.pk, "cherche": words}).content.decode()
        assert 'value="ML9202"' in page, words
        assert "trouvé par votre recherche" in page
    page = client.get(address(import_), {"lieu": question.pk, "cherche": "Atlantide"}).content.decode()
    assert "Rien de plus pour" in page


def test_an_alias_is_undone_with_its_reason_and_its_history_stays(import_, as_persona):
    question = ask(import_, name="Tenenku")
    client = as_persona("data_keeper")
    client.post(f"/donnees/lieux/{question.pk}/decider/", {"choice": "ML9101", "remember": "on"})
    alias = PlaceAlias.objects.get()
    client.post(f"/donnees/lieux/autres-noms/{alias.pk}/annuler/", {"why": ""})
    assert PlaceAlias.objects.exists()
    client.post(f"/donnees/lieux/autres-noms/{alias.pk}/annuler/", {"why": "deux lieux confondus"})
    assert not PlaceAlias.objects.exists()
    page = client.get("/donnees/lieux/").content.decode()
    assert "deux lieux confondus" in page
    assert "lieu décidé à l’import" in page


def test_the_outlines_of_candidates_come_for_the_map(import_, as_persona):
    answer = as_persona("data_keeper").get("/donnees/lieux/contours.json?pcode=ML9101&pcode=X")
    (feature,) = answer.json()["features"]
    assert feature["properties"] == {"pcode": "ML9101", "name": "Ténenkou"}
    assert feature["geometry"]["type"] == "MultiPolygon"


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_data_keepers_review_places(import_, persona, as_persona):
    question = ask(import_, name="Tenenku")
    alias = PlaceAlias.objects.create(
        name="X", folded="x", level=Level.CERCLE, area=Area.objects.cercles().first()
    )
    client = as_persona(persona)
    seen = [
        client.get(each).status_code
        for each in (address(import_), "/donnees/lieux/", "/donnees/lieux/contours.json")
    ]
    changed = [
        client.post(each, {"choice": "ML9101", "why": "essai"}).status_code
        for each in (
            f"/donnees/lieux/{question.pk}/decider/",
            f"/donnees/lieux/{question.pk}/rouvrir/",
            f"/donnees/lieux/autres-noms/{alias.pk}/annuler/",
        )
    ]
    expected = {"anonymous": (302, 302)}.get(persona, (200, 302) if persona in KEEPERS else (403, 403))
    assert (set(seen), set(changed)) == ({expected[0]}, {expected[1]})
    if persona not in KEEPERS:
        assert PlaceQuestion.objects.get().decided_at is None
        assert PlaceAlias.objects.exists()
