"""The room: runs side by side, comments, decisions; who may, and what a wrong demand is told."""

import csv
import html
import io
import re
import uuid

import pytest

from apps.maps.scenarios.differences import differences
from apps.runs import services
from apps.runs.models import Run
from apps.targeting import adopting
from apps.targeting.comparing import Comparison
from apps.targeting.models import Adoption, Comment
from apps.targeting.runs import told_to
from tests import small_country
from tests.conftest import PERSONAS
from tests.targeting import deciding

pytestmark = pytest.mark.django_db

CHOOSERS = {"planner", "data_keeper", "administrator"}
DECIDERS = {"planner", "administrator"}
DECISION = {"body": "Comité de pilotage", "decided_on": "2026-11-20", "reasons": "Le plus touché."}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        deciding.country()


@pytest.fixture
def violence(country):
    return deciding.by_violence()


@pytest.fixture
def people(country):
    return deciding.by_people()


def side_by_side(*runs, name="comparer/"):
    return f"/ciblage/{name}?" + "&".join(f"run={run if isinstance(run, str) else run.pk}" for run in runs)


def page(client, address, status=200, **about):
    response = client.get(address, **about)
    assert response.status_code == status
    return re.sub(r"[ \n\u202f\u00a0]+", " ", html.unescape(response.content.decode()))


# --- Who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_address_as_each_persona(persona, as_persona, violence, people):
    client = as_persona(persona)
    refused = 302 if persona == "anonymous" else 403
    hidden = 200 if persona in CHOOSERS else 404
    assert client.get("/ciblage/comparer/").status_code == (200 if persona in CHOOSERS else refused)
    assert client.get(side_by_side(violence, people)).status_code == hidden
    assert client.get(side_by_side(violence, people, name="comparer.csv")).status_code == hidden
    assert client.get("/ciblage/decisions/").status_code == 200
    commenting = client.post(f"/ciblage/executions/{violence.pk}/commenter/", {"text": "Bien vu."})
    assert commenting.status_code == (302 if persona in CHOOSERS else refused)
    assert Comment.objects.count() == (persona in CHOOSERS)
    adopt = f"/ciblage/executions/{violence.pk}/adopter/"
    assert client.get(adopt).status_code == (200 if persona in DECIDERS else refused)
    assert client.post(adopt, DECISION).status_code == (302 if persona in DECIDERS else refused)
    assert Adoption.objects.count() == (persona in DECIDERS)
    if persona not in DECIDERS:
        return
    withdraw = f"/ciblage/decisions/{Adoption.objects.get().pk}/retirer/"
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"why": ""}).status_code == 400
    assert client.post(withdraw, {"why": "Une erreur."}).status_code == 302
    assert client.get(withdraw).status_code == 404


def test_a_public_run_is_compared_by_everybody_and_its_comments_are_not_read(
    client, violence, people, django_user_model
):
    for run in (violence, people):
        services.publish(run, is_public=True)
    assert "Violence" in page(client, side_by_side(violence, people))
    Comment.objects.create(
        run=violence, author=django_user_model.objects.create_user("awa"), text="Entre nous"
    )
    assert "Entre nous" not in page(client, f"/ciblage/executions/{violence.pk}/")


