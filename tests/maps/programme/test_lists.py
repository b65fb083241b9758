"""Lists of what the documents say: filtered, searched, sorted, each row with its document and doubt."""

import html
import re

import pytest

from apps.maps.programme.lists import LISTS
from apps.programme.models import Acronym, Indicator, PlannedWork, Result

pytestmark = pytest.mark.django_db


def page_of(client, slug, **asked):
    response = client.get(f"/programme/listes/{slug}/", asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def first_cells(page):
    return [
        re.sub(r"<span class=\"table__under\">.*|<[^>]+>", "", cell).strip()
        for cell in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page)
    ]


@pytest.mark.parametrize("slug", LISTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_list_is_shown_with_its_documents(client, slug, language):
    page = page_of(client, slug, lang=language)
    assert "list-table__source" in page
    assert "<cite>" in page
    assert ".txt" not in page
    assert f"/api/layers/{LISTS[slug].layer_name}.csv" in page


@pytest.mark.parametrize("slug", LISTS)
def test_every_list_asks_few_queries(client, slug, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page_of(client, slug)


@pytest.mark.parametrize("row_list", LISTS.values(), ids=LISTS)
def test_every_list_shows_and_filters_by_declared_fields(row_list):
    assert {*row_list.columns, *row_list.filters} <= set(row_list.field_of)


def test_a_filtered_count_is_visible(client):
    text = text_of(page_of(client, "ouvrages", kind="commissariat"))
    assert "9 sur 31 (9 lignes de la table sur 34" in text


def test_a_search_needs_no_accents_and_all_its_words(client):
    assert "3 sur 31" in text_of(page_of(client, "ouvrages", q="DJENNE"))
    assert "1 sur 31" in text_of(page_of(client, "ouvrages", q="djenne faible"))


def test_a_search_that_finds_nothing_says_what_to_do(client):
    assert "Aucune ligne ne répond à ces choix." in page_of(client, "risques", q="xylophone")


def test_a_joint_value_is_shown_once_for_all_its_places(client):
    joint = Result.objects.filter(value_scope="joint").first()
    text = text_of(page_of(client, "resultats", q=joint.description_en))
    assert text.count(f"valeur commune à {joint.n_places} lieux") == 1
    for place in Result.objects.filter(result_id=joint.result_id).values_list("place", flat=True):
        assert place in text


def test_a_joint_amount_is_shown_once_for_its_four_places(client):
    text = text_of(page_of(client, "ouvrages", kind="cndh_antenna"))
    assert text.count("montant commun à 4 lieux") == 1
    assert "Mopti , Kayes , Gao , Sikasso" in text


def test_both_variants_of_an_indicator_stand_side_by_side_marked_where_they_differ(client):
    page = page_of(client, "indicateurs", q="1.2.1")
    assert re.search(
        r'class="is-marked" lang="fr">276<span class="table__under">17 cercles : 233</span>', page
    )
    equal = Indicator.objects.get(framework="21 cercles", indicator_id="1.2.1").target_2021
    assert f'<td lang="fr">{equal}</td>' in page


def test_names_are_sorted_as_a_reader_reads_them(client):
    places = first_cells(page_of(client, "lieux", tri="place"))
    plain = [name.replace("é", "e").replace("É", "E").replace("è", "e").casefold() for name in places]
    assert plain == sorted(plain)
    assert first_cells(page_of(client, "lieux", tri="-place"))[-1] == places[0] or len(places) == 100


def test_numbers_are_sorted_as_numbers_and_the_unknown_come_last(client):
    page = page_of(client, "ouvrages", tri="-usd_total")
    assert first_cells(page)[0] == "—"  # The largest has no place: it is told of the target zones.
    unknown = PlannedWork.objects.filter(usd_total__isnull=True).count()
    assert unknown == 4
    assert all(
        place in ("Djenné", "Douentza", "Koro", "Diéma")
        for place in (re.sub(r"<.*", "", cell) for cell in first_cells(page)[-unknown:])
    )


def test_a_long_list_is_cut_in_pages_of_a_hundred(client):
    assert Acronym.objects.count() == 155
    assert len(first_cells(page_of(client, "sigles"))) == 100
    assert len(first_cells(page_of(client, "sigles", page=2))) == 55
    assert first_cells(page_of(client, "sigles", page=99)) == first_cells(page_of(client, "sigles", page=2))
    assert first_cells(page_of(client, "sigles", page="x")) == first_cells(page_of(client, "sigles"))


def test_an_order_that_is_no_column_is_the_documents(client):
    assert first_cells(page_of(client, "risques", tri="pk")) == first_cells(page_of(client, "risques"))


def test_a_list_that_does_not_exist_is_not_found(client):
    assert client.get("/programme/listes/secrets/").status_code == 404


def test_a_place_that_is_a_cercle_leads_to_its_sheet(client):
    assert re.search(r'<a href="/cercles/ML\d+/">Koro</a>', page_of(client, "ouvrages", q="koro"))
