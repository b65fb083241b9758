"""Files of a run: asked for once, made by the worker, kept as long as they say what is so."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.area_tables.services import save_table
from apps.boundaries.models import Edition
from apps.runs import files
from apps.runs.models import Run, RunFile
from tests import small_country
from tests.conftest import PERSONAS
from tests.maps.memo.conftest import VIOLENCE, asked, run_of

State = RunFile.State


def address(run, name=""):
    return f"/ciblage/notes/{run.pk}/{name}"


def jobs():
    return ProcrastinateJob.objects.filter(task_name="runs.make_file").count()


def finished(file, body=b"%PDF-1.7 essai"):
    """Stand in for the worker where what is printed does not matter."""
    RunFile.objects.filter(pk=file.pk).update(state=State.RUNNING)
    files.keep(file, body)


# --- Asked for ------------------------------------------------------------------------------------


def test_a_file_is_made_once_however_often_it_is_asked_for(run):
    first = files.ask_for(run, "memo", "fr")
    assert files.ask_for(run, "memo", "fr").pk == first.pk
    assert jobs() == 1
    finished(first)
    assert files.ask_for(run, "memo", "fr").state == State.DONE
    assert jobs() == 1
    files.ask_for(run, "memo", "en")
    assert jobs() == 2


def test_a_file_that_got_lost_with_its_worker_may_be_asked_for_again(run):
    file = files.ask_for(run, "memo", "fr")
    RunFile.objects.filter(pk=file.pk).update(
        state=State.RUNNING, asked_at=timezone.now() - files.PATIENCE - timedelta(seconds=1)
    )
    assert files.ask_for(run, "memo", "fr").state == State.WAITING
    assert jobs() == 2


def test_a_run_with_another_name_has_its_files_made_anew(run, client):
    finished(files.ask_for(run, "memo", "fr"))
    assert client.get(address(run, "note_fr.pdf")).status_code == 200
    Run.objects.update(name="Autre nom")
    run.refresh_from_db()
    assert files.of(run) == {}
    assert client.get(address(run, "note_fr.pdf")).status_code == 404
    assert files.ask_for(run, "memo", "fr").state == State.WAITING


def test_who_comes_late_writes_nothing_over_a_file_of_another_name(run):
    file = files.ask_for(run, "memo", "fr")
    Run.objects.update(name="Autre nom")
    run.refresh_from_db()
    files.ask_for(run, "memo", "fr")
    finished(file)
    assert RunFile.objects.get().state != State.DONE


@pytest.fixture
def without_pango(tmp_path, monkeypatch):
    """A machine on which WeasyPrint does not find what it needs."""
    why = "cannot load library 'libpango-1.0-0'"
    (tmp_path / "nothing_prints_here.py").write_text(f'raise OSError("{why}")')
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(files, "PRINTING", "nothing_prints_here")


@pytest.mark.usefixtures("without_pango")
def test_a_machine_that_cannot_print_names_what_it_lacks_and_may_be_asked_again(run, client):
    file = files.ask_for(run, "memo", "fr")
    files.make(file.pk)
    page = client.get(address(run)).content.decode()
    assert "libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0" in page
    assert "Demander encore" in page
    client.post(address(run), {"file": "note_fr.pdf"})
    assert RunFile.objects.get().state == State.WAITING
    assert RunFile.objects.get().message == ""


def test_a_map_of_boundaries_that_are_gone_says_so(run):
    Run.objects.filter(pk=run.pk).update(answer=run.answer.replace("Petit pays", "Autre pays"))
    assert not Edition.objects.filter(name="Autre pays").exists()
    file = files.ask_for(run, "map", "fr")
    files.make(file.pk)
    file.refresh_from_db()
    assert (file.state, file.body) == (State.FAILED, None)
    assert "L’édition Autre pays des limites n’est plus ici" in file.message


# --- Pages ----------------------------------------------------------------------------------------


def test_the_page_asks_waits_and_gives(run, client):
    assert client.get(address(run)).content.decode().count("Préparer") == 4
    assert client.post(address(run), {"file": "note_fr.pdf"}).status_code == 302
    page = client.get(address(run)).content.decode()
    assert 'http-equiv="refresh"' in page
    assert page.count("<progress") == 1
    state = client.get(address(run, "etat.json"))
    assert state.json() == {"note_fr.pdf": {"state": "waiting", "done": 0, "total": None}}
    finished(RunFile.objects.get())
    page = client.get(address(run)).content.decode()
    assert f'href="{address(run, "note_fr.pdf")}" download' in page
    assert 'http-equiv="refresh"' not in page


def test_a_file_is_saved_under_the_name_of_its_run_and_not_sent_twice(run, client):
    finished(files.ask_for(run, "memo", "fr"))
    answer = client.get(address(run, "note_fr.pdf"))
    assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7 essai")
    name = f"maillage_essai-du-petit-pays_{run.hash[:8]}_fr.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    again = client.get(address(run, "note_fr.pdf"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["carte_fr.png", "note_de.pdf", "autre"])
def test_what_is_not_there_is_not_found(run, client, name):
    assert client.get(address(run, name)).status_code == 404


def test_a_file_that_nobody_makes_cannot_be_asked_for(run, client):
    assert client.post(address(run), {"file": "note_de.pdf"}).status_code == 404


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_closed_run_has_files_for_those_who_may_see_choices(persona, country, as_persona):
    run = run_of(asked(), is_public=False)
    finished(files.ask_for(run, "memo", "fr"))
    client = as_persona(persona)
    expected = 200 if persona in {"planner", "data_keeper", "administrator"} else 404
    for each in ("", "etat.json", "note_fr.pdf"):
        assert client.get(address(run, each)).status_code == expected
    assert client.post(address(run), {"file": "carte_fr.png"}).status_code == (
        302 if expected == 200 else 404
    )


@pytest.fixture
def restricted_run(country):
    """A public run that rests on a table for data keepers."""
    load = small_country.recorded("area_table", small_country.Contents.OTHER, "t.csv", access="data_keepers")
    save_table("secret", "Indice", "", "", 2, [], load, method="", as_of=None, made_by=None)
    table = {"key": "index", "indicator": "table", "table": "secret", "weight": 1}
    return run_of(asked(zones=[{"key": "all", "criteria": [VIOLENCE, table]}]))


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_run_on_a_restricted_table_has_files_for_its_readers_only(persona, restricted_run, as_persona):
    finished(files.ask_for(restricted_run, "memo", "fr"))
    client = as_persona(persona)
    reads = persona in {"data_keeper", "administrator"}
    page = client.get(address(restricted_run))
    assert page.status_code == (200 if reads else 403)
    assert ("tableau d’accès restreint" in page.content.decode()) is not reads
    for each in ("etat.json", "note_fr.pdf"):
        assert client.get(address(restricted_run, each)).status_code == (200 if reads else 404)
    asking = client.post(address(restricted_run), {"file": "note_en.pdf"})
    assert asking.status_code == (302 if reads else 403)
    assert RunFile.objects.count() == (2 if reads else 1)
