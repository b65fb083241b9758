"""From step to step: what a file shows, what is saved, what changed meanwhile, stopping, beginning again."""

import io

import pytest
from django.core.management import CommandError, call_command

from apps.imports import jobs, services, tasks, uploads, work
from apps.imports.models import Import, SavedMapping
from apps.imports.queries import Cancelled, SideLine
from apps.infrastructure.models import Institution
from apps.sources.models import Load
from layers.imports.formats import LARGEST_BYTES
from tests.imports.conftest import again, applied, counts, rows

pytestmark = pytest.mark.django_db

ROWS = (
    "identifiant;sorte;nom;longitude;latitude\n"
    "A1;commissariat;Commissariat d’Alpha;-4,5;13,25\n"
    "A2;TGI;Tribunal de Gamma;-2,5;13,75\n"
)


def ours():
    return Institution.objects.filter(register="Ministère d’essai")


def test_a_file_that_is_no_table_is_refused_with_the_reason_and_its_bytes_go(received, uploads):
    import_ = received("institutions", b"%PDF-1.7 ...", "registre.pdf")
    assert import_.state == "refused"
    assert "PDF" in import_.message
    assert not list(uploads.rglob("*.pdf"))


def test_a_file_larger_than_the_limit_leaves_nothing(keeper, settings):
    chunk = b"x" * 10_000_000
    with pytest.raises(uploads.TooLarge):
        services.receive(
            (chunk for _ in range(LARGEST_BYTES // len(chunk) + 1)),
            "grand.csv",
            kind="institutions",
            by=keeper,
            access="public",
        )
    assert not Import.objects.exists()
    assert not list(settings.UPLOADS_DIR.glob("*"))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\dossier\\liste.csv", "liste.csv"),
        (".caché", "caché"),
        ("", "fichier"),
        (f"{'a' * 300}.xlsx", f"{'a' * 116}.xlsx"),
    ],
)
def test_a_name_leads_nowhere_else(told, kept):
    assert uploads.safe_name(told) == kept


def test_columns_saved_for_a_publisher_are_taken_for_its_next_file(received, keeper):
    strange = ROWS.replace("identifiant;sorte;nom", "réf;quoi;libellé")
    first = received("institutions", strange)
    assert "kind" not in first.mapping
    services.choose_columns(first, first.mapping | {"kind": "quoi", "name": "libellé", "source_id": "réf"})
    assert services.remember_columns(first, by=keeper)
    second = received("institutions", strange)
    assert second.mapping["kind"] == "quoi"
    assert second.found["matches"]["kind"]["how"] == "saved"
    assert counts(again(second)) == {"added": 2}
    other = received("institutions", strange, publisher="Un autre")
    assert "kind" not in other.mapping
    assert SavedMapping.objects.get().saved_by == keeper


def test_swapped_coordinates_are_offered_swapped(received):
    swapped = ROWS.replace("longitude;latitude", "latitude;longitude")
    import_ = received("institutions", swapped)
    assert import_.found["swapped"]
    refused = again(import_)
    assert counts(refused) == {"refused": 2}
    services.choose_columns(refused, refused.mapping, options={"swap": True})
    assert counts(again(refused)) == {"added": 2}


def test_refused_rows_come_back_as_the_same_file_and_go_in_once_mended(tried, received):
    broken = tried("institutions", ROWS.replace("TGI", "tribunall"))
    assert counts(broken) == {"added": 1, "refused": 1}
    applied(broken)
    given_back = uploads.refusals_of(broken.pk)
    text = given_back.read_text(encoding="utf-8-sig")
    assert given_back.name == "fichier_refus.csv"
    assert text.splitlines()[0] == "identifiant;sorte;nom;longitude;latitude;refus"
    assert "ligne 3, colonne sorte" in text
    mended = again(received("institutions", text.replace("tribunall", "TGI"), given_back.name))
    assert counts(mended) == {"added": 1, "gone": 1}
    applied(mended)
    assert ours().count() == 2


def test_what_changed_since_the_trial_stops_the_load_and_is_shown(tried):
    applied(tried("institutions", ROWS))
    import_ = tried("institutions", ROWS.replace("Tribunal de Gamma", "TGI de Gamma"))
    ours().filter(source_id="A2").update(name="Autre nom")
    stopped = applied(import_)
    assert (stopped.state, stopped.message) == ("tried", services.CHANGED_SINCE)
    assert ours().get(source_id="A2").name == "Autre nom"
    assert rows(stopped, "changed")[0].former["name"] == "Autre nom"
    applied(stopped)
    assert ours().get(source_id="A2").name == "TGI de Gamma"


