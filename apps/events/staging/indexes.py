"""Indexes made at the end: one that grows row by row costs several times one made of what is there."""

from django.db import OperationalError, transaction

from apps.events.staging import queries as sql

_PATIENCE = "SET LOCAL lock_timeout = '2s'"
_NO_HURRY = "SET LOCAL lock_timeout TO DEFAULT"
_ROOM = "SET LOCAL maintenance_work_mem = '256MB'"
_OF_EVENTS = """
SELECT quote_ident(relation.relname), pg_get_indexdef(index.indexrelid)
FROM pg_index index JOIN pg_class relation ON relation.oid = index.indexrelid
WHERE index.indrelid = 'events_conflictevent'::regclass AND NOT index.indisprimary
ORDER BY 1
"""


class Indexes:
    """The indexes of events, taken away until `make_again`; all within the transaction of one load."""

    def __init__(self):
        self._definitions = ()

    def take_away(self):
        """
        Take them away, unless somebody is reading events all the time.

        Whoever wants to read events from now on waits until the load is done: only for a table that has
        nothing to read yet.
        """
        found = sql.ask(_OF_EVENTS)
        try:
            with transaction.atomic():
                sql.ask(_PATIENCE)
                sql.ask(f"DROP INDEX {', '.join(name for name, _ in found)}")
        except OperationalError:
            # Then the rows come in with the indexes there: slower, and right.
            found = ()
        sql.ask(_NO_HURRY)
        self._definitions = [definition for _, definition in found]

    def make_again(self):
        """Make anew what was taken away."""
        if self._definitions:
            sql.ask(_ROOM)
        for definition in self._definitions:
            sql.ask(definition)
        self._definitions = ()
