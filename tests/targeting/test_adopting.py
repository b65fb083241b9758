"""Adopting, replacing, withdrawing: which are the target cercles, and who says so."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.boundaries.models import Area
from apps.programme.models import TargetCercle
from apps.sources.models import LayerRevision
from apps.targeting import adopting, commenting
from apps.targeting.adopting import NotAdoptable
from apps.targeting.models import AdoptedCercle, Adoption, AdoptionEvent, Comment
from apps.targeting.targets import target_areas, targets_now
from tests import small_country
from tests.targeting import deciding

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    """The document names Bêta."""
    with lasting():
        deciding.country()
        TargetCercle.objects.filter(pk=TargetCercle.objects.first().pk).update(
            area=Area.objects.cercles().get(name="Bêta")
        )


@pytest.fixture
def planner(django_user_model):
    return django_user_model.objects.create_user("awa")


def adopted(planner, run, **about):
    told = {"body": "Comité de pilotage", "decided_on": TODAY, "reasons": "Le plus touché.", "today": TODAY}
    return adopting.adopt(planner, run, **(told | about))


def names():
    return [area.name for area in target_areas()]


def test_without_an_adoption_the_targets_are_those_of_the_document():
    assert names() == ["Bêta"]
    assert (targets_now().basis, targets_now().pcodes) == ("programme", ["ML9201"])
    assert targets_now().told()["targets_adopted_by"] is None


def test_the_cercles_of_an_adopted_run_are_the_targets(planner):
    run = deciding.by_violence()
    adoption = adopted(planner, run)
    assert names() == ["Alpha"]
    area = target_areas().get()
    assert (area.basis, area.adopted_by, area.run_name) == ("adoption", "Comité de pilotage", "Violence")
    assert area.run_hash == run.hash
    assert targets_now().told() == {
        "targets_basis": "adoption",
        "targets_adopted_by": "Comité de pilotage",
        "targets_adopted_on": "2026-11-22",
        "targets_run": "Violence",
        "targets_run_hash": run.hash,
    }
    kept = adoption.cercles.get()
    assert (kept.pcode, kept.name, kept.region_name, kept.rank) == ("ML9101", "Alpha", "Ouest", 1)


def test_a_later_adoption_replaces_and_its_withdrawal_brings_the_former_back(planner):
    first = adopted(planner, deciding.by_violence())
    second = adopted(planner, deciding.by_people())
    assert names() == ["Gamma"]
    adopting.withdraw(planner, second, why="Une donnée était fausse.")
    assert names() == ["Alpha"]
    adopting.withdraw(planner, first, why="Avec elle tombe celle-ci.")
    assert names() == ["Bêta"]
    assert Adoption.objects.count() == 2


def test_periods_tell_whose_cercles_were_the_targets_and_when(planner):
    first = adopted(planner, deciding.by_violence())
    second = adopted(planner, deciding.by_people())
    adopting.withdraw(planner, second, why="Une donnée était fausse.")
    second.refresh_from_db()
    told = adopting.periods(Adoption.objects.all())
    assert [adoption for adoption, _since, _until in told] == [first, second, first, None]
    assert [since for _adoption, since, _until in told] == [
        *(second.withdrawn_at, second.recorded_at, first.recorded_at, None),
    ]
    assert [until for _adoption, _since, until in told] == [
        *(None, second.withdrawn_at, second.recorded_at, first.recorded_at),
    ]


def test_what_is_withdrawn_stays_with_its_reason_and_its_history(planner):
    adoption = adopted(planner, deciding.by_violence())
    adopting.withdraw(planner, adoption, why="Une donnée était fausse.")
    adoption.refresh_from_db()
    assert (adoption.withdrawn_by, adoption.withdrawn_why) == (planner, "Une donnée était fausse.")
    events = AdoptionEvent.objects.order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert events.last().pgh_context.metadata["why"] == "Une donnée était fausse."
    with pytest.raises(NotAdoptable, match="déjà retirée"):
        adopting.withdraw(planner, adoption, why="Encore.")
    with pytest.raises(NotAdoptable, match="pourquoi"):
        adopting.withdraw(planner, adoption, why="  ")


def test_an_exercise_is_kept_and_changes_no_target(planner):
    adoption = adopted(planner, deciding.by_violence(), is_exercise=True)
    assert names() == ["Bêta"]
    assert adoption.cercles.get().name == "Alpha"
    assert adopting.periods(Adoption.objects.all()) == [(None, None, None)]
    assert list(Adoption.objects.for_reader(sees_choices=False)) == []


def test_a_simulated_run_is_adopted_as_an_exercise_alone(planner):
    small_country.happened(small_country.event(-4.5, 13.5), simulated=True)
    run = deciding.by_violence(source="simulated")
    assert run.is_simulated
    with pytest.raises(NotAdoptable, match="simulées"):
        adopted(planner, run)
    adopted(planner, run, is_exercise=True)
    assert names() == ["Bêta"]


def test_what_cannot_be_adopted_says_why(planner):
    run = deciding.by_violence()
    with pytest.raises(NotAdoptable, match="à venir"):
        adopted(planner, run, decided_on=date(2026, 11, 23))
    adopted(planner, run)
    with pytest.raises(NotAdoptable, match="déjà en vigueur"):
        adopted(planner, run)
    with pytest.raises(NotAdoptable, match="plus récente"):
        adopted(planner, deciding.by_people(), decided_on=date(2026, 11, 1))
    with pytest.raises(NotAdoptable, match="communes"):
        adopted(planner, deciding.by_violence(level="commune"))
    run.state = "running"
    with pytest.raises(NotAdoptable, match="terminée"):
        adopted(planner, run)


def test_a_run_that_is_not_whole_for_its_reader_is_not_theirs_to_adopt(planner):
    run = deciding.by_violence()
    run.access = "data_keepers"
    with pytest.raises(NotAdoptable, match="entière"):
        adopted(planner, run)


def test_a_run_of_an_edition_that_is_no_longer_in_use_is_not_adopted(planner):
    run = deciding.by_violence()
    small_country.make("Autre édition")
    with pytest.raises(NotAdoptable, match="édition"):
        adopted(planner, run)


def test_adopted_cercles_follow_the_edition_by_their_name(planner):
    adopted(planner, deciding.by_violence())
    others = [
        (level, pcode, "Alpha-Nouveau" if pcode == "ML9201" else name, parent, boundary)
        for level, pcode, name, parent, boundary in small_country.AREAS
    ]
    small_country.make("Autre édition", others)
    assert names() == ["Alpha"]
    assert AdoptedCercle.objects.get().area.edition.name == "Autre édition"
    assert adopting.follow_edition() == []
    AdoptedCercle.objects.update(name="Oméga")
    assert adopting.follow_edition() == ["This edition lacks these adopted cercles: Oméga."]
    assert names() == []


def test_the_layer_is_rendered_anew_after_a_decision(client, planner):
    address = "/api/layers/target_cercles.geojson"
    assert [each["id"] for each in client.get(address).json()["features"]] == ["ML9201"]
    before = LayerRevision.objects.of("target_cercles")[0]
    run = deciding.by_violence()
    adopted(planner, run)
    assert LayerRevision.objects.of("target_cercles")[0] > before
    (feature,) = client.get(address).json()["features"]
    told = feature["properties"]
    assert (told["pcode"], told["basis"], told["adopted_on"]) == ("ML9101", "adoption", "2026-11-22")
    assert (told["run_name"], told["run_hash"], told["name_in_document"]) == ("Violence", run.hash, None)
    table = client.get("/api/layers/target_cercles.csv").content.decode("utf-8-sig")
    assert "Comité de pilotage" in table


def test_files_and_map_say_whose_targets_they_are(client, planner):
    run = deciding.by_violence()
    adopted(planner, run)
    choice = client.get("/api/targeting/choice.geojson?since=2020-01&until=2020-12").json()
    assert choice["targets_run_hash"] == run.hash
    assert {each["properties"]["name"]: each["properties"]["target"] for each in choice["features"]} == {
        "Alpha": True,
        "Bêta": False,
        "Gamma": False,
    }
    table = client.get("/tableau.csv").content.decode("utf-8-sig")
    assert "targets_basis" in table.splitlines()[0]
    assert run.hash in table
    page = client.get("/?layers=target_cercles").content.decode()
    assert "Cercles cibles adoptés" in page
    assert run.hash[:12] in page
    sheet = client.get("/cercles/ML9101.json").json()
    assert sheet["adoption"]["run_hash"] == run.hash
    assert sheet["adoption"]["cercles"] == [{"pcode": "ML9101", "name": "Alpha"}]
    assert client.get("/cercles/ML9202.json").json()["adoption"]["cercles"] == []
    assert "Ce cercle n’est pas" in client.get("/cercles/ML9202/").content.decode()
    assert run.hash[:12] in client.get("/programme/").content.decode()


def test_the_answer_of_a_run_speaks_of_the_document_whatever_was_adopted(planner):
    adopted(planner, deciding.by_violence())
    answer = json.loads(deciding.by_people().answer)
    assert [area["name"] for area in answer["scores"] if area["of_programme"]] == ["Bêta"]


def test_a_comment_is_withdrawn_once_and_never_empty(planner):
    run = deciding.by_violence()
    comment = commenting.comment(planner, run, "Et la saison des pluies ?")
    commenting.withdraw_comment(comment)
    comment.refresh_from_db()
    first = comment.withdrawn_at
    commenting.withdraw_comment(comment)
    comment.refresh_from_db()
    assert comment.withdrawn_at == first
    assert comment.text == "Et la saison des pluies ?"
    with pytest.raises(IntegrityError, match="comment_says_something"), transaction.atomic():
        Comment.objects.create(run=run, author=planner, text="")


def test_a_withdrawal_without_a_reason_is_refused_by_the_database(planner):
    adoption = adopted(planner, deciding.by_violence())
    with pytest.raises(IntegrityError, match="withdrawn_by_somebody"), transaction.atomic():
        Adoption.objects.filter(pk=adoption.pk).update(withdrawn_by=planner)
