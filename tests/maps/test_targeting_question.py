"""/ciblage/ with a whole question: its form, what is wrong field by field, its ranking, its run."""

import html
import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from apps.area_tables.services import ToldValue, save_table
from apps.boundaries.models import Area
from apps.maps.targeting.question_form import checked
from apps.maps.targeting.question_text import packed, unpacked
from apps.runs import services
from apps.runs.models import Run
from apps.sources.models import Load
from apps.targeting import runs
from geo.vocabulary import Level
from layers.sources_toml import Contents
from tests import small_country

pytestmark = pytest.mark.django_db

VIOLENCE = {"key": "violence", "indicator": "violent_per_100k", "weight": 60}
PEOPLE = {"key": "people", "indicator": "people", "weight": 40}


def asked(*criteria, **about):
    return {"zones": [{"key": "all", "criteria": list(criteria) or [VIOLENCE, PEOPLE]}]} | (
        about or {"rules": {"number": 5}}
    )


def address(told, **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"/ciblage/?q={packed(told)}&{query}"


def text_of(client, told, **more):
    response = client.get(told if isinstance(told, str) else address(told, **more))
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def settings_of(text):
    return json.loads(re.search(r'id="targeting-settings" type="application/json">(.*?)</script>', text)[1])


def rows(text):
    return re.findall(r'<tr data-pcode="(\w+)"', text)


def said(text, place):
    return re.search(rf'data-say="{place}"[^>]*>(.*?)</', text)[1].strip()


class Fields(HTMLParser):
    """What a browser sends of the form: [(name, value)]."""

    def __init__(self, text):
        super().__init__()
        self.sent, self.select, self.options = [], None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "input" and told.get("name") and told.get("type") not in ("checkbox", "radio"):
            self.sent.append((told["name"], told.get("value", "")))
        elif tag == "input" and told.get("name") and "checked" in told:
            self.sent.append((told["name"], told["value"]))
        elif tag == "select" and told.get("name"):
            self.select, self.options = told["name"], []
        elif tag == "option" and self.select:
            self.options.append((told["value"], "selected" in told))

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            chosen = [value for value, is_selected in self.options if is_selected] or [self.options[0][0]]
            self.sent.append((self.select, chosen[0]))
            self.select = None


def fields_of(client, told, **more):
    """Return the fields of the form of a question, {name: values}, as a browser would send them."""
    response = client.get(told if isinstance(told, str) else address(told, **more))
    form = {}
    for name, value in Fields(response.content.decode()).sent:
        form.setdefault(name, []).append(value)
    return form


def told_in(response):
    assert response.status_code == 302
    return unpacked(re.search(r"[?&]q=([^&#]+)", response.headers["Location"])[1])


# --- From the sliders to a question ---


def test_the_sliders_become_a_question_that_ranks_alike(client):
    text = text_of(client, "/ciblage/?w_violent_per_100k=70&w_people=30")
    question = client.get("/ciblage/?w_violent_per_100k=70&w_people=30&outils=criteres&cercles=ML0501")
    assert "cercles=ML0501" in question.headers["Location"]
    whole = text_of(client, question.headers["Location"])
    assert rows(whole) == rows(text)
    assert "(70\u00a0%)" in said(whole, "sentence")
    assert said(whole, "picked") == "Ces règles retiennent 21 cercles."


def test_criteria_that_nobody_supplied_start_without_weight_and_say_so(client):
    text = text_of(client, client.get("/ciblage/?outils=criteres").headers["Location"])
    for title in ("Conflictualité", "Plans de redéploiement", "Personnes déplacées"):
        assert title in text
    assert text.count("Aucune donnée\u00a0: importez un tableau.") == 3
    assert reverse("import-new") in text
    assert settings_of(text)["weights"]["conflictuality"] == 0


def test_the_programme_s_two_logics_are_ranked_apart(client):
    text = text_of(client, client.get("/ciblage/?outils=programme").headers["Location"])
    zones = settings_of(text)["zones"]
    assert [zone["title"] for zone in zones] == ["Centre-Nord\u00a0: stabiliser", "Sud\u00a0: prévenir"]
    assert not set(zones[0]["members"]) & set(zones[1]["members"])
    assert "hors des zones" in text


def test_the_page_asks_a_bounded_number_of_questions(client, django_assert_max_num_queries):
    there = client.get("/ciblage/?outils=programme").headers["Location"]
    with django_assert_max_num_queries(40):
        client.get(there)


# --- The form ---

NEAR = {"key": "near", "indicator": "near_violence_km", "weight": 5, "threshold": 25}


def test_the_form_sent_unchanged_asks_the_same(client):
    told = asked(
        VIOLENCE | {"direction": "band", "band": [10, 40], "since": "2019-01-01", "until": "2019-12-31"},
        {"key": "near", "indicator": "near_violence_km", "weight": 5, "threshold": 25, "direction": "less"},
        PEOPLE | {"bounds": [0, 500000], "logged": True, "missing": "value", "fill": 1000},
        rules={
            "number": 9,
            "budget": 900.5,
            "cost": 100,
            "costs": {"ML0501": 150},
            "floors": {"ML05": 1},
            "ceilings": {"ML05": 3},
            "must": {"ML0501": "déjà promis"},
            "no_access": {"ML0801": "routes coupées"},
        },
        robustness={"draws": 500, "seed": 7, "concentration": None, "imprecise": False},
    )
    before, wrong = checked(told)
    assert wrong == {}
    after, wrong = checked(told_in(client.post("/ciblage/question/", fields_of(client, told))))
    assert wrong == {}
    # The months that the page shows are said; before, the last ones were meant.
    for criterion in after["zones"][0]["criteria"][1:]:
        criterion |= {"since": None, "until": None}
    assert after == before


def test_zones_keep_their_regions_and_their_numbers(client):
    told = runs.prosmed_question()
    after, _wrong = checked(told_in(client.post("/ciblage/question/", fields_of(client, told))))
    assert [(sorted(zone["regions"]), zone["number"]) for zone in after["zones"]] == [
        (zone["regions"], zone["number"]) for zone in told["zones"]
    ]
    assert after["events_until"] == told["events_until"]


NEAR = {"key": "near", "indicator": "near_violence_km", "weight": 5, "threshold": 25}


BAND, BOUNDS = "zones.0.criteria.0.band", "zones.0.criteria.0.bounds"


@pytest.mark.parametrize(
    ("field", "value", "beside", "words"),
    [
        ("zones.0.criteria.0.weight", "lourd", None, "Un nombre valide est requis."),
        ("zones.0.criteria.0.weight", "101", None, "inférieure ou égale à 100"),
        ("zones.0.criteria.0.since", "2020-13", None, "La date n'a pas le bon format"),
        ("zones.0.criteria.0.since", "2025-01", None, "La période finit avant de commencer."),
        (f"{BAND}.1", "", None, "À remplir."),
        (f"{BAND}.1", "beaucoup", None, "Un nombre valide est requis."),
        (f"{BAND}.1", "5", f"{BAND}.0", "La bande finit avant de commencer"),
        (f"{BOUNDS}.1", "-1", f"{BOUNDS}.0", "La borne basse doit être sous la borne haute."),
        (f"{BOUNDS}.1", "30", f"{BAND}.0", "La bande doit tenir entre les bornes fixes."),
        ("zones.0.criteria.0.normalisation", "au hasard", None, "n'est pas un choix valide"),
        ("zones.0.criteria.0.fill", "", None, "Une valeur de remplacement va avec"),
        ("zones.0.criteria.0.fill", "rien", None, "Un nombre valide est requis."),
        ("zones.0.criteria.1.threshold", "", None, "Dites à partir de combien"),
        ("zones.0.criteria.1.threshold", "-2", None, "supérieure ou égale à 0"),
        ("rules.number", "0", None, "supérieure ou égale à 1"),
        ("rules.number", "deux", None, "Un nombre entier valide est requis."),
        ("rules.budget", "tout", None, "Un nombre valide est requis."),
        ("rules.cost", "", None, "Un budget demande le coût d’un cercle"),
        ("rules.floors.ML05", "un", None, "Un nombre entier valide est requis."),
        ("rules.ceilings.ML05", "-1", None, "supérieure ou égale à 0"),
        ("cases.0.reason", "", None, "À remplir."),
        ("cases.0.cost", "cher", None, "Un nombre valide est requis."),
        ("robustness.draws", "5", None, "supérieure ou égale à 100"),
        ("robustness.seed", "-1", None, "supérieure ou égale à 0"),
    ],
)
def test_what_is_wrong_is_said_by_field(client, field, value, beside, words):
    form = FORM | {field: value}
    if field.endswith("since"):
        form["zones.0.criteria.0.until"] = "2020-10"
    told = client.post("/ciblage/question.json", form).json()
    assert words in told["errors"][beside or field].replace("\u00a0", " ")
    assert told["zones"] == []


FORM = {
    "zones.0.key": "all",
    "zones.0.criteria.0.key": "violence",
    "zones.0.criteria.0.indicator": "violent_per_100k",
    "zones.0.criteria.0.weight": "60",
    "zones.0.criteria.0.direction": "band",
    f"{BAND}.0": "10",
    f"{BAND}.1": "40,5",
    f"{BOUNDS}.0": "0",
    f"{BOUNDS}.1": "90",
    "zones.0.criteria.0.missing": "value",
    "zones.0.criteria.0.fill": "3",
    "zones.0.criteria.1.key": "near",
    "zones.0.criteria.1.indicator": "near_violence_km",
    "zones.0.criteria.1.weight": "5",
    "zones.0.criteria.1.threshold": "25",
    "rules.budget": "1 900",
    "rules.cost": "100",
    "cases.0.pcode": "ML0501",
    "cases.0.rule": "must_not",
    "cases.0.reason": "loin",
}


def test_a_form_without_fault_is_read_as_it_is_written(client):
    told = client.post("/ciblage/question.json", FORM).json()
    assert (told["errors"], told["elsewhere"], told["failed"]) == ({}, [], "")
    assert told["zones"][0]["criteria"][0]["scale"]["band"] == [10, 40.5]
    assert len(told["picked"]) == 19


def test_what_is_wrong_stands_on_the_page_beside_what_was_written(client):
    wrong = FORM | {"zones.0.criteria.0.weight": "lourd", f"{BAND}.1": "5"}
    text = text_of(client, client.post("/ciblage/question/", wrong).headers["Location"])
    beside = re.search(r'data-error-for="zones.0.criteria.0.weight">([^<]*)<', text)[1]
    assert beside == "Un nombre valide est requis."
    assert 'value="lourd"' in text
    assert 'aria-invalid="true"' in text
    assert "Aucun classement" in said(text, "sentence")


def test_what_has_no_field_is_said_above_all(client):
    text = text_of(client, asked(VIOLENCE, VIOLENCE))
    assert "«\u00a0violence\u00a0» est dit deux fois." in text
    text = text_of(client, asked(VIOLENCE, PEOPLE, rules={}))
    assert "Dites combien de cercles choisir" in text
    text = text_of(client, asked(rules={"number": 1, "must": {"ML0501": "a", "ML0502": "b"}}))
    assert "Aucun choix ne peut tenir ces règles" in text


@pytest.mark.parametrize(
    "q", ["abc", "%C3%A9", packed({"zones": []}), packed({"zones": [{"criteria": [3]}]})]
)
def test_a_damaged_address_says_what_to_do(client, q):
    response = client.get(f"/ciblage/?q={q}")
    assert response.status_code == 400
    assert "repartez des trois curseurs" in html.unescape(response.content.decode())


def test_a_bomb_in_an_address_is_not_unpacked(client):
    assert client.get(f"/ciblage/?q={packed({'zones': 'a' * 10**7})}").status_code == 400


# --- Criteria and zones come and go ---


def test_a_criterion_is_added_and_removed(client):
    form = fields_of(client, asked()) | {"do": ["zones.0.add"], "zones.0.new": ["border_km"]}
    response = client.post("/ciblage/question/", form)
    assert response.headers["Location"].endswith("#criterion-0-2")
    told = told_in(response)
    assert [each["key"] for each in told["zones"][0]["criteria"]] == ["violence", "people", "border_km"]
    assert told["zones"][0]["criteria"][2]["weight"] == 20
    form = fields_of(client, told) | {"do": ["zones.0.criteria.0.remove"]}
    told = told_in(client.post("/ciblage/question/", form))
    assert [each["key"] for each in told["zones"][0]["criteria"]] == ["people", "border_km"]


def test_the_same_indicator_twice_has_two_names(client):
    form = fields_of(client, asked()) | {"do": ["zones.0.add"], "zones.0.new": ["people"]}
    told = told_in(client.post("/ciblage/question/", form))
    assert told["zones"][0]["criteria"][2]["key"] == "people_2"
    assert checked(told)[1] == {}


def test_a_second_zone_asks_for_its_regions(client):
    form = fields_of(client, asked()) | {"do": ["zones.add"]}
    told = told_in(client.post("/ciblage/question/", form))
    text = text_of(client, told)
    assert "ne dit pas ses cercles" in text
    form = fields_of(client, told) | {"zones.0.regions": ["ML05"], "zones.1.regions": ["ML04", "ML07"]}
    told = told_in(client.post("/ciblage/question/", form))
    zones = settings_of(text_of(client, told))["zones"]
    assert {pcode[:4] for pcode in zones[0]["members"]} == {"ML05"}
    form = fields_of(client, told) | {"do": ["zones.1.remove"]}
    assert len(told_in(client.post("/ciblage/question/", form))["zones"]) == 1


def test_an_uploaded_table_is_a_criterion_for_who_may_read_it(as_persona):
    areas = Area.objects.active().at(Level.CERCLE)
    load = small_country.recorded(Load.Kind.AREA_TABLE, Contents.OTHER, "c.csv", 53, access="signed_in")
    values = [ToldValue(row, area, number=float(row)) for row, area in enumerate(areas, start=2)]
    about = {"method": "", "as_of": None, "made_by": None}
    save_table("conflits", "Indice de conflits", "", "points", Level.CERCLE, values, load, **about)
    planner = as_persona("planner")
    client = Client()
    assert "Indice de conflits" in text_of(planner, asked())
    assert "Indice de conflits" not in text_of(client, asked())
    form = fields_of(planner, asked()) | {"do": ["zones.0.add"], "zones.0.new": ["table:conflits"]}
    told = told_in(planner.post("/ciblage/question/", form))
    assert "Indice de conflits (" in said(text_of(planner, told), "sentence")
    assert "Aucun tableau «\u00a0conflits\u00a0» n’est chargé" in text_of(client, told)


# --- The ranking ---


def test_rules_retain_and_their_choice_is_taken_without_scripts(client):
    told = asked(rules={"number": 3, "must": {"ML0901": "siège"}, "cost": 10, "costs": {"ML0901": 15}})
    text = text_of(client, told)
    picked = settings_of(text)["picked"]
    assert len(picked) == 3
    assert "ML0901" in picked
    response = client.post("/ciblage/question/", fields_of(client, told) | {"do": ["choose"]})
    text = text_of(client, response.headers["Location"])
    assert said(text, "count") == "3 cercles choisis sur 53"
    assert "coût 35" in said(text, "totals")
    assert "de ceux du pays" in said(text, "totals")


def test_what_is_told_while_writing_is_what_the_page_ranks(client):
    told = asked(VIOLENCE | {"normalisation": "percentile"}, PEOPLE | {"logged": True})
    text = text_of(client, told)
    answer = client.post("/ciblage/question.json", fields_of(client, told)).json()
    assert [each["pcode"] for each in answer["figures"]] == rows(text)
    # The months that the page shows are said in the answer's question; the ranking is the same.
    assert answer["zones"] == settings_of(text)["zones"]
    assert answer["picked"] == settings_of(text)["picked"]


def test_a_cercle_without_a_value_says_which_criterion_it_lacks(client):
    text = text_of(client, asked(VIOLENCE, {"key": "works", "indicator": "works", "weight": 1}))
    assert "pas de donnée\u00a0: Ouvrages prévus connus" in text


def test_communes_of_the_choice(client):
    small_country.make()
    small_country.people(Alpha=900)
    small_country.happened(small_country.event(-4.5, 13.2))
    text = text_of(client, "/ciblage/communes/?cercles=ML9101&since=2020-10&until=2020-10")
    assert re.findall(r'<th scope="row">([^<]+)<', text) == ["Alpha Nord", "Alpha Sud"]
    assert "Alpha\u00a0: 2 communes" in text
    assert [int(n) for n in re.findall(r'<td class="number">(\d+)</td>', text)] == [0, 0, 1, 0]
    assert "2 communes" in said(text_of(client, "/ciblage/?cercles=ML9101"), "totals")
    assert "Aucun cercle n’est choisi" in text_of(client, "/ciblage/communes/")


# --- Runs ---


def launch(client, told, **more):
    form = fields_of(client, told, **more) | {"name": ["Essai"]}
    return client.post("/ciblage/lancer/", form)


def test_who_may_launch(client, as_persona):
    to_sign_in = launch(client, asked()).headers["Location"]
    assert to_sign_in.startswith("/connexion/?next=/ciblage/")
    assert "Se connecter pour lancer" in text_of(client, asked())
    partner = as_persona("partner")
    assert launch(partner, asked()).status_code == 403
    assert "ne peut pas lancer" in text_of(partner, asked())
    assert not Run.objects.exists()


def test_a_question_is_launched_answered_and_taken_again(as_persona):
    planner = as_persona("planner")
    rules = {"number": 4, "must_not": {"ML0901": "capitale"}}
    response = launch(planner, asked(rules=rules, robustness={"draws": 100}))
    run = Run.objects.get()
    assert response.headers["Location"] == reverse("run", args=[run.pk]) == f"/ciblage/executions/{run.pk}/"
    assert run.name == "Essai"
    services.answer(run.pk)
    answer = json.loads(Run.objects.get().answer)
    text = text_of(planner, f"/ciblage/?run={run.pk}")
    assert "Repris de l’exécution «\u00a0Essai\u00a0»" in text
    assert settings_of(text)["picked"] == sorted(
        each["pcode"] for each in answer["scores"] if each["selected"]
    )
    launch(planner, f"/ciblage/?run={run.pk}")
    assert Run.objects.exclude(pk=run.pk).get().forked_from == run
    assert Client().get(f"/ciblage/?run={run.pk}").status_code == 404


def test_a_question_that_cannot_be_asked_is_not_launched(as_persona):
    planner = as_persona("planner")
    for wrong in (asked(rules={}), asked(rules={"number": 0})):
        assert launch(planner, wrong).headers["Location"].startswith("/ciblage/?q=")
    unnamed = planner.post("/ciblage/lancer/", fields_of(planner, asked()))
    assert "Donnez un nom à l’exécution." in text_of(planner, unnamed.headers["Location"])
    assert not Run.objects.exists()


def test_an_unknown_run_is_not_found(client):
    assert client.get("/ciblage/?run=abc").status_code == 404
    assert client.get("/ciblage/?run=00000000-0000-0000-0000-000000000000").status_code == 404


def test_english_says_all_of_it(client):
    client.cookies["django_language"] = "en"
    text = text_of(client, asked(VIOLENCE | {"direction": "band", "band": [9, 1]}, NEAR))
    assert "The band ends before it begins" in text
    french = re.findall(r"[^<>\"]*\b(?:Réglages|Règles|Bornes|Tirages|Mettre|Le programme)\b[^<>\"]*", text)
    assert not french
