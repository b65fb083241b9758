"""Reading CQL2 with the `cql2` package, within bounds: it may never keep a process, nor end it."""

import re

import cql2
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

LANGUAGES = ("cql2-text", "cql2-json")

LONGEST = 4_000
"""Letters of a filter: an address of our server holds no more."""

MOST_BRACKETS = 200
MOST_NOTS = 100
"""The parser descends at each of these; at two thousand the process would end (measured with cql2 0.6)."""

MANY_MINUSES = re.compile(r"(-\s*){20}")

DEEPEST = 100
"""Levels of the JSON of a filter, two for each condition in another. Ours: no reader's sentence has ten."""


def parsed(text, language):
    """Return a filter as the JSON of CQL2 (dicts and lists); raises ValidationError saying what is wrong."""
    _refuse_too_large(text)
    read = cql2.parse_json if language == "cql2-json" else cql2.parse_text
    try:
        node = read(text).to_json()
    except (cql2.ParseError, ValueError) as error:
        raise _wrong(
            _("filter : ceci ne se lit pas comme %(language)s. %(why)s")
            % {"language": language, "why": _first_place(str(error))}
        ) from error
    if _levels(node) > DEEPEST:
        raise _wrong(_("filter : trop de conditions les unes dans les autres"))
    return node


def _levels(node):
    """Return how deep a node is, without descending into it by calls."""
    levels, inner = 0, [node] if isinstance(node, dict | list) else []
    while inner:
        levels += 1
        parts = (each.values() if isinstance(each, dict) else each for each in inner)
        inner = [part for each in parts for part in each if isinstance(part, dict | list)]
        inner = inner if levels <= DEEPEST else []
    return levels


def _refuse_too_large(text):
    if len(text) > LONGEST:
        raise _wrong(
            _("filter : %(letters)s lettres ; au plus %(most)s") % {"letters": len(text), "most": LONGEST}
        )
    nots = len(re.findall("not", text, re.IGNORECASE))
    if text.count("(") > MOST_BRACKETS or nots > MOST_NOTS or MANY_MINUSES.search(text):
        raise _wrong(_("filter : trop de parenthèses, de négations ou de signes moins"))


def _first_place(message):
    """Return `1:12` of a message of the parser that points there; nothing where it does not."""
    found = re.search(r"(\d+):(\d+)", message)
    return _("Voir la lettre %(column)s.") % {"column": found[2]} if found else ""


def _wrong(message):
    return ValidationError({"filter": message})
