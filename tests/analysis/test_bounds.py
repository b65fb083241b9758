"""What a question may cost, whom it runs as, and how many are asked at once."""

import contextlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.utils import InternalError, OperationalError, ProgrammingError

from apps.accounts.models import User
from apps.analysis import bounds
from apps.analysis.bounds import Busy, Limits, TooLarge, bounded
from apps.analysis.reader import queries
from apps.boundaries.models import Area
from apps.catalogue.rows import ROWS
from apps.runs.models import Run
from apps.sources.models import Load

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.fixture
def account(db):
    return User.objects.create_user("asks")


@pytest.mark.parametrize("layer", ROWS)
def test_a_question_reads_the_rows_of_every_layer(layer):
    with bounded(NOBODY):
        list(ROWS[layer].all()[:1])


SECRET = (
    "accounts_user",
    "django_session",
    "procrastinate",
    "imports",
    "axes",
    "runs_runfile",
    "feeds",
    "auth",
)


@pytest.mark.parametrize("secret", SECRET)
def test_a_question_reads_nothing_but_what_layers_serve(secret):
    can_read = f"bool_or(has_table_privilege('{queries.ROLE}', tablename::text, 'SELECT'))"
    assert asked(f"SELECT {can_read} FROM pg_tables WHERE tablename LIKE '{secret}%'") is False


@pytest.mark.parametrize("model", [User, Run])
def test_accounts_and_runs_cannot_be_read_inside_a_question(model):
    with pytest.raises(ProgrammingError, match="permission denied"), bounded(NOBODY):
        list(model.objects.all())


def test_a_question_writes_nothing():
    with pytest.raises(InternalError, match="read-only"), bounded(NOBODY):
        Load.objects.update(note="changed")


def test_after_a_question_the_session_is_as_before():
    before = [asked(f"SHOW {name}") for name in ("statement_timeout", "work_mem", "application_name", "role")]
    with bounded(NOBODY):
        assert asked("SELECT current_user") == queries.ROLE
        assert asked("SHOW statement_timeout") == "3s"
    after = [asked(f"SHOW {name}") for name in ("statement_timeout", "work_mem", "application_name", "role")]
    assert after == before
    Load.objects.update(note="written")


def test_after_a_question_that_failed_the_session_is_as_before():
    with contextlib.suppress(ZeroDivisionError), bounded(NOBODY):
        Area.objects.count()
        raise ZeroDivisionError
    assert asked("SELECT current_user") != queries.ROLE
    Load.objects.update(note="written")


def test_a_statement_that_takes_too_long_ends_and_says_how_to_narrow_the_question():
    short = Limits(seconds=0.05, all_seconds=10)
    with pytest.raises(TooLarge, match="Restreignez") as told, bounded(NOBODY, limits=short):
        asked("SELECT pg_sleep(5)")
    assert not told.value.may_be_a_job
    assert asked("SELECT 1") == 1


def test_of_somebody_signed_in_a_long_question_becomes_a_job(account):
    short = Limits(seconds=0.05, all_seconds=10)
    with pytest.raises(TooLarge, match="fond") as told, bounded(account, limits=short):
        asked("SELECT pg_sleep(5)")
    assert told.value.may_be_a_job


def test_many_short_statements_together_take_no_longer_than_one_question_may():
    with bounded(NOBODY, limits=Limits(seconds=1, all_seconds=0.05)):
        asked("SELECT pg_sleep(0.06)")
        with pytest.raises(TooLarge):
            asked("SELECT 1")


def test_a_statement_whose_plan_is_too_dear_is_not_begun():
    dear = "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
    with pytest.raises(TooLarge), bounded(NOBODY):
        asked(dear)
    assert asked("SELECT 1") == 1


def test_a_statement_is_planned_with_the_values_it_is_asked_with():
    with bounded(NOBODY), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM boundaries_area WHERE name = %s OR name LIKE '%%x'", ["Koro"])
        assert cursor.fetchone()[0] >= 0


def test_other_failures_of_the_database_are_not_called_long():
    with pytest.raises(OperationalError, match="memory"), bounded(NOBODY):
        raise OperationalError("out of memory")


@contextlib.contextmanager
def in_other_sessions(*readers):
    """Have these readers each ask a question in a session of its own, not yet answered."""
    with contextlib.ExitStack() as open_ones:
        for name, places in readers:
            other = connection.copy()
            open_ones.callback(other.close)
            open_ones.enter_context(other.cursor()).execute("BEGIN")
            with other.cursor() as cursor:
                lock = [queries.QUESTIONS, queries._number(f"{name} {places}")]
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", lock)
        yield


def test_one_account_asks_two_questions_at_once_and_no_third(account):
    mine = f"account {account.pk}"
    with in_other_sessions((mine, 0)), bounded(account):
        pass
    both_taken = in_other_sessions((mine, 0), (mine, 1))
    with both_taken, pytest.raises(Busy, match="Trop de questions"), bounded(account):
        pass


def test_one_address_asks_two_questions_at_once_and_another_still_may():
    with in_other_sessions(("address 192.0.2.1", 0), ("address 192.0.2.1", 1)):
        with pytest.raises(Busy), bounded(NOBODY, address="192.0.2.1"):
            pass
        with bounded(NOBODY, address="192.0.2.2"):
            pass


def test_the_anonymous_together_ask_four_questions_at_once(account):
    with in_other_sessions(*(("anonymous", place) for place in range(4))):
        with pytest.raises(Busy), bounded(NOBODY, address="192.0.2.3"):
            pass
        with bounded(account):
            pass


def test_the_places_are_free_again_once_answered(account):
    for _ in range(3):
        with bounded(account):
            pass


def test_the_job_of_a_run_waits_for_no_place_and_is_found_by_its_run(account):
    run = Run(name="longue")
    with bounded(account, limits=bounds.job_limits(run)):
        assert asked("SHOW application_name") == f"maillage run {run.pk}"
        assert asked("SHOW statement_timeout") == "2min"


def test_without_the_right_to_make_roles_the_operator_is_told_the_two_lines(monkeypatch):
    monkeypatch.setattr(queries, "ROLE", "reader_that_nobody_made")
    with pytest.raises(queries.NoReader) as told, transaction.atomic():
        queries.make_role()
    assert "CREATE ROLE reader_that_nobody_made NOLOGIN;" in str(told.value)
    assert "GRANT reader_that_nobody_made TO" in str(told.value)


def test_the_role_that_is_there_is_left_as_it_is_and_reads_again_after_every_migration():
    queries.make_role()
    assert queries.let_read() == len(queries.READ) + len(queries.READ_COLUMNS)
    assert asked("SELECT has_column_privilege('maillage_reader', 'runs_run', 'name', 'SELECT')") is True
    assert asked("SELECT has_column_privilege('maillage_reader', 'runs_run', 'answer', 'SELECT')") is False


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"steps":' * 500 + "1" + "}" * 500,
        '{"steps":[{"what":{"layer":"settlements","where":[{"field":"name","op":"=","value":"a\\u0000b"}]}}]}',
    ],
    ids=["arrays in arrays", "steps in steps", "a null character"],
)
def test_what_is_made_to_break_the_reader_of_questions_is_a_wrong_question(client, body):
    assert client.post("/api/analyses/", body, content_type="application/json").status_code == 400
    assert client.get("/analyse/", {"q": body[:60_000]}).status_code == 400
