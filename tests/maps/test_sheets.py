"""The sheets of cercles and regions: every figure with its source, every absence called by its name."""

import html
import re

import pytest
from django.contrib.gis.geos import Point

from apps.boundaries.models import Area, Population
from apps.events.figures import area_figures, counts_by_month
from apps.events.models import EventCount
from apps.infrastructure.models import Institution
from apps.infrastructure.services import keep
from apps.maps.load_words import ACCESS, KINDS
from apps.sources.models import Load
from geo.vocabulary import AccessClass, InstitutionKind, InstitutionStatus, Level, PeopleMethod

pytestmark = pytest.mark.django_db

MOPTI = "ML0506"


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"[ \n]+", " ", html.unescape(response.content.decode()))


def figure(number):
    return f"{number:,}".replace(",", "\u202f")


def test_a_cercle_says_its_people_with_year_method_and_source(client):
    text = page(client, f"/cercles/{MOPTI}/")
    people = Population.objects.get(area__pcode=MOPTI, area__edition__is_active=True)
    assert f"<strong>{figure(people.people)}</strong>" in text
    assert "2009, recensement" in text
    assert people.load.publisher in text
    assert "région\u00a0: Mopti · P-code ML0506" in text


def test_people_not_known_are_no_data_and_never_zero(client):
    text = page(client, "/cercles/ML1001/")
    assert "<strong>pas de donnée</strong>" in text
    assert "taux inconnu\u00a0: pas de population" in text


def test_estimated_people_are_called_so(client):
    Population.objects.filter(area__pcode=MOPTI).update(method=PeopleMethod.ESTIMATED)
    assert '<span class="badge">estimée</span>' in page(client, f"/cercles/{MOPTI}/")
    assert 'title="population estimée">≈</abbr>' in page(client, "/regions/ML05/")


def test_totals_are_those_of_the_map(client):
    text = page(client, f"/cercles/{MOPTI}/")
    for period in ("12m", "36m", "all"):
        area = next(a for a in area_figures(Level.CERCLE, period).areas if a["pcode"] == MOPTI)
        cells = "".join(
            f'<td class="number">{figure(area[key])}</td>'
            for key in ("events", "violent_events", "fatalities")
        )
        assert cells in text
        both = sorted({area["events_low"], area["events_high"]})
        assert f'<td class="number">{" à ".join(map(figure, both))}</td></tr>' in text


def test_simulated_events_are_called_so_by_title_totals_and_facts(client):
    text = page(client, f"/cercles/{MOPTI}/")
    assert "Événements par mois (données simulées)" in text
    assert "Totaux · événements simulés" in text
    assert text.count('<span class="badge">simulés</span>') == 2


def test_the_chart_has_a_title_an_axis_and_words(client):
    area = Area.objects.cercles().get(pcode=MOPTI)
    text = page(client, f"/cercles/{MOPTI}/")
    assert '<title id="chart-title">Événements par mois, Mopti</title>' in text
    events = sum(counts["events"] for _month, counts in counts_by_month(area))
    assert f"{figure(events)} événements, dont" in re.search(
        r'<desc id="chart-text">(.*?)</desc>', text
    ).group(1)
    assert text.count('class="chart__grid"') >= 2
    assert "style=" not in re.search(r"<main.*</main>", text).group(0)


def test_without_events_what_happened_is_unknown(client):
    EventCount.objects.all().delete()
    text = page(client, f"/cercles/{MOPTI}/")
    assert "inconnu, pas nul" in text
    assert "<strong>inconnu</strong>" in text
    assert 'class="chart__drawing"' not in text


def institution(kind, status, place, name=""):
    return keep(
        Institution(
            kind=kind, status=status, name=name, location=place, register="essai", source_id=name or kind
        )
    )


def test_without_a_register_what_exists_is_unknown(client):
    Institution.objects.all().delete()
    assert "Aucun registre d’institutions n’est chargé" in page(client, f"/cercles/{MOPTI}/")


def test_institutions_are_counted_by_kind_and_status(client):
    load = Load.objects.in_use().first()
    load.pk, load.kind, load.publisher = None, Load.Kind.INSTITUTIONS, "Registre d’essai"
    load.save()
    place = Area.objects.cercles().get(pcode=MOPTI).boundary.point_on_surface
    institution(InstitutionKind.TI, InstitutionStatus.FUNCTIONAL, place, "Tribunal de Mopti")
    institution(InstitutionKind.POLICE_NOT_TOLD, InstitutionStatus.UNKNOWN, place)
    text = page(client, f"/cercles/{MOPTI}/")
    assert "Tribunal d’instance" in text
    assert "Tribunal de Mopti" in text
    assert "1 sans nom" in text
    assert "Une absence veut dire inconnu, pas aucun" in text
    elsewhere = page(client, "/cercles/ML0507/")
    assert "cela veut dire inconnu, pas aucune" in elsewhere


