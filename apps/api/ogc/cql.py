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

DOUBLE_MINUS = re.compile(r"-\s*-")


def parsed(text, language):
    """Return a filter as the JSON of CQL2 (dicts and lists); raises ValidationError saying what is wrong."""
    _refuse_too_large(text)
    read = cql2.parse_json if language == "cql2-json" else cql2.parse_text
    try:
        return read(text).to_json()
    except (cql2.ParseError, ValueError) as error:
        raise _wrong(
            _("filter : ceci ne se lit pas comme %(language)s. %(why)s")
            % {"language": language, "why": _first_place(str(error))}
        ) from error


def _refuse_too_large(text):
    if len(text) > LONGEST:
        raise _wrong(
            _("filter : %(letters)s lettres ; au plus %(most)s") % {"letters": len(text), "most": LONGEST}
        )
    brackets = text.count("(") + text.count("[") + text.count("{")
    nots = len(re.findall("not", text, re.IGNORECASE))
    if text.count("(") > MOST_BRACKETS or nots > MOST_NOTS or DOUBLE_MINUS.search(text):
        raise _wrong(
            _("filter : trop de parenthèses (%(brackets)s) ou de négations (%(nots)s)")
            % {"brackets": brackets, "nots": nots}
        )


def _first_place(message):
    """Return `1:12` of a message of the parser that points there; nothing where it does not."""
    found = re.search(r"(\d+):(\d+)", message)
    return _("Voir la lettre %(column)s.") % {"column": found[2]} if found else ""


def _wrong(message):
    return ValidationError({"filter": message})