def test_a_comment_is_withdrawn_by_its_author_alone(as_persona, violence, django_user_model):
    comment = Comment.objects.create(
        run=violence, author=django_user_model.objects.create_user("awa"), text="Je retire"
    )
    client = as_persona("administrator")
    assert client.post(f"/ciblage/commentaires/{comment.pk}/retirer/").status_code == 403
    assert client.get(f"/ciblage/commentaires/{comment.pk}/retirer/").status_code == 405
    client.force_login(comment.author, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/ciblage/commentaires/{comment.pk}/retirer/").status_code == 403
    planner = as_persona("planner")
    planner.post(f"/ciblage/executions/{violence.pk}/commenter/", {"text": "À moi"})
    own = Comment.objects.get(text="À moi")
    assert planner.post(f"/ciblage/commentaires/{own.pk}/retirer/").status_code == 302
    text = page(planner, f"/ciblage/executions/{violence.pk}/")
    assert "À moi" not in text
    assert "Retiré par son auteur" in text
    assert "Je retire" in text


# --- Side by side ----------------------------------------------------------------------------------------


def test_the_page_says_who_enters_and_who_leaves(as_persona, violence, people):
    text = page(as_persona("planner"), side_by_side(violence, people))
    assert re.search(r"<b>Entrent</b> \(1\) : .{0,80}Gamma</a> <span class=\"soft\">\(Est\)", text)
    assert re.search(r"<b>Sortent</b> \(1\) : .{0,80}Alpha</a> <span class=\"soft\">\(Ouest\)", text)
    assert "Choisis par toutes : 0 cercles. Par une partie d’entre elles : 2 cercles." in text
    assert "+100 000" in text
    assert text.count('<svg class="small-map__drawing"') == 3
    english = page(as_persona("administrator"), side_by_side(violence, people) + "&lang=en")
    assert "Entrent" not in english


def test_the_table_is_sorted_as_asked(as_persona, violence, people):
    client = as_persona("planner")

    def names(sort):
        text = page(client, side_by_side(violence, people) + f"&sort={sort}")
        return re.findall(r'<tr data-pcode="\w+"><th scope="row"><a [^>]*>([^<]+)</a>', text)

    assert names("name") == ["Alpha", "Bêta", "Gamma"]
    assert names("-name") == ["Gamma", "Bêta", "Alpha"]
    assert names("-consensus") == ["Alpha", "Gamma", "Bêta"]
    assert names("2") == ["Gamma", "Alpha", "Bêta"]
    assert page(client, side_by_side(violence, people) + "&sort=3", 400)


def test_what_differs_in_the_questions_is_told_and_the_rest_is_not(violence, people, django_user_model):
    reader = django_user_model.objects.create_superuser("fatou")
    told = differences([told_to(run, reader) for run in (violence, people)])
    rows = {row["title"]: row["cells"] for row in told["rows"]}
    assert rows == {
        "Nombre d’événements violents": ["100\u00a0%", "sans poids"],
        "Population": ["sans poids", "100\u00a0%"],
    }
    assert "Règles" in told["same"]
    fewer = deciding.by_violence("Deux", rules={"number": 2, "must": {"ML9202": "Un accord signé"}})
    told = differences([told_to(run, reader) for run in (violence, fewer)])
    (rules,) = told["rows"]
    assert rules["title"] == "Règles"
    assert "Un accord signé" in rules["cells"][1]


def test_the_file_holds_every_cercle_and_which_runs_they_are(as_persona, violence, people):
    response = as_persona("planner").get(side_by_side(violence, people, name="comparer.csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["name"], row["chosen_by"], row["run1_selected"], row["run2_selected"]) for row in rows] == [
        ("Alpha", "1", "true", "false"),
        ("Bêta", "0", "false", "false"),
        ("Gamma", "1", "false", "true"),
    ]
    assert {row["run1_hash"] for row in rows} == {violence.hash}
    assert all("sha256:" in row["run2_sources"] for row in rows)
    assert {row["edition"] for row in rows} == {"Petit pays"}


def test_wrong_demands_are_told_what_is_possible(as_persona, violence, people):
    client = as_persona("planner")
    assert "de 2 à 6 exécutions" in page(client, side_by_side(violence), 400)
    many = [violence, people, *(deciding.by_people(str(n)) for n in range(5))]
    assert "vous en demandez 7" in page(client, side_by_side(*many), 400)
    assert "de 2 à 6" in page(client, side_by_side(violence, violence), 400)
    page(client, side_by_side(violence, str(uuid.uuid4())), 404)
    page(client, side_by_side(violence, "abc"), 404)
    page(client, side_by_side(violence, "abc", name="comparer.csv"), 404)
    communes = deciding.by_violence("Communes", level="commune")
    assert "échelons différents" in page(client, side_by_side(violence, communes), 400)
    small_country.make("Autre édition")
    other = deciding.by_violence("Ailleurs")
    assert "éditions différentes" in page(client, side_by_side(violence, other), 400)
    assert client.get(side_by_side(violence, other, name="comparer.csv")).status_code == 400


def test_a_private_run_is_not_said_to_exist(client, violence, people):
    services.publish(violence, is_public=True)
    page(client, side_by_side(violence, people), 404)


def test_a_reader_without_access_is_shown_the_choices_alone(violence, people, django_user_model):
    reader = django_user_model.objects.create_user("moussa")
    for run in (violence, people):
        run.access = "data_keepers"
    told = Comparison([told_to(run, reader) for run in (violence, people)])
    assert told.changes(1) == (["ML9202"], ["ML9101"])
    assert told.figures(0)["events"] is None
    assert {cell["probability"] for area in told.areas() for cell in area["cells"]} == {None}


def test_a_comparison_asks_few_questions_of_the_database(
    as_persona, violence, people, django_assert_max_num_queries
):
    client = as_persona("planner")
    page(client, side_by_side(violence, people))
    with django_assert_max_num_queries(10):
        page(client, side_by_side(violence, people))
    more = [violence, people, *(deciding.by_people(str(n)) for n in range(4))]
    with django_assert_max_num_queries(10):
        page(client, side_by_side(*more))


# --- Words and decisions ---------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


def test_what_readers_write_is_never_run(as_persona, violence, people):
    client = as_persona("planner")
    client.post(f"/ciblage/executions/{violence.pk}/commenter/", {"text": SCRIPT})
    Run.objects.filter(pk=violence.pk).update(name=SCRIPT)
    client.post(
        f"/ciblage/executions/{violence.pk}/adopter/",
        {**DECISION, "body": SCRIPT, "reasons": SCRIPT, "dissent": SCRIPT},
    )
    adoption = Adoption.objects.get()
    for address in (
        *(f"/ciblage/executions/{violence.pk}/", "/ciblage/decisions/", side_by_side(violence, people)),
        *("/ciblage/comparer/", f"/ciblage/decisions/{adoption.pk}/retirer/", "/?layers=target_cercles"),
        *("/cercles/ML9101/", "/programme/"),
    ):
        assert SCRIPT not in client.get(address).content.decode(), address


def test_a_comment_too_long_or_empty_is_given_back(as_persona, violence):
    client = as_persona("planner")
    for text in ("", " ", "a" * 4001):
        response = client.post(f"/ciblage/executions/{violence.pk}/commenter/", {"text": text})
        assert response.status_code == 400
    assert not Comment.objects.exists()


def test_a_decision_that_cannot_stand_is_given_back_with_the_reason(as_persona, violence):
    client = as_persona("planner")
    address = f"/ciblage/executions/{violence.pk}/adopter/"
    response = client.post(address, {**DECISION, "decided_on": "2999-01-01"})
    assert response.status_code == 400
    assert "à venir" in response.content.decode()
    assert client.post(address, {**DECISION, "reasons": ""}).status_code == 400
    assert not Adoption.objects.exists()


def test_a_simulated_run_can_only_be_ticked_as_an_exercise(as_persona):
    small_country.happened(small_country.event(-4.5, 13.5), simulated=True)
    run = deciding.by_violence(source="simulated")
    client = as_persona("planner")
    address = f"/ciblage/executions/{run.pk}/adopter/"
    assert "seul un exercice" in page(client, address)
    assert client.post(address, DECISION).status_code == 400
    assert client.post(address, {**DECISION, "is_exercise": "on"}).status_code == 302
    assert "exercice" in page(client, "/ciblage/decisions/")
    client.logout()
    assert "Comité de pilotage" not in page(client, "/ciblage/decisions/")


def test_decisions_are_public_and_their_reasons_are_not(as_persona, violence, people):
    client = as_persona("planner")
    for run in (violence, people):
        client.post(f"/ciblage/executions/{run.pk}/adopter/", {**DECISION, "dissent": "Le ministère doute."})
    second = Adoption.objects.get(run=people)
    text = page(client, "/ciblage/decisions/")
    assert "Le plus touché." in text
    assert "Le ministère doute." in text
    assert "remplacée" in text
    adopting.withdraw(second.recorded_by, second, why="Une erreur de saisie.")
    client.logout()
    text = page(client, "/ciblage/decisions/")
    assert "Violence" in text
    assert "Comité de pilotage" in text
    assert "en vigueur" in text
    for private in ("Le plus touché.", "Le ministère doute.", "Une erreur de saisie.", "test-planner"):
        assert private not in text
    english = page(client, "/ciblage/decisions/?lang=en")
    assert "Décisions" not in english


def test_the_list_of_decisions_asks_few_questions(as_persona, django_assert_max_num_queries):
    client = as_persona("planner")
    for number in range(5):
        run = deciding.by_people(str(number))
        client.post(f"/ciblage/executions/{run.pk}/adopter/", DECISION)
    with django_assert_max_num_queries(10):
        page(client, "/ciblage/decisions/")
