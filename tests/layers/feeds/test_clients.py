"""Three publishers played by a server on this machine, with the faults that real ones have."""

from datetime import UTC, date, datetime

import pytest

from layers.feeds.acled import Acled, Deleted
from layers.feeds.asking import ATTEMPTS, LONGEST_PAUSE_S, Asker, Bounds, FeedError, NotThere
from layers.feeds.hapi import Hapi
from layers.feeds.rows import read_table, write_table
from layers.feeds.ucdp import Ucdp
from tests.layers import feed_server
from tests.layers.feed_server import FeedServer, acled_row, hapi_row, ucdp_row

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
READ, DELETED, TOKEN = "/api/acled/read", "/api/deleted/read", "/oauth/token"
SECRETS = ("secret", feed_server.USER, feed_server.HAPI_IDENTIFIER)


@pytest.fixture
def server():
    with FeedServer() as running:
        yield running


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def bounds(pauses):
    """Return bounds that write down the pauses instead of waiting."""
    return Bounds(
        timeout_s=0.3, answer_s=0.3, answer_bytes=200_000, bytes_in_all=400_000, pause=pauses.append
    )


@pytest.fixture
def acled(server, bounds):
    client = Acled(feed_server.USER, feed_server.PASSWORD, base_url=server.url, bounds=bounds, page_rows=2)
    yield client
    client.close()


@pytest.fixture
def ucdp(server, bounds):
    client = Ucdp(feed_server.UCDP_TOKEN, base_url=server.url, bounds=bounds, page_rows=2)
    yield client
    client.close()


@pytest.fixture
def hapi(server, bounds):
    client = Hapi(feed_server.HAPI_IDENTIFIER, base_url=server.url, bounds=bounds, page_rows=2)
    yield client
    client.close()


def ids(pages):
    return [row["event_id_cnty"] for page in pages for row in page]


def refused(pages):
    """Return the sentence of the failure; it holds no secret and ends with a way out."""
    with pytest.raises(FeedError) as refusal:
        list(pages)
    sentence = str(refusal.value)
    assert not any(secret in sentence for secret in SECRETS)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# ACLED


def test_acled_is_asked_page_by_page_until_a_short_one(server, acled):
    server.acled = [acled_row(number) for number in range(3)]
    assert ids(acled.events(LONG_AGO)) == ["MLI0", "MLI1", "MLI2"]
    assert [asked["page"] for asked in server.questions(READ)] == ["1", "2"]
    assert server.tokens_given == 1


def test_a_last_page_that_is_full_is_followed_by_an_empty_one(server, acled):
    server.acled = [acled_row(number) for number in range(4)]
    assert len(ids(acled.events(LONG_AGO))) == 4
    assert len(server.questions(READ)) == 3


def test_only_what_changed_since_is_asked(server, acled):
    server.acled = [
        acled_row(1, timestamp=1_000),
        acled_row(2, timestamp=2_000),
        acled_row(3, timestamp=3_000),
    ]
    since = datetime.fromtimestamp(2_000, UTC)
    assert ids(acled.events(since)) == ["MLI2", "MLI3"]
    assert server.questions(READ)[0]["country"] == "Mali"


def test_values_come_as_a_table_would_hold_them(server, acled):
    server.acled = [acled_row(1)]
    row = next(acled.events(LONG_AGO))[0]
    assert (row["fatalities"], row["assoc_actor_2"], row["timestamp"]) == ("2", "", "1790000001")


def test_deletions_of_other_countries_are_not_ours(server, acled):
    server.deleted = [
        {"event_id_cnty": "MLI7", "deleted_timestamp": 5_000},
        {"event_id_cnty": "NIR7", "deleted_timestamp": 5_000},
    ]
    assert list(acled.deletions(LONG_AGO)) == [[Deleted("MLI7", 5_000)], []]


def test_an_expired_token_is_asked_anew_once(server, acled):
    server.acled = [acled_row(1)]
    server.meets(READ, feed_server.status(401))
    assert ids(acled.events(LONG_AGO)) == ["MLI1"]
    assert server.tokens_given == 2


def test_a_token_refused_twice_is_a_failure_about_credentials(server, acled):
    server.expired = {1, 2}
    assert "MAILLAGE_ACLED_USER" in refused(acled.events(LONG_AGO))
    assert server.tokens_given == 2