def test_the_stand_in_says_why_it_has_no_communes(client):
    assert "fond simplifié fourni avec Maillage n’a pas de communes" in page(client, f"/cercles/{MOPTI}/")


def test_communes_are_named_where_there_are_some(client):
    mopti = Area.objects.cercles().get(pcode=MOPTI)
    Area.objects.create(
        edition=mopti.edition,
        level=Level.COMMUNE,
        pcode="ML050601",
        name="Socoura",
        parent=mopti,
        boundary=mopti.boundary,
        area_km2=1,
    )
    text = page(client, f"/cercles/{MOPTI}/")
    assert "1 commune</h2>" in text
    assert "Socoura" in text


def test_settlements_are_counted_by_rank_and_the_rest_comes_on_demand(client):
    text = page(client, "/regions/ML05/")
    assert "localités connues" in text
    assert "chef-lieu de cercle" in text
    asked = page(client, "/regions/ML05/?localites=toutes")
    assert "?localites=toutes#" not in asked
    assert asked.count("<li>") >= text.count("<li>")


def test_a_target_has_its_doubt_and_its_passage(client):
    text = page(client, f"/cercles/{MOPTI}/")
    assert "✓ Cercle cible" in text
    assert "15 communes selon le document" in text
    assert '<span class="doubt__word">Doute</span>' in text
    assert "Section III.1" in text
    assert "n’est pas parmi les cercles cibles" in page(client, "/cercles/ML0901/")


def test_a_region_lists_its_cercles_and_its_targets(client):
    text = page(client, "/regions/ML05/")
    assert "8 cercles</h2>" in text
    for pcode in ("ML0501", "ML0508"):
        assert f'href="/cercles/{pcode}/"' in text
    assert "Avec les moins précis" in text


def test_files_are_for_this_area_only(client):
    text = page(client, f"/cercles/{MOPTI}/")
    address = re.search(r'href="(/api/layers/event_counts\.csv\?[^"]+)"', text).group(1)
    table = client.get(address).content.decode("utf-8-sig").splitlines()
    assert len(table) > 1
    assert all(MOPTI in line for line in table[1:])


def test_rows_for_signed_in_readers_are_offered_to_them_only(as_persona):
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access=AccessClass.SIGNED_IN)
    address = f"/cercles/{MOPTI}/"
    assert "réservée aux personnes connectées" in page(as_persona("anonymous"), address)
    assert "réservée aux personnes connectées" not in page(as_persona("partner"), address)


@pytest.mark.parametrize("address", ["/cercles/ML0506/", "/cercles/ML0901/", "/regions/ML05/"])
def test_a_sheet_asks_a_bounded_number_of_questions(client, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(37):
        page(client, address)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/cercles/ml0506/", "/cercles/ML0506/"),
        ("/cercles/ML05/", "/regions/ML05/"),
        ("/regions/ML0506/", "/cercles/ML0506/"),
    ],
)
def test_a_code_of_the_other_level_or_in_small_letters_finds_its_sheet(client, asked, answered):
    assert client.get(asked).headers["Location"] == answered


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("ML0599", "ML0501"), ("mopty", "ML0506"), ("tenenkou", "ML0507"), ("ML050601", "ML0506")],
)
def test_an_unknown_code_offers_the_nearest(client, asked, offered):
    text = page(client, f"/cercles/{asked}/", status=404)
    assert "Vouliez-vous dire" in text
    assert f'href="/cercles/{offered}/"' in text


def test_nothing_is_offered_for_what_resembles_nothing(client):
    assert "Vouliez-vous dire" not in page(client, "/cercles/zzzzzz/", status=404)


def test_the_map_shows_the_area_among_its_neighbours(client):
    text = page(client, f"/cercles/{MOPTI}/")
    assert text.count('class="small-map__itself"') == 1
    assert 'href="/cercles/ML0503/"' in text  # Djenné
    assert re.search(r"\d+ km</text>", text)


def test_a_point_outside_the_frame_is_left_out(client):
    institution(InstitutionKind.TI, InstitutionStatus.UNKNOWN, Point(-8.0, 12.65, srid=4326), "Bamako")
    assert "Bamako" not in re.search(
        r'<figure class="small-map">.*?</figure>', page(client, f"/cercles/{MOPTI}/")
    ).group(0)


def test_every_kind_of_load_and_every_class_of_access_has_a_name():
    assert set(KINDS) == set(Load.Kind)
    assert set(ACCESS) == set(AccessClass)
