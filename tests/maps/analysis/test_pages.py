"""Questions on pages: asked, read, kept, shared, asked again; who may what. Numbers by hand."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.analysis import runs
from apps.boundaries.models import Settlement
from apps.maps.analysis.address import LONGEST, query_of
from apps.runs.models import Run
from tests import small_country
from tests.conftest import PERSONAS
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db

HERE = "/analyse/"
CHOOSERS = {"planner", "data_keeper", "administrator"}
SETTLEMENTS = {"version": 1, "steps": [{"what": {"layer": "settlements"}}], "by": ["cercle"]}
EVENTS = {"version": 1, "steps": [{"what": {"layer": "events"}}], "by": ["cercle"]}
EVENT_LIST = {"version": 1, "steps": [{"what": {"layer": "events"}}]}


@pytest.fixture(autouse=True, scope="module")
def three_villages(lasting):
    """Two villages in Alpha, one in Bêta, none in Gamma; six events in Alpha and two in Bêta, restricted."""
    with lasting():
        small_country.make()
        live((-4.5, 13.25), (-4.5, 13.75), (-3.5, 13.5))
        small_country.people(Alpha=900, Bêta=600)
        happened = [small_country.event(-4.5, 13.2 + n / 100) for n in range(6)]
        happened += [small_country.event(-3.5, 13.5), small_country.event(-3.4, 13.5)]
        small_country.happened(*happened, access="signed_in")


def asked(client, question, **more):
    return client.get(f"{HERE}?{query_of(question)}", **more)


def text_of(response):
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def save(client, question=SETTLEMENTS, name="Villages par cercle", **more):
    return client.post(f"{HERE}questions/enregistrer/", {"q": json.dumps(question), "name": name, **more})


def test_the_gallery_asks_each_question_by_one_link(client):
    page = text_of(client.get(HERE))
    assert page.count("card-question__link") == 20
    assert "?q=%7B%22by%22" in page


def test_a_ready_question_that_its_reader_will_be_refused_says_so_beforehand(as_persona):
    def closed(page):
        return {
            card.split("</a>")[0].rsplit(">", 1)[1]
            for card in page.split("<li")
            if "demande une connexion" in card
        }

    titles = closed(text_of(as_persona("anonymous").get(HERE)))
    assert "Combien d’événements y a-t-il eu à 20 km ou moins de chaque site de projet en 12 mois ?" in titles
    assert (
        "Quelle est la prison la plus proche de chaque tribunal, et à combien de kilomètres ?" not in titles
    )
    assert closed(text_of(as_persona("partner").get(HERE))) == set()


def test_villages_are_counted_by_cercle_and_none_is_zero(client):
    page = text_of(asked(client, SETTLEMENTS))
    rows = [row.split("</tr>")[0] for row in page.split("<tr data-id=")[1:]]
    assert [(row[1:7], row.rsplit('data-value="', 1)[1][0]) for row in rows] == [
        ("ML9101", "2"),
        ("ML9201", "1"),
        ("ML9202", "0"),
    ]
    assert '"values": {"ML9101": 2, "ML9201": 1, "ML9202": 0}' in page


def test_an_answer_is_sorted_as_the_address_says(client):
    page = text_of(client.get(f"{HERE}?{query_of(SETTLEMENTS)}&sort=count"))
    assert page.index('data-id="ML9202"') < page.index('data-id="ML9201"') < page.index('data-id="ML9101"')


def test_an_answer_reads_in_english(client):
    page = text_of(client.get(f"{HERE}?{query_of(SETTLEMENTS)}&lang=en"))
    assert "As a table" in page
    assert "En tableau" not in page


def test_small_numbers_of_restricted_events_are_not_told(as_persona):
    page = text_of(asked(as_persona("anonymous"), EVENTS))
    assert "moins de 5" in page
    assert '"ML9101": 6' in page
    assert '"ML9201": null' in page
    assert '"ML9201": 2' in text_of(asked(as_persona("partner"), EVENTS))


def test_a_refused_question_says_why_and_what_to_do(as_persona):
    response = asked(as_persona("anonymous"), EVENT_LIST)
    assert response.status_code == 403
    page = text_of(response)
    assert "Vous ne pouvez pas lire les rangées" in page
    assert "/connexion/?next=" in page
    assert "/analyse/composer/?q=" in page
    assert asked(as_persona("partner"), EVENT_LIST).status_code == 200


def test_a_wrong_question_is_refused_by_its_name_and_the_form_is_a_touch_away(client):
    wrong = {"version": 1, "steps": [{"what": {"layer": "villages"}}]}
    response = asked(client, wrong)
    assert response.status_code == 400
    assert "Modifier la question" in text_of(response)
    assert client.get(f"{HERE}?q=pas-du-json").status_code == 400


def test_the_form_comes_back_filled_in(client):
    question = EVENTS | {"steps": [{"what": {"layer": "events", "last_months": 6, "areas": ["ML9101"]}}]}
    page = text_of(client.get(f"{HERE}composer/?{query_of(question)}"))
    assert '<option value="events" selected>' in page
    assert 'name="s1.what.last_months" inputmode="numeric" value="6"' in page
    assert 'value="ML9101" checked' in page


def test_the_form_asks_by_an_address_and_says_what_is_missing(client):
    sent = {"steps": "1", "s1.what": "settlements", "by1": "cercle", "do": "ask"}
    response = client.post(f"{HERE}composer/", sent)
    assert response.status_code == 302
    assert "settlements" in response["Location"]
    wrong = client.post(f"{HERE}composer/", sent | {"s1.relation": "within_km", "s1.of": "institutions"})
    assert wrong.status_code == 400
    assert "Dites à combien de kilomètres" in text_of(wrong)


def test_a_step_more_begins_with_what_the_one_before_kept(client):
    page = text_of(client.post(f"{HERE}composer/", {"steps": "1", "s1.what": "settlements", "do": "step"}))
    assert '<option value="step:1" selected>' in page
    assert "Étape 2" in page


def test_a_shape_too_large_for_an_address_is_answered_and_says_so(client):
    ring = [[-5 + n / 10_000, 13 + (n % 2) / 1000] for n in range(LONGEST // 12)]
    shape = {"type": "Polygon", "coordinates": [[*ring, [-4, 14], [-5, 14], ring[0]]]}
    question = {
        "version": 1,
        "steps": [
            {
                "what": {"layer": "settlements"},
                "relation": {"kind": "within"},
                "of": {"shape": shape, "name": "une zone"},
            }
        ],
    }
    response = client.post(HERE, {"q": json.dumps(question)})
    assert response.status_code == 200
    assert "trop grande pour une adresse" in text_of(response)


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_save_choices_keeps_questions(persona, as_persona):
    response = save(as_persona(persona))
    kept = Run.objects.filter(kind=runs.KIND).count()
    if persona in CHOOSERS:
        assert (response.status_code, kept) == (302, 1)
    else:
        assert (response.status_code, kept) == (302 if persona == "anonymous" else 403, 0)


def kept(client, **more):
    response = save(client, **more)
    return Run.objects.get(pk=response["Location"].split("/")[-2])


def test_a_kept_question_gives_the_answer_that_was_kept(as_persona, small_people_change):
    client = as_persona("planner")
    run = kept(client)
    before = json.loads(client.get(f"{HERE}questions/{run.pk}.json").content)
    assert before["rows"][0][-1] == 2
    assert "La réponse est la même" in text_of(client.get(f"{HERE}questions/{run.pk}/encore/"))
    small_people_change()
    assert json.loads(client.get(f"{HERE}questions/{run.pk}.json").content) == before
    again = text_of(client.get(f"{HERE}questions/{run.pk}/encore/"))
    assert "La réponse a changé depuis." in again
    assert "Localités" in again


@pytest.fixture
def small_people_change():
    """Load the settlements anew: one more in Bêta."""
    return lambda: live((-4.5, 13.25), (-4.5, 13.75), (-3.5, 13.5), (-3.4, 13.5))


def test_a_version_says_what_it_changed(as_persona):
    client = as_persona("planner")
    first = kept(client)
    form = text_of(client.get(f"{HERE}composer/?run={first.pk}"))
    assert f'name="run" value="{first.pk}"' in form
    second = kept(client, question=SETTLEMENTS | {"by": ["region"]}, name="Par région", run=str(first.pk))
    page = text_of(client.get(f"{HERE}questions/{second.pk}/"))
    assert "Version 2 sur 2" in page
    assert 'href=""' not in page
    assert "par : cercle → région" in page
    assert f'href="/analyse/questions/{first.pk}/"' in page


def test_a_shared_question_is_read_by_whom_it_is_open_to(as_persona):
    run = kept(as_persona("planner"))
    address = f"{HERE}questions/{run.pk}/"
    assert as_persona("anonymous").get(address).status_code == 302
    client = as_persona("administrator")
    client.post(f"{address}publier/", {"public": "yes"})
    for persona in ("anonymous", "partner"):
        page = text_of(as_persona(persona).get(address))
        assert "Villages par cercle" in page
        assert (
            f"geopandas.read_file(&quot;http://testserver/analyse/questions/{run.pk}.geojson&quot;)" in page
        )


def test_restricted_rows_stay_with_those_who_may_read_them_when_a_question_is_published(as_persona):
    client = as_persona("planner")
    run = kept(client, question=EVENT_LIST, name="Les événements")
    address = f"{HERE}questions/{run.pk}"
    client.post(f"{address}/publier/", {"public": "yes"})
    anonymous = as_persona("anonymous")
    page = text_of(anonymous.get(f"{address}/"))
    assert "accès restreint" in page
    assert "data-id" not in page
    for extension in ("csv", "geojson", "xlsx", "json"):
        assert anonymous.get(f"{address}.{extension}").status_code == 404
    for extension in ("csv", "geojson"):
        assert anonymous.get(f"/api/analyses/{run.pk}.{extension}").status_code == 404
    told = anonymous.get(f"/api/analyses/{run.pk}/").json()
    assert told["is_whole"] is False
    assert "rows" not in told
    assert as_persona("partner").get(f"{address}.csv").status_code == 200


def test_each_file_holds_the_answer_and_what_it_rests_on(client):
    files = {
        extension: client.get(f"{HERE}reponse.{extension}?{query_of(SETTLEMENTS)}")
        for extension in ("csv", "geojson", "xlsx", "json")
    }
    lines = files["csv"].content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("cercle,cercle_name,count,question,edition")
    assert lines[1].startswith("ML9101,Alpha,2,")
    collection = json.loads(files["geojson"].content)
    assert [each["properties"]["count"] for each in collection["features"]] == [2, 1, 0]
    assert {each["geometry"]["type"] for each in collection["features"]} <= {"Polygon", "MultiPolygon"}
    assert collection["edition"] == "Petit pays"
    answer = json.loads(files["json"].content)
    assert answer["question"]["edition"] == "Petit pays"
    with zipfile.ZipFile(io.BytesIO(files["xlsx"].content)) as book:
        names, words = book.namelist(), book.read("xl/sharedStrings.xml").decode()
    assert "xl/worksheets/sheet2.xml" in names
    assert "Petit pays" in words


def test_words_that_begin_as_a_formula_stay_words_in_a_workbook(client):
    Settlement.objects.update(name="=1+1")
    question = {"version": 1, "steps": [{"what": {"layer": "settlements"}}]}
    response = client.get(f"{HERE}reponse.xlsx?{query_of(question)}")
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet, words = (
            book.read("xl/worksheets/sheet1.xml").decode(),
            book.read("xl/sharedStrings.xml").decode(),
        )
    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in words


def test_a_file_sent_with_the_form_becomes_its_shape(client):
    square = {"type": "Polygon", "coordinates": [[[-5, 13], [-4, 13], [-4, 14], [-5, 14], [-5, 13]]]}
    sent = {"steps": "1", "s1.what": "settlements", "s1.relation": "within", "s1.of": "shape", "do": "file"}
    file = SimpleUploadedFile("zone.geojson", json.dumps(square).encode())
    page = text_of(client.post(f"{HERE}composer/", sent | {"s1.of.file": file}))
    assert 'name="s1.of.shape" value="{&quot;type&quot;:&quot;Polygon&quot;' in page
    assert 'value="zone"' in page
    broken = SimpleUploadedFile("zone.geojson", b"{")
    refused = text_of(client.post(f"{HERE}composer/", sent | {"s1.of.file": broken}))
    assert "le fichier est abîmé" in refused


def test_a_question_too_large_for_a_page_waits_for_the_worker_and_can_be_stopped(as_persona, settings):
    settings.QUESTION_PLAN_COST = 0
    client = as_persona("planner")
    refused = asked(client, EVENT_LIST)
    assert refused.status_code == 422
    assert "La confier à une tâche de fond" in text_of(refused)
    run = kept(client, question=EVENT_LIST)
    page = text_of(client.get(f"{HERE}questions/{run.pk}/"))
    assert "En attente du calcul" in page
    assert client.get(f"{HERE}questions/{run.pk}/etat.json").json()["state"] == "waiting"
    client.post(f"{HERE}questions/{run.pk}/arreter/")
    assert "Cette exécution a échoué" in text_of(client.get(f"{HERE}questions/{run.pk}/"))
    assert as_persona("partner").post(f"{HERE}questions/{run.pk}/arreter/").status_code == 403


def test_an_unknown_file_or_run_is_not_there(client):
    assert client.get(f"{HERE}reponse.exe?{query_of(SETTLEMENTS)}").status_code == 404
    assert client.get(reverse("analysis-runs")).status_code == 200
