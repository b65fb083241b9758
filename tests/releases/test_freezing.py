"""A data keeper freezes what is loaded: every public layer, nothing else, all or nothing."""

import csv
import json
import shutil
from datetime import UTC, date, datetime
from io import StringIO

import pyogrio
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.boundaries.models import Settlement
from apps.releases import making, services, signing
from apps.releases.models import Release, ReleaseKey
from apps.releases.verifying import verify
from apps.sources.models import Load
from apps.sources.services import touch
from tests.releases.conftest import CLOSED_EVENT, made, towns
from tests.releases.folders import NAME, a_key, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_releases")]

THIRD = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def only_two(two_releases):
    """Take away what a test made beside the two releases of the module."""
    yield
    for path in two_releases.iterdir():
        if path.name not in ("2026-11-01", NAME):
            shutil.rmtree(path)


def first():
    return Release.objects.get(name="2026-11-01")


def second():
    return Release.objects.get(name=NAME)


def said(command, *words):
    out = StringIO()
    call_command(command, *words, stdout=out, stderr=out)
    return out.getvalue()


def test_it_holds_every_public_layer_in_three_formats_and_says_so_of_itself(two_releases):
    release = second()
    told = verify(release.folder, trusted={ReleaseKey.objects.get().fingerprint}).manifest
    assert told == release.manifest
    assert {"regions", "cercles", "communes", "settlements", "event_counts"} <= set(told["layers"])
    for layer in told["layers"]:
        for extension in ("geojson", "csv", "gpkg"):
            assert f"layers/{layer}.{extension}" in told["files"]
        assert f"metadata/{layer}.jsonld" in told["files"]
    for path in ("README.md", "CHANGELOG.md", "changes.json", "CITATION.cff", "citation.bib", "verify.py"):
        assert path in told["files"]
    assert told["layers"]["cercles"]["rows"] == 3
    assert told["layers"]["cercles"]["sources"][0]["sha256"]
    assert {path.name for path in two_releases.iterdir()} == {"2026-11-01", NAME}


def test_its_formats_hold_the_same_rows():
    folder = second().folder / "layers"
    names = {"Alpha-ville", "Gamma la Grande", "Bêta-ville", "Bêta-gare", "Gamma-gare"}
    features = json.loads((folder / "settlements.geojson").read_text())["features"]
    assert {each["properties"]["name"] for each in features} == names
    with (folder / "settlements.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} == names
    assert set(pyogrio.read_dataframe(folder / "settlements.gpkg", layer="settlements")["name"]) == names


def test_it_names_the_one_before_and_what_differs_is_counted_by_hand():
    release, before = second(), first()
    assert before.manifest["previous"] is None
    assert release.manifest["previous"] == {"name": "2026-11-01", "manifest_sha256": before.manifest_sha256}
    found = release.changes["layers"]["settlements"]
    assert (found["added"], found["changed"], found["removed"], found["unchanged"]) == (3, 1, 2, 1)
    assert found["changed_fields"] == {"name": 1}
    assert found["by_area"] == {
        "ML9101": {"added": 0, "changed": 0, "removed": 2},
        "ML9201": {"added": 2, "changed": 0, "removed": 0},
        "ML9202": {"added": 1, "changed": 1, "removed": 0},
    }
    assert release.changes["totals"] == {"added": 3, "changed": 1, "removed": 2}
    named = json.loads((release.folder / "changes.json").read_text())["layers"]["settlements"]["named"]
    assert named["removed"] == ["Alpha-gare", "Alpha-port"]
    assert "| `settlements` | 3 | 1 | 2 | name (1) |" in (release.folder / "CHANGELOG.md").read_text()


def test_rows_of_a_closed_source_are_in_no_file():
    assert "events" not in second().manifest["layers"]
    assert "planned_works" not in second().manifest["layers"]
    for path in second().folder.rglob("*"):
        assert path.is_dir() or CLOSED_EVENT.encode() not in path.read_bytes(), path
    counts = json.loads((second().folder / "layers" / "event_counts.geojson").read_text())["features"]
    assert [each["properties"]["events"] for each in counts] == [1], "counts are public"


def test_a_release_that_would_hold_a_closed_row_is_not_made(two_releases):
    towns(f"près de {CLOSED_EVENT}")
    release = made(THIRD)
    assert release.state == "failed"
    assert CLOSED_EVENT in release.message
    assert "layers/settlements." in release.message
    assert {path.name for path in two_releases.iterdir()} == {"2026-11-01", NAME}


def test_the_place_and_day_of_a_closed_event_are_a_trace(two_releases):
    places = making.closed_events().places
    assert places == {(-4.51234, 13.21234, "2020-10-15")}
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="public")
    assert not making.closed_events().places, "what is public gives nothing away"


def test_frozen_again_only_what_time_tells_differs(two_releases, tmp_path):
    folders = []
    for number in (1, 2):
        folder = tmp_path / str(number) / NAME
        folder.mkdir(parents=True)
        moment = datetime(2026, 11, 30, 12, tzinfo=UTC)
        making.write(NAME, folder, made_at=moment, step=lambda done, total: None)
        folders.append(folder)
    one, other = (making.manifests.listed(folder) for folder in folders)
    assert one == other
    assert (folders[0] / "manifest.json.sig").read_bytes() == (folders[1] / "manifest.json.sig").read_bytes()