class Impatient:
    """Asks to stop at a row."""

    def __init__(self, row):
        self.row = row

    def __call__(self, done, total=None):
        if done >= self.row:
            raise Cancelled


def test_a_load_that_is_stopped_leaves_the_former_rows(tried):
    applied(tried("institutions", ROWS))
    import_ = tried("institutions", ROWS.replace("Alpha;-4,5", "ailleurs;-4,4"))
    loads = Load.objects.count()
    with pytest.raises(Cancelled):
        work.apply(import_, step=Impatient(2))
    assert ours().get(source_id="A1").name == "Commissariat d’Alpha"
    assert Load.objects.count() == loads


def test_an_import_that_nobody_has_begun_is_cancelled_at_once_and_can_be_tried_again(received):
    import_ = received("institutions", ROWS)
    services.begin_trial(import_)
    services.ask_to_cancel(import_)
    assert import_.state == "cancelled"
    assert jobs.run(import_.pk).state == "cancelled"
    assert counts(again(import_)) == {"added": 2}


def test_an_import_whose_worker_died_is_queued_again_but_not_for_ever(received):
    import_ = received("institutions", ROWS)
    services.begin_trial(import_)
    Import.objects.filter(pk=import_.pk).update(job_id=None)
    tasks.resume_imports(0)
    import_.refresh_from_db()
    assert import_.job_id is not None
    Import.objects.filter(pk=import_.pk).update(job_id=None, attempts=services.MOST_ATTEMPTS)
    assert services.resume_cut_short() == 1
    import_.refresh_from_db()
    assert (import_.state, import_.message) == ("failed", services.CUT_SHORT)


def test_one_import_is_in_one_hand_only(received):
    import_ = received("institutions", ROWS)
    services.begin_trial(import_)
    with SideLine(import_.pk) as other:
        assert other.hold()
        assert jobs.run(import_.pk).state == "trying"
        assert services.resume_cut_short() == 0
    assert jobs.run(import_.pk).state == "tried"


def test_a_session_that_the_server_has_not_ended_yet_holds_nothing(received, monkeypatch):
    import_ = received("institutions", ROWS)
    services.begin_trial(import_)
    with SideLine(import_.pk) as former:
        assert former.hold()
        end = former.connection.close
        monkeypatch.setattr(former.connection, "close", lambda: None)
    assert jobs.run(import_.pk).state == "tried"
    end()


def test_a_step_taken_twice_is_refused_the_second_time(tried):
    import_ = tried("institutions", ROWS)
    stale = Import.objects.get(pk=import_.pk)
    applied(import_)
    with pytest.raises(services.WrongStep):
        services.begin_applying(stale)


# --- The command ---------------------------------------------------------------------------------------


@pytest.fixture
def command(db, tmp_path):
    def run(content, *options, name="liste.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        code = 0
        try:
            call_command(
                "import_file",
                "institutions",
                path,
                "--publisher",
                "Ministère d’essai",
                *options,
                stdout=out,
                stderr=err,
            )
        except SystemExit as end:
            code = end.code
        return code, out.getvalue(), err.getvalue()

    return run


def test_the_command_does_what_the_page_does(command):
    code, out, _ = command(ROWS, "--dry-run")
    assert (code, out.strip()) == (
        0,
        "liste.csv: 2 added, 0 changed, 0 unchanged, 0 gone, 0 refused, 0 waiting. Nothing written.",
    )
    assert not ours().exists()
    assert command(ROWS)[0] == 0
    assert ours().count() == 2
    assert "Nothing to write" in command(ROWS)[1]


def test_the_command_gives_refused_rows_back_and_ends_with_3(command, tmp_path):
    refusals = tmp_path / "refus.csv"
    code, _, err = command(ROWS.replace("TGI", "tribunall"), "--refusals", str(refusals))
    assert code == 3
    assert "ligne 3" in err
    assert "tribunall" in refusals.read_text()
    assert ours().count() == 1


def test_the_command_says_why_nothing_was_written(command):
    with pytest.raises(CommandError, match="aucune colonne ne donne"):
        command("a;b\n1;2\n")
    strange = ROWS.replace("sorte", "quoi")
    assert command(strange, "--map", "kind=quoi")[0] == 0
