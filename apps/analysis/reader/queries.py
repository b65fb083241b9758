"""What the database is told of a question: as whom it runs, for how long, beside how many, at what cost."""

import json
import zlib

from django.db import connection
from django.db.utils import ProgrammingError
from psycopg import sql

ROLE = "maillage_reader"

READ = (
    "accounts_organisation",
    "area_tables_areatable",
    "area_tables_areavalue",
    "boundaries_area",
    "boundaries_areashape",
    "boundaries_codeofedition",
    "boundaries_codeofedition_areas",
    "boundaries_densitycell",
    "boundaries_edition",
    "boundaries_placename",
    "boundaries_population",
    "boundaries_settlement",
    "coverage_cellshare",
    "coverage_cercledistance",
    "coverage_communecount",
    "coverage_communeestimate",
    "coverage_institutiongroup",
    "coverage_measuredplace",
    "coverage_rasterpeople",
    "coverage_settlementreach",
    "events_cerclemonth",
    "events_communemonth",
    "events_conflictevent",
    "events_eventcount",
    "events_publishedcount",
    "infrastructure_fact",
    "infrastructure_fact_areas",
    "infrastructure_institution",
    "infrastructure_jurisdiction",
    "infrastructure_registercompleteness",
    "infrastructure_sameplace",
    "infrastructure_statusreport",
    "programme_acronym",
    "programme_activity",
    "programme_budgetline",
    "programme_bulletinrow",
    "programme_bulletinrow_areas",
    "programme_contextstatistic",
    "programme_contextstatistic_areas",
    "programme_indicator",
    "programme_parentindicator",
    "programme_placemention",
    "programme_placemention_areas",
    "programme_plannedwork",
    "programme_plannedwork_areas",
    "programme_result",
    "programme_result_areas",
    "programme_risk",
    "programme_stakeholder",
    "programme_targetcercle",
    "programme_targetingrule",
    "projects_funding",
    "projects_involvement",
    "projects_namedzone",
    "projects_namedzone_cercles",
    "projects_presence",
    "projects_project",
    "sources_document",
    "sources_layerrevision",
    "sources_load",
    "targeting_adoptedcercle",
    "targeting_adoption",
)
"""What layers serve, and where it comes from. No accounts, sessions, jobs, uploads; no texts of runs."""

READ_COLUMNS = {"runs_run": ("id", "name", "hash")}
"""A target cercle tells which run it was adopted from."""

MAKE_ROLE = """
DO $$ BEGIN
    CREATE ROLE {} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
"""Databases of one server share its roles: another may have made it, this very moment."""


class NoReader(Exception):
    """The role that asks questions cannot be made; the message names the two lines that make it."""

    def __init__(self, user):
        super().__init__(
            f"The database account {user} may not make the role {ROLE}, which questions are asked as. "
            f"Have an administrator of the database run, once:\n"
            f"  CREATE ROLE {ROLE} NOLOGIN;\n"
            f'  GRANT {ROLE} TO "{user}";\n'
            f"then migrate again."
        )


def make_role():
    """Make the role where it is not there, and let the account of the site take it; raises NoReader."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, to_regrole(%s) IS NOT NULL", [ROLE])
        user, is_there = cursor.fetchone()
        try:
            if not is_there:
                cursor.execute(sql.SQL(MAKE_ROLE).format(sql.Identifier(ROLE)))
            # Always true of a superuser, which may take any role.
            cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [ROLE])
            if not cursor.fetchone()[0]:
                cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(ROLE)))
        except ProgrammingError:
            raise NoReader(user) from None


def let_read():
    """
    Let the role read the tables of `READ`, and no other; return how many.

    A table that is not there yet is left for the next time: this is done again after every migration.
    """
    role = sql.Identifier(ROLE)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role))
        cursor.execute(THERE, [[*READ, *READ_COLUMNS]])
        there = {name for (name,) in cursor.fetchall()}
        for table in there & set(READ):
            cursor.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(sql.Identifier(table), role))
        for table in there & set(READ_COLUMNS):
            columns = sql.SQL(", ").join(map(sql.Identifier, READ_COLUMNS[table]))
            cursor.execute(
                sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(columns, sql.Identifier(table), role)
            )
    return len(there)


THERE = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p') AND relname = ANY(%s)
"""


def become_reader(*, seconds, memory_mb, name):
    """
    Have the rest of this transaction run as the reader: it reads only, and each statement so long.

    `name` is what the statement is found by from outside (`pg_stat_activity`).
    """
    told = {
        "statement_timeout": f"{round(1000 * seconds)}ms",
        "idle_in_transaction_session_timeout": f"{round(20 * seconds)}s",
        "work_mem": f"{memory_mb}MB",
        "jit": "off",  # to compile the tests of distances costs more than most questions
        "application_name": name,
        "role": ROLE,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        for setting, value in told.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


def took_one_of(name, places):
    """Return whether one of so many places of this name was free; it is held until the transaction ends."""
    with connection.cursor() as cursor:
        for place in range(places):
            lock = [QUESTIONS, _number(f"{name} {place}")]
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", lock)
            if cursor.fetchone()[0]:
                return True
    return False


QUESTIONS = 17_207
"""The first half of the locks of this module: nobody else takes them."""


def _number(text):
    """Return a signed number of 32 bits that stands for a text."""
    return zlib.crc32(text.encode()) - 2**31


def plan_cost(statement, params):
    """Return what the planner expects a statement to cost, in its own units."""
    # Past what watches the statements of a question, which calls this.
    with connection.wrap_database_errors, connection.create_cursor() as cursor:
        text = statement if isinstance(statement, str) else statement.as_string(connection.connection)
        cursor.execute(f"EXPLAIN (FORMAT JSON) {text}", params)
        [told] = cursor.fetchone()
    plan = json.loads(told) if isinstance(told, str) else told
    return plan[0]["Plan"]["Total Cost"]
