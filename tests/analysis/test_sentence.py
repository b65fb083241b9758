"""A question reads back as one plain sentence in both languages, whatever the relation."""

import pytest

from apps.analysis.questions import checked
from apps.analysis.resolving import resolved
from apps.analysis.sentence import sentence
from tests import small_country
from tests.analysis.asking import features, question, step
from tests.small_country import event

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(event(-4.5, 13.25, "2020-10-15"))


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


POLICE = features("institutions", where=[{"field": "family", "op": "=", "value": "police"}])
EAST = {"areas": ["ML9201", "ML9202"]}
DRAWN = {"shape": {"type": "Point", "coordinates": [-4, 13]}, "name": "Pont"}


@pytest.mark.parametrize(
    ("asked", "fr", "en"),
    [
        (
            question(step("settlements", "within_km", "events", km=10, at_least=3), by=["cercle"]),
            "Localités à 10 km ou moins d’au moins 3 événements : leur nombre, par cercle.",
            "Settlements within 10 km of at least 3 events: their number, by cercle.",
        ),
        (
            question(
                step("settlements", "within_km", "events", km=2.5),
                step({"step": 1}, "beyond_km", POLICE, km=30),
            ),
            "Localités à 2,5 km ou moins d’un événement, et à plus de 30 km des institutions "
            "(famille : Police et gendarmerie) : la liste.",
            "Settlements within 2.5 km of an event, and beyond 30 km of the institutions "
            "(family: Police and gendarmerie): the list.",
        ),
        (
            question(step("events", "within", EAST), measure={"kind": "sum", "field": "fatalities"}),
            "Événements dans Bêta (ML9201) et Gamma (ML9202) : la somme de « morts ».",
            "Events in Bêta (ML9201) and Gamma (ML9202): the sum of “fatalities”.",
        ),
        (
            question(
                step("cercles", "contains", "events", first=5), step("planned_works", "within", {"step": 1})
            ),
            "Étape 1 : cercles qui contiennent un événement, les 5 qui en ont le plus ; "
            "étape 2 : ouvrages prévus dans les cercles de l’étape 1 : la liste.",
            "Step 1: cercles that contain an event, the 5 that have most; "
            "step 2: planned works in the cercles of step 1: the list.",
        ),
        (
            question(
                step("communes", "touches", "target_cercles"), by=["region"], measure={"kind": "people"}
            ),
            "Communes qui touchent un cercle cible : leurs habitants, par région.",
            "Communes that touch a target cercle: their people, by region.",
        ),
        (
            question(step("cercles", "intersects", DRAWN)),
            "Cercles qui rencontrent le tracé « Pont » : la liste.",
            "Cercles that meet the shape “Pont”: the list.",
        ),
        (
            question(step("institutions", "nearest", POLICE, count=2)),
            "Institutions et les 2 plus proches des institutions (famille : Police et gendarmerie) : "
            "la liste.",
            "Institutions and the 2 nearest of the institutions (family: Police and gendarmerie): the list.",
        ),
        (
            question(step("regions", "share_of_area", "institutions", km=50)),
            "Régions et la part de leur superficie à 50 km ou moins des institutions : la liste.",
            "Regions and the share of their area within 50 km of the institutions: the list.",
        ),
        (
            question(step("cercles", "share_of_people", "target_cercles")),
            "Cercles et la part de leur population dans les cercles cibles : la liste.",
            "Cercles and the share of their people in the target cercles: the list.",
        ),
        (
            question(
                step(features("events", last_months=12, areas=["ML92"])),
                by=["cercle", "month"],
                measure={"kind": "rate"},
                keep={"first": 10},
            ),
            "Événements (dans Est (ML92) ; du 1 oct. 2020 au 31 oct. 2020) : leur nombre pour 100 000 "
            "habitants, par cercle et mois ; les 10 premiers.",
            "Events (in Est (ML92); from 1 Oct 2020 to 31 Oct 2020): their number per 100,000 people, by "
            "cercle and month; the first 10.",
        ),
    ],
)
def test_a_question_reads_back(asked, fr, en):
    told = sentence(resolved(checked(asked)))
    assert (plain(told["fr"]), plain(told["en"])) == (fr, en)
