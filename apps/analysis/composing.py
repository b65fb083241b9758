"""SQL put together from pieces that carry their own parameters: no value ever becomes text."""

from string import Formatter
from typing import NamedTuple


class Sql(NamedTuple):
    text: str
    params: tuple = ()


NOTHING = Sql("")
TRUE = Sql("true")


def bound(value):
    """Return a value as a parameter."""
    return Sql("%s", (value,))


def composed(template, **parts):
    """
    Return a template with its {names} replaced, parameters in the order they come in.

    A part is `Sql`, or a name of our own (a table of the statement, a column): never what a reader wrote.
    """
    text, params = [], []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        text.append(literal)
        if name is not None:
            part = parts[name]
            part = part if isinstance(part, Sql) else Sql(str(part))
            text.append(part.text)
            params.extend(part.params)
    return Sql("".join(text), tuple(params))


def joined(separator, parts):
    parts = list(parts)
    return Sql(separator.join(part.text for part in parts), tuple(p for part in parts for p in part.params))


def any_of(conditions):
    conditions = list(conditions)
    return composed("({all})", all=joined(" OR ", conditions)) if conditions else Sql("false")


def all_of(conditions):
    conditions = [each for each in conditions if each != TRUE]
    return composed("({all})", all=joined(" AND ", conditions)) if conditions else TRUE
