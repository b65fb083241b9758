"""The pages of imports: who opens them, what each step shows, without a script."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.imports import jobs
from apps.imports.models import Import
from apps.infrastructure.models import Institution
from tests.conftest import PERSONAS
from tests.imports.conftest import again

pytestmark = pytest.mark.django_db

KEEPERS = {"data_keeper", "administrator"}

ROWS = (
    "identifiant;sorte;nom;longitude;latitude\n"
    "A1;commissariat;Commissariat d’Alpha;-4,5;13,25\n"
    "A2;tribunall;Tribunal <b>gras</b>;-2,5;13,75\n"
)
TOLD = {"kind": "institutions", "publisher": "Ministère d’essai", "licence": "CC0", "access": "public"}


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def sent(client, content=ROWS, **about):
    """Send a file by the form; return the answer."""
    file = SimpleUploadedFile("registre.csv", content.encode())
    return client.post("/donnees/importer/nouveau/", {**TOLD, **about, "file": file})


def worked():
    """Do what the worker does for the latest import; return it."""
    return jobs.run(Import.objects.first().pk)


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_data_keepers_import_and_the_others_are_told_whom_to_ask(persona, as_persona, received):
    import_ = again(received("institutions", ROWS))
    client = as_persona(persona)
    page = f"/donnees/importer/{import_.pk}/"
    for address in (
        "/donnees/importer/",
        "/donnees/importer/nouveau/",
        page,
        f"{page}etat.json",
        f"{page}refus/",
    ):
        response = client.get(address)
        expected = 200 if persona in KEEPERS else 302 if persona == "anonymous" else 403
        assert response.status_code == expected, address
        if response.streaming:
            assert b"tribunall" in b"".join(response.streaming_content)
        if expected == 403:
            assert "gardien des données" in text_of(response)
    for step in ("colonnes/", "colonnes/retenir/", "essai/", "charger/", "annuler/"):
        response = client.post(page + step)
        if persona in KEEPERS:
            assert (response.status_code, response["Location"]) == (302, page)
        else:
            assert response.status_code == (302 if persona == "anonymous" else 403)
            assert response.get("Location", "") != page


@pytest.mark.parametrize(("persona", "is_linked"), [("partner", False), ("data_keeper", True)])
def test_data_keepers_find_the_imports_from_the_page_of_data(persona, is_linked, as_persona):
    page = as_persona(persona).get("/donnees/chargements/").content.decode()
    assert ('href="/donnees/importer/"' in page) is is_linked


def test_a_file_goes_from_the_form_to_the_register(as_persona):
    client = as_persona("data_keeper")
    page = sent(client)["Location"]
    waiting = client.get(page).content.decode()
    assert "lecture en cours" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting

    import_ = worked()
    columns = text_of(client.get(page))
    assert "colonnes à vérifier" in columns
    assert "nom connu" in columns
    assert "Commissariat d’Alpha" in columns
    mapping = {f"field-{name}": header for name, header in import_.mapping.items()}
    client.post(f"{page}colonnes/", {**mapping, "do": "try"})
    worked()

    difference = client.get(page).content.decode()
    assert "« tribunall » n&#x27;est pas une valeur connue." in difference.replace("\u00a0", " ")
    assert "Charger 1 ligne" in difference
    added = client.get(f"{page}?lignes=added")
    assert "Commissariat d’Alpha" in text_of(added)
    refused = client.get(f"{page}refus/")
    assert "registre_refus.csv" in refused["Content-Disposition"]
    assert b"tribunall" in b"".join(refused.streaming_content)

    client.post(f"{page}charger/")
    done = worked()
    assert f"/donnees/chargements/{done.load_id}/" in client.get(page).content.decode()
    assert Institution.objects.get(register="Ministère d’essai").name == "Commissariat d’Alpha"
    assert done.made_by.username == "test-data_keeper"


def test_text_of_a_file_stays_text(as_persona):
    client = as_persona("data_keeper")
    page = sent(client, ROWS.replace("tribunall", "TGI"))["Location"]
    again(worked())
    for address in (page, f"{page}?lignes=added", f"{page}?colonnes"):
        assert "<b>gras</b>" not in client.get(address).content.decode()


def test_corrected_columns_are_kept_and_saved_for_the_publisher(as_persona):
    client = as_persona("data_keeper")
    page = sent(client, ROWS.replace(";nom;", ";libellé;"))["Location"]
    import_ = worked()
    mapping = {f"field-{name}": header for name, header in import_.mapping.items()}
    client.post(f"{page}colonnes/", {**mapping, "field-name": "libellé", "do": "look"})
    shown = client.get(page).content.decode()
    assert "choisie ici" in shown
    client.post(f"{page}colonnes/retenir/")
    sent(client, ROWS.replace(";nom;", ";libellé;"))
    assert worked().mapping["name"] == "libellé"


def test_an_edition_that_nobody_knows_is_said_with_those_known(as_persona):
    response = sent(as_persona("data_keeper"), edition="1812")
    assert response.status_code == 400
    assert "Cette édition n’est pas connue ici." in text_of(response)
    assert not Import.objects.exists()


def test_a_body_too_large_is_refused_before_it_is_read(as_persona):
    for persona, size in (("partner", 4_000_000), ("data_keeper", 250_000_000)):
        response = as_persona(persona).post(
            "/donnees/importer/nouveau/", b"", content_type="text/plain", CONTENT_LENGTH=str(size)
        )
        assert response.status_code == 413
        assert "Rien n’a été reçu" in text_of(response)


def test_the_list_says_where_each_import_is(as_persona, django_assert_max_num_queries):
    client = as_persona("data_keeper")
    sent(client)
    worked()
    sent(client, "")
    with django_assert_max_num_queries(12):
        page = text_of(client.get("/donnees/importer/"))
    assert "2 imports" in page or "1 import" in page
    assert "colonnes à vérifier" in page


def test_the_pages_are_in_english_too(as_persona):
    client = as_persona("data_keeper")
    page = sent(client)["Location"]
    again(worked())
    shown = text_of(client.get(f"{page}?lang=en"))
    assert "Load 1 row" in shown
    assert "Difference" in shown
    assert "Différence" not in shown
