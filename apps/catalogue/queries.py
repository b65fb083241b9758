"""How much of its rows a layer knows: counted in PostgreSQL, whatever the layer."""

from django.db import connections

MISSING = ("", "{}", "[]", "null", "unknown")
"""What a value without content reads as, as text: the empty text, array and list, and a status not known."""


def known_counts(rows_of):
    """
    Return {name: (rows, [rows in which the column has a value])} of several layers, in one statement.

    `rows_of` is {name: QuerySet of tuples}; what is in MISSING is no value.
    """
    if not rows_of:
        return {}
    parts, parameters = [], []
    for name, rows in rows_of.items():
        sql, given = rows.order_by().query.sql_with_params()
        columns = _columns(rows)
        known = ", ".join(f"count(*) FILTER (WHERE {each}::text <> ALL (%s))" for each in columns)
        # Only names made here and what Django wrote for the queryset: values are bound.
        table = f"({sql}) AS rows ({', '.join(columns)})"
        parts.append(f"SELECT %s, count(*), ARRAY[{known}] FROM {table}")  # noqa: S608
        parameters += [name, *([list(MISSING)] * len(columns)), *given]
    with _cursor(next(iter(rows_of.values()))) as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return {name: (rows, known) for name, rows, known in cursor.fetchall()}


def shares_told(rows):
    """
    Return [{value: rows}] for each column of a QuerySet of tuples, in one statement.

    A value is as text; None is that of rows that tell none.
    """
    sql, parameters = rows.order_by().query.sql_with_params()
    columns = _columns(rows)
    text = ", ".join(f"nullif({each}::text, '') AS {each}" for each in columns)
    sets = ", ".join(f"({each})" for each in columns)
    # GROUPING is a number in which the bit of the column that is grouped by is 0, the first column's highest.
    statement = (
        f"SELECT GROUPING({', '.join(columns)}), coalesce({', '.join(columns)}), count(*) "  # noqa: S608
        f"FROM (SELECT {text} FROM ({sql}) AS rows ({', '.join(columns)})) AS told "
        f"GROUP BY GROUPING SETS ({sets})"
    )
    found = [{} for _ in columns]
    every = (1 << len(columns)) - 1
    with _cursor(rows) as cursor:
        cursor.execute(statement, parameters)
        for grouped, value, count in cursor.fetchall():
            found[len(columns) - (every ^ grouped).bit_length()][value] = count
    return found


def _columns(rows):
    """Return names for the columns of a QuerySet of tuples."""
    width = len(rows.query.values_select) + len(rows.query.annotation_select)
    return [f"c{place}" for place in range(width)]


def _cursor(rows):
    return connections[rows.db].cursor()
