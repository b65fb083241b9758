"""A layer taken away as a file: asked, made, fetched, expired."""

import gzip
import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.exports import services, writing
from apps.exports.formats import FORMATS
from apps.exports.models import Export
from apps.exports.orders import order_of
from apps.exports.selection import selected, selection_of
from apps.sources.models import LayerRevision, Load
from apps.sources.services import touch
from layers.catalogue import LAYERS

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
IN_MOPTI = "region=ML05"


def ordered(layer="cercles", format_="geojson", query="", *, user=NOBODY, language="fr"):
    selection, access = selected(user, LAYERS[layer], FORMATS[format_], QueryDict(query), language=language)
    return order_of(selection, access)


@pytest.fixture
def nothing_at_once(monkeypatch):
    """Leave every file to the worker, as if it were large."""
    monkeypatch.setattr(writing, "LARGEST_AT_ONCE", -1)


def got(client, address, **headers):
    """Return the answer to a GET, read whole: its bytes are its `body`."""
    answer = client.get(address, headers=headers)
    answer.body = answer.getvalue()
    return answer


@pytest.fixture
def fetch(client):
    """Return `got` of somebody who is not signed in."""
    return partial(got, client)


def close_the_events():
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")


def test_a_small_layer_is_sent_at_once_and_kept(fetch):
    answer = fetch(f"/telecharger/cercles.geojson?{IN_MOPTI}")
    body = answer.body
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json"
    assert "maillage_cercles_ml05_" in answer["Content-Disposition"]
    assert answer["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    told = json.loads(body)
    assert {each["properties"]["region"] for each in told["features"]} == {"ML05"}
    assert told["about"]["rows"] == len(told["features"])
    assert told["about"]["filter"] == {"region": "ML05"}
    assert told["about"]["sources"][0]["sha256"]
    assert told["about"]["approximate"] is True
    assert Export.objects.get().sha256 == hashlib.sha256(body).hexdigest()


def test_asked_again_the_same_file_is_sent(fetch):
    first = fetch("/telecharger/cercles.csv")["ETag"]
    again = fetch("/telecharger/cercles.csv", **{"If-None-Match": first})
    assert again.status_code == 304
    assert Export.objects.count() == 1


def test_a_text_comes_compressed_to_who_takes_it_so_and_is_resumed_as_such(fetch):
    plain = fetch("/telecharger/cercles.geojson")
    packed = fetch("/telecharger/cercles.geojson", **{"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.body) == plain.body
    assert 3 * len(packed.body) < len(plain.body)
    assert packed["ETag"] != plain["ETag"]
    rest = fetch(
        "/telecharger/cercles.geojson",
        **{"Accept-Encoding": "gzip, br", "Range": "bytes=1000-", "If-Range": packed["ETag"]},
    )
    assert (rest.status_code, rest.body) == (206, packed.body[1000:])
    other = fetch("/telecharger/cercles.geojson", **{"Range": "bytes=1000-", "If-Range": packed["ETag"]})
    assert (other.status_code, other.body) == (200, plain.body), "begun compressed, it is begun anew"


def test_an_empty_field_of_a_form_asks_for_all(fetch):
    fetch("/telecharger/cercles.csv")
    fetch("/telecharger/cercles.csv?region=&cercle=")
    assert Export.objects.count() == 1


def test_areas_come_in_full_detail_unless_another_is_asked():
    assert selection_of(ordered().asked).question.detail == "full"
    assert selection_of(ordered(query="detail=low").asked).question.detail == "low"


def test_rows_that_changed_make_another_file(fetch):
    before = ordered().key
    touch("cercles")
    assert ordered().key != before


def test_another_language_or_filter_is_another_file():
    keys = {
        ordered().key,
        ordered(language="en").key,
        ordered(query=IN_MOPTI).key,
        ordered(format_="csv").key,
    }
    assert len(keys) == 4


def test_a_form_leads_to_the_address_of_the_file(fetch):
    answer = fetch("/telecharger/cercles/?f=hxl&region=ML05&since=")
    assert answer.status_code == 302
    assert answer.url == "/telecharger/cercles.hxl.csv?region=ML05"


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/telecharger/cantons.csv", 404, "adresse"),
        ("/telecharger/cercles.exe", 404, "adresse"),
        ("/telecharger/cercles.csv?cercle=Koro", 400, "P-code"),
        ("/telecharger/cercles.csv?limit=3", 400, "limit"),
        ("/telecharger/cercles.csv?colour=red", 400, "colour"),
        ("/telecharger/indicators.kml", 400, "KML"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(fetch, address, status, word):
    answer = fetch(address)
    assert answer.status_code == status
    assert word in answer.body.decode()
    assert not Export.objects.exists()


def test_a_large_one_is_begun_and_told_how_far_it_is(fetch, nothing_at_once):
    begun = fetch("/telecharger/cercles.geojson")
    assert begun.status_code == 202
    assert begun["Retry-After"]
    told = begun.json()
    assert (told["state"], told["file"]) == ("waiting", None)
    again = fetch("/telecharger/cercles.geojson").json()
    assert again["id"] == told["id"]
    assert ProcrastinateJob.objects.filter(task_name=services.TASK).count() == 1

    services.make(told["id"])

    state = fetch(told["self"]).json()
    assert state["state"] == "done"
    assert state["done"] == state["total"] == 53
    fetched = fetch(state["file"]).body
    assert hashlib.sha256(fetched).hexdigest() == state["sha256"]
    assert len(fetched) == state["bytes"]
    assert fetch("/telecharger/cercles.geojson").status_code == 200


def test_a_browser_is_led_to_a_page_that_waits(fetch, nothing_at_once):
    answer = fetch("/telecharger/cercles.geojson", Accept="text/html,*/*;q=0.8")
    assert answer.status_code == 303
    page = fetch(answer.url)
    assert "attend son tour" in page.body.decode()
    services.make(Export.objects.get().pk)
    page = fetch(answer.url).body.decode()
    assert Export.objects.get().sha256 in page
    assert "curl -C -" in page


def test_rows_of_a_closed_source_are_for_those_who_may_read_them(as_persona):
    close_the_events()
    refused = got(as_persona("anonymous"), "/telecharger/events.csv")
    assert refused.status_code == 403
    given = got(as_persona("partner"), "/telecharger/events.csv")
    assert given.status_code == 200
    assert "private" in given["Cache-Control"]
    export = Export.objects.get()
    address = f"/telecharger/fichiers/{export.pk}/{export.file_name}"
    assert got(as_persona("anonymous"), address).status_code == 403
    assert got(as_persona("anonymous"), f"/api/exports/{export.pk}/").status_code == 403
    assert got(as_persona("anonymous"), f"/donnees/fichiers/{export.pk}/").status_code == 403
    assert got(as_persona("planner"), address).status_code == 200


def test_a_file_made_while_rows_were_open_closes_with_them(fetch):
    fetch("/telecharger/events.csv?cercle=ML0501")
    export = Export.objects.get()
    address = f"/telecharger/fichiers/{export.pk}/{export.file_name}"
    assert fetch(address).status_code == 200
    close_the_events()
    assert fetch(address).status_code == 403


def test_an_account_may_wait_for_three_files_at_once(as_persona, nothing_at_once):
    fetch = partial(got, as_persona("partner"))
    for name in ("regions", "cercles", "settlements"):
        assert fetch(f"/telecharger/{name}.geojson").status_code == 202
    refused = fetch("/telecharger/places.geojson")
    assert refused.status_code == 429
    assert "Attendez" in refused.json()["detail"]
    assert fetch("/telecharger/cercles.geojson").status_code == 202, "one already asked is no new one"


def test_only_who_asked_gives_a_file_up(as_persona, nothing_at_once):
    told = got(as_persona("partner"), "/telecharger/cercles.geojson").json()
    assert as_persona("planner").delete(told["self"]).status_code == 403
    assert as_persona("anonymous").delete(told["self"]).status_code == 403
    Export.objects.update(asked_by=None)
    assert as_persona("anonymous").delete(told["self"]).status_code == 403


def test_a_file_given_up_is_not_made(as_persona, nothing_at_once, exports_dir):
    client = as_persona("partner")
    told = got(client, "/telecharger/cercles.geojson").json()
    assert client.delete(told["self"]).status_code == 204
    services.make(told["id"])
    assert Export.objects.get().state == "failed"
    assert not exports_dir.exists() or not list(exports_dir.iterdir())


def test_nothing_half_written_stays_when_writing_fails(monkeypatch, exports_dir):
    def fails(asked, folder, *, step):
        (folder / "half").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "write", fails)
    with pytest.raises(services.ExportFailed, match="disque"):
        services.make_now(ordered(), user=NOBODY)
    assert not list(exports_dir.iterdir())
    assert not Export.objects.exists()

    export = services.begin(ordered(), user=NOBODY)
    services.make(export.pk)
    export.refresh_from_db()
    assert (export.state, "disque" in export.message) == ("failed", True)
    assert not list(exports_dir.iterdir())


def test_a_failed_one_may_be_asked_again(monkeypatch):
    export = services.begin(ordered(), user=NOBODY)
    Export.objects.update(state="failed")
    another = services.begin(ordered(), user=NOBODY)
    assert another.pk != export.pk


def test_a_file_expires(fetch, exports_dir):
    fetch("/telecharger/cercles.csv")
    export = Export.objects.get()
    address = f"/telecharger/fichiers/{export.pk}/{export.file_name}"
    assert services.sweep(export.expires - timedelta(seconds=1)) == 0
    assert services.sweep(export.expires) == 1
    assert not list(exports_dir.iterdir())
    assert fetch(address).status_code == 404


def test_past_the_room_there_is_the_oldest_go_first(fetch, settings):
    fetch("/telecharger/cercles.csv")
    fetch("/telecharger/regions.csv")
    newest = Export.objects.order_by("-made_at").first()
    settings.EXPORTS_MOST_BYTES = newest.bytes
    assert services.sweep(timezone.now()) == 1
    assert Export.objects.get() == newest


def test_what_no_row_tells_of_is_removed_once_it_is_old(exports_dir):
    exports_dir.mkdir()
    new, old, workplace = exports_dir / "new", exports_dir / "old", exports_dir / "x.part"
    new.write_text("")
    old.write_text("")
    workplace.mkdir()
    for path in (old, workplace):
        os.utime(path, (0, 0))
    assert services.sweep(timezone.now()) == 2
    assert list(exports_dir.iterdir()) == [new]


def test_a_file_whose_worker_died_is_queued_again():
    export = services.begin(ordered(), user=NOBODY)
    assert services.resume_cut_short(timezone.now()) == 0, "its job still waits"
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert services.resume_cut_short(timezone.now()) == 1
    export.refresh_from_db()
    assert ProcrastinateJob.objects.get(task_name=services.TASK).pk == export.job_id


def test_a_folder_emptied_by_hand_is_no_dead_end(fetch, exports_dir):
    fetch("/telecharger/cercles.csv")
    for path in exports_dir.iterdir():
        path.unlink()
    assert fetch("/telecharger/cercles.csv").status_code == 200


def test_the_second_reader_of_a_file_costs_few_queries(fetch, django_assert_max_num_queries):
    fetch("/telecharger/cercles.csv")
    with django_assert_max_num_queries(10):
        fetch("/telecharger/cercles.csv")


def test_the_day_of_the_data_is_in_the_name():
    LayerRevision.objects.filter(layer="cercles").update(changed_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert ordered(query=IN_MOPTI).file_name == "maillage_cercles_ml05_2026-03-01.geojson"