def test_interrupted_it_leaves_nothing_and_can_be_made_again(two_releases):
    asked = services.asked(author=None, today=THIRD)

    def killed(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.make(asked.pk, step=killed)
    assert {path.name for path in two_releases.iterdir()} == {"2026-11-01", NAME}
    assert Release.objects.get(pk=asked.pk).state == "failed"
    (two_releases / making.WORKPLACE / "2026-11-30" / "layers").mkdir(parents=True)
    assert made(THIRD).state == "done", "what a killed one left is no hindrance"
    assert {path.name for path in two_releases.iterdir()} == {"2026-11-01", NAME, "2026-11-30"}


def test_rows_that_change_all_the_while_are_no_release(two_releases):
    Load.objects.update(access="signed_in")
    asked = services.asked(author=None, today=THIRD)
    services.make(asked.pk, step=lambda done, total: touch("event_counts"))
    assert "trois fois" in Release.objects.get(pk=asked.pk).message
    assert {path.name for path in two_releases.iterdir()} == {"2026-11-01", NAME}


def test_a_folder_that_stands_without_its_row_is_told_of_not_made_anew():
    release = second()
    made_at = (release.folder / "manifest.json").stat().st_mtime
    Release.objects.filter(pk=release.pk).update(state="running", manifest={}, manifest_sha256="")
    services.make(release.pk)
    again = second()
    assert (again.state, again.manifest) == ("done", release.manifest)
    assert (again.folder / "manifest.json").stat().st_mtime == made_at


def test_releases_are_adopted_after_the_database_was_restored():
    before = second()
    Release.objects.all().delete()
    ReleaseKey.objects.all().delete()
    assert "Would adopt 2" in said("adopt_releases", "--dry-run")
    assert not Release.objects.exists()
    assert "Adopted 2 releases, refused 0" in said("adopt_releases")
    assert second().manifest_sha256 == before.manifest_sha256
    assert second().changes == before.changes
    assert "Adopted 0" in said("adopt_releases")


def test_a_folder_that_others_signed_is_not_adopted(two_releases):
    signed(two_releases, key=a_key(9), name="2026-12-01")
    with pytest.raises(CommandError, match="2026-12-01"):
        said("adopt_releases")
    assert not Release.objects.filter(name="2026-12-01").exists()


def test_without_a_key_nothing_is_frozen(settings, tmp_path):
    settings.RELEASE_KEY = tmp_path / "none.pem"
    release = made(THIRD)
    assert (release.state, "ensure_release_key" in release.message) == ("failed", True)


def test_another_key_takes_the_place_of_the_first_which_keeps_its_releases(settings, tmp_path):
    settings.RELEASE_KEY = tmp_path / "other.pem"
    assert "took the place" in said("ensure_release_key")
    assert ReleaseKey.objects.filter(until=None).get().fingerprint != second().key.fingerprint
    assert "Verified" in said("verify_release", second().folder), "by the key that it was signed with"


def test_the_command_refuses_what_no_key_of_this_site_signed(tmp_path):
    with pytest.raises(SystemExit) as ended:
        said("verify_release", signed(tmp_path, key=a_key(9)))
    assert ended.value.code == 1


def test_names_are_days_and_numbers_of_a_day():
    assert services.name_for(THIRD) == "2026-11-30"
    assert services.name_for(date(2026, 11, 23)) == "2026-11-23.2"
    for name in (NAME, "demain", "2026-02-30", "../x"):
        with pytest.raises(services.NotNow):
            services.name_for(THIRD, name)


def test_one_is_made_at_a_time():
    release = services.begin(author=None, today=THIRD)
    assert ProcrastinateJob.objects.get(task_name=services.TASK).args == {"release_id": release.pk}
    with pytest.raises(services.NotNow, match="2026-11-30"):
        services.begin(author=None, today=THIRD)


def test_one_whose_worker_died_is_queued_again_three_times():
    release = services.begin(author=None, today=THIRD)
    assert services.resume_cut_short(timezone.now()) == 0, "its job still waits"
    ProcrastinateJob.objects.filter(task_name=services.TASK).update(status="failed")
    assert services.resume_cut_short(timezone.now()) == 1
    ProcrastinateJob.objects.filter(task_name=services.TASK).update(status="failed")
    services.resume_cut_short(timezone.now())
    ProcrastinateJob.objects.filter(task_name=services.TASK).update(status="failed")
    services.resume_cut_short(timezone.now())
    release.refresh_from_db()
    assert (release.state, bool(release.message)) == ("failed", True)


def test_a_release_that_stands_is_signed():
    with pytest.raises(IntegrityError, match="release_that_stands_is_signed"), transaction.atomic():
        Release.objects.filter(name=NAME).update(manifest_sha256="")


@pytest.mark.parametrize("text", ["10.5281/zenodo.1234567", "https://doi.org/10.5281/zenodo.1234567"])
def test_a_doi_is_kept(text):
    services.keep_doi(second(), text)
    assert second().doi == "10.5281/zenodo.1234567"


def test_what_is_no_doi_is_refused():
    with pytest.raises(services.NotADoi):
        services.keep_doi(second(), "javascript:alert(1)")


def test_a_try_keeps_nothing(two_releases):
    Settlement.objects.all().delete()
    assert "Would release" in said("make_release", "--dry-run")
    assert {path.name for path in two_releases.iterdir()} == {"2026-11-01", NAME}
    assert signing.private_key(two_releases.parent / "release_key.pem")