def test_a_wrong_password_is_told_without_it(server, bounds):
    client = Acled("autre@exemple.org", "autre-secret", base_url=server.url, bounds=bounds)
    sentence = refused(client.events(LONG_AGO))
    assert sentence.startswith(f"ACLED, {server.url}/oauth/token")
    assert "autre" not in sentence


def test_a_page_that_comes_twice_is_refused(server, acled):
    server.acled = [acled_row(number) for number in range(4)]
    server.repeats_pages = True
    assert "MLI0 est venue deux fois" in refused(acled.events(LONG_AGO))


def test_a_row_that_slid_to_the_next_page_comes_once(server, acled):
    server.acled = [acled_row(1), acled_row(2), acled_row(3), acled_row(2), acled_row(4)]
    assert ids(acled.events(LONG_AGO)) == ["MLI1", "MLI2", "MLI3", "MLI4"]


def test_columns_that_changed_are_named(server, acled):
    renamed = {name: value for name, value in acled_row(1).items() if name not in ("fatalities", "latitude")}
    server.acled = [renamed | {"deaths": 2}]
    assert "colonnes absentes\u00a0: latitude, fatalities" in refused(acled.events(LONG_AGO))


def test_an_answer_without_data_is_refused(server, acled):
    server.meets(READ, feed_server.text(b'{"status": 403, "success": false, "messages": ["No access."]}'))
    assert "statut 403" in refused(acled.events(LONG_AGO))


# Faults that pass, and those that do not


def test_a_busy_server_is_asked_again_after_the_pause_it_asks(server, acled, pauses):
    server.acled = [acled_row(1)]
    server.meets(READ, feed_server.status(429, Retry_After="7"))
    assert ids(acled.events(LONG_AGO)) == ["MLI1"]
    assert pauses == [7.0]


def test_no_pause_is_longer_than_ours(server, acled, pauses):
    server.acled = [acled_row(1)]
    server.meets(
        READ, feed_server.status(429, Retry_After="86400"), feed_server.status(503, Retry_After="tantôt")
    )
    list(acled.events(LONG_AGO))
    assert pauses == [LONGEST_PAUSE_S, 4.0]


def test_pauses_double_where_none_is_asked(server, acled, pauses):
    server.acled = [acled_row(1)]
    server.meets(READ, feed_server.status(500), feed_server.status(502), feed_server.status(500))
    assert ids(acled.events(LONG_AGO)) == ["MLI1"]
    assert pauses == [2.0, 4.0, 8.0]


def test_a_server_that_stays_ill_is_given_up(server, acled):
    server.meets(READ, *[feed_server.status(500)] * ATTEMPTS)
    sentence = refused(acled.events(LONG_AGO))
    assert "le serveur répond 500 (essayé 4 fois)" in sentence
    assert "recommencez plus tard" in sentence


def test_a_cut_answer_is_asked_again(server, acled, pauses):
    server.acled = [acled_row(1)]
    server.meets(READ, feed_server.cut)
    assert ids(acled.events(LONG_AGO)) == ["MLI1"]
    assert pauses == [2.0]


def test_a_line_that_is_always_cut_is_told(server, acled):
    server.meets(READ, *[feed_server.cut] * ATTEMPTS)
    assert "la liaison est coupée" in refused(acled.events(LONG_AGO))


def test_silence_is_a_time_out(server, acled):
    server.meets(READ, *[feed_server.silent] * ATTEMPTS)
    assert "se tait depuis 0.3 s" in refused(acled.events(LONG_AGO))


def test_an_answer_that_drips_is_given_up(server, acled):
    server.meets(READ, *[feed_server.drip] * ATTEMPTS)
    assert "n'est pas finie après 0.3 s" in refused(acled.events(LONG_AGO))


def test_an_answer_that_is_too_large_is_refused_at_once(server, acled, pauses):
    server.meets(READ, feed_server.text(b" " * 300_000))
    assert "dépasse 0.2 Mo" in refused(acled.events(LONG_AGO))
    assert pauses == []


def test_answers_that_are_too_large_together_are_refused(server, acled):
    server.acled = [acled_row(number, notes="n" * 50_000) for number in range(12)]
    assert "dépassent ensemble 0.4 Mo" in refused(acled.events(LONG_AGO))


def test_what_is_no_json_is_refused(server, acled):
    server.meets(READ, feed_server.text(b"<!doctype html><p>Maintenance"))
    assert "n'est pas du JSON" in refused(acled.events(LONG_AGO))


def test_a_redirection_is_not_followed(server, acled):
    server.meets(READ, feed_server.status(302, Location="http://127.0.0.1:9/"))
    assert "réponse inattendue (302)" in refused(acled.events(LONG_AGO))


