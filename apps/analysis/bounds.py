"""
What a question may cost: how long, how much, how many at once; run as a role that reads layers and no more.

Everything a question asks of the database is asked inside `bounded`. Each statement is planned before it is
run; nothing is written, and what the question changed of the session is undone with it, errors or not.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled
from rest_framework.exceptions import APIException

from apps.accounts.access import visible_classes
from apps.analysis.reader import queries
from apps.runs.queries import session_name

MOST_ROWS = 5_000
"""What an answer lists; it says when there are more."""

PLACES_OF_A_READER = 2
PLACES_OF_THE_ANONYMOUS = 4
"""Questions at once: of one account or address, and of all who are not signed in."""

MEMORY_MB = 32


@dataclass(frozen=True)
class Limits:
    """
    The limits of one question: seconds for each statement and for all, and what a plan may cost.

    None has no plan looked at. `run_id` is the run that the worker answers, none where a reader waits.
    """

    seconds: float
    all_seconds: float
    plan_cost: float | None = None
    run_id: object = None

    @property
    def name(self):
        """Return what its statements are found by in the database."""
        return session_name(self.run_id) if self.run_id else "maillage question"


class TooLarge(APIException):
    """A question costs more than its limits: a job may answer it where `may_be_a_job`."""

    status_code = 422

    def __init__(self, *, may_be_a_job):
        self.may_be_a_job = may_be_a_job
        super().__init__(_larger_than_a_page() if may_be_a_job else _how_to_narrow())


class Busy(APIException):
    """As many questions as one reader may ask at once are under way."""

    status_code = 429


def _larger_than_a_page():
    return _("Cette question est trop longue pour une page : elle sera calculée en tâche de fond.")


def _how_to_narrow():
    return _(
        "Cette question est trop lourde. Restreignez-la : une région ou un cercle, moins de mois, "
        "une distance plus courte, ou un filtre de plus. Connecté, vous pouvez la confier à une "
        "tâche de fond."
    )


def web_limits(*, looks_at_plans=True):
    """Return the limits of a question that a reader waits for."""
    seconds = settings.QUESTION_SECONDS
    return Limits(seconds, 2 * seconds, settings.QUESTION_PLAN_COST if looks_at_plans else None)


def job_limits(run):
    """Return the limits of a question that the worker answers for a run."""
    seconds = settings.QUESTION_JOB_SECONDS
    return Limits(seconds, 10 * seconds, run_id=run.pk)


@contextmanager
def bounded(user, *, address="", limits=None):
    """
    Run what the block asks of the database within the limits, as the role that reads layers.

    `address` tells the anonymous apart. Raises TooLarge, before a statement whose plan is too dear and after
    one that took too long, and Busy. Rights of accounts cannot be asked inside: ask them before.
    """
    limits = limits or web_limits()
    visible_classes(user)  # remembered by the user: the reader's role may not read who may see what
    may_be_a_job = bool(user.is_authenticated and not limits.run_id)
    try:
        with transaction.atomic():
            if not limits.run_id:
                _take_a_place(user, address)
            queries.become_reader(seconds=limits.seconds, memory_mb=MEMORY_MB, name=limits.name)
            with connection.execute_wrapper(_watching(limits, may_be_a_job)):
                yield
            # A question has written nothing; this gives back the role, the settings and the places.
            transaction.set_rollback(True)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooLarge(may_be_a_job=may_be_a_job) from None
        raise


def _take_a_place(user, address):
    """Hold one of the places for questions until the transaction ends; raises Busy."""
    if user.is_authenticated:
        is_free = queries.took_one_of(f"account {user.pk}", PLACES_OF_A_READER)
    else:
        is_free = queries.took_one_of(f"address {address}", PLACES_OF_A_READER)
        is_free = is_free and queries.took_one_of("anonymous", PLACES_OF_THE_ANONYMOUS)
    if not is_free:
        raise Busy(_("Trop de questions à la fois. Attendez la fin de l’une d’elles, puis réessayez."))


def _watching(limits, may_be_a_job):
    """Return what looks at each statement of a question before it is run."""
    end = time.monotonic() + limits.all_seconds

    def watch(execute, statement, params, many, context):
        if time.monotonic() > end or _is_too_dear(statement, params, limits):
            raise TooLarge(may_be_a_job=may_be_a_job)
        return execute(statement, params, many, context)

    return watch


def _is_too_dear(statement, params, limits):
    if limits.plan_cost is None or not _asks(statement):
        return False
    return queries.plan_cost(statement, params) > limits.plan_cost


def _asks(statement):
    """Tell whether a statement asks something: Django marks the ends of transactions with others."""
    return not isinstance(statement, str) or statement.lstrip(" \n(").upper().startswith(("SELECT", "WITH"))