def test_only_https_is_asked_off_this_machine(bounds):
    asker = Asker("ACLED", bounds, way_out="vérifiez")
    with pytest.raises(FeedError, match="seule une adresse https"):
        asker.get("http://acleddata.com/api/acled/read", {})


def test_a_netrc_of_the_machine_is_not_sent(server, hapi, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login moi password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    seen = []
    server.meets(
        "conflict-events",
        lambda request: (
            seen.append(request.headers.get("Authorization")),
            feed_server.text(b'{"data": []}')(request),
        ),
    )
    assert list(hapi.counts(date(2026, 1, 1))) == [[]]
    assert seen == [None]


# UCDP


def test_ucdp_is_asked_until_no_page_follows(server, ucdp):
    server.ucdp["26.0.9"] = [ucdp_row(number) for number in range(5)]
    pages = list(ucdp.events("26.0.9"))
    assert [[row["id"] for row in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"]]
    assert [asked.get("page") for asked in server.questions("gedevents")] == [None, "1", "2"]
    assert server.questions("gedevents")[0]["Country"] == "432"


def test_a_release_that_is_not_published_yet_is_told_apart(ucdp):
    with pytest.raises(NotThere):
        list(ucdp.events("26.0.12"))


def test_the_token_goes_nowhere_but_to_ucdp(server, ucdp):
    elsewhere = b'{"TotalPages": 2, "NextPageUrl": "http://127.0.0.1:9/x?page=1", "Result": []}'
    server.ucdp["26.0.9"] = [ucdp_row(number) for number in range(3)]
    server.meets("gedevents", feed_server.text(elsewhere))
    assert [row["id"] for page in ucdp.events("26.0.9") for row in page] == ["2"]


def test_more_pages_than_announced_is_refused(server, ucdp):
    for_ever = b'{"TotalPages": 1, "NextPageUrl": "?page=1", "Result": []}'
    server.meets("gedevents", *[feed_server.text(for_ever)] * 3)
    assert "plus de pages que les 1" in refused(ucdp.events("26.0.9"))


def test_a_ucdp_page_that_comes_twice_is_refused(server, ucdp):
    server.ucdp["26.1"] = [ucdp_row(number) for number in range(4)]
    server.repeats_pages = True
    assert "est venue deux fois" in refused(ucdp.events("26.1"))


def test_a_missing_token_of_ucdp_is_told(server, bounds):
    assert "MAILLAGE_UCDP_TOKEN" in refused(Ucdp("faux", base_url=server.url, bounds=bounds).events("26.1"))


# HAPI


def test_hapi_is_asked_from_a_month_on(server, hapi):
    server.hapi = [
        hapi_row("ML9101", "Alpha", category, month, 1)
        for month in ("2026-07", "2026-08")
        for category in ("political_violence", "civilian_targeting", "demonstration")
    ]
    pages = list(hapi.counts(date(2026, 8, 1)))
    assert [len(page) for page in pages] == [2, 1]
    assert [asked["offset"] for asked in server.questions("conflict-events")] == ["0", "2"]


def test_a_page_of_hapi_that_comes_twice_is_refused(server, hapi):
    server.hapi = [
        hapi_row("ML9101", "Alpha", "demonstration", f"2026-0{number}", 1) for number in (1, 2, 3, 4)
    ]
    server.repeats_pages = True
    assert "deux fois" in refused(hapi.counts(date(2026, 1, 1)))


def test_hapi_columns_that_changed_are_named(server, hapi):
    row = hapi_row("ML9101", "Alpha", "demonstration", "2026-08", 1)
    del row["events"]
    server.hapi = [row]
    assert "colonnes absentes\u00a0: events" in refused(hapi.counts(date(2026, 1, 1)))


# Pages kept in a file


def test_pages_are_kept_as_one_table(tmp_path):
    pages = [[{"a": "1", "b": "é, ;"}], [], [{"a": "2", "b": "ligne\ndeux"}]]
    assert write_table(tmp_path / "rows.csv", pages) == 2
    assert list(read_table(tmp_path / "rows.csv")) == [
        {"a": "1", "b": "é, ;"},
        {"a": "2", "b": "ligne\ndeux"},
    ]


def test_no_row_makes_an_empty_file(tmp_path):
    assert write_table(tmp_path / "rows.csv", [[]]) == 0
    assert list(read_table(tmp_path / "rows.csv")) == []
