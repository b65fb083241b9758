"""What one version of a question changed in the one before, in words: as the form names its fields."""

import re

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.maps.analysis import words
from apps.maps.analysis.form import typed
from layers.catalogue import LAYERS

SIDES = {"what": gettext_lazy("quoi"), "of": gettext_lazy("de quoi")}
PARTS = {
    "relation": gettext_lazy("relation"),
    "areas": gettext_lazy("où"),
    "since": gettext_lazy("du"),
    "until": gettext_lazy("au"),
    "last_months": gettext_lazy("derniers mois"),
    "shape": gettext_lazy("forme"),
    "shape_name": gettext_lazy("nom de la forme"),
    "where": gettext_lazy("conditions"),
    **words.NUMBERS,
}
ENDS = {
    "steps": gettext_lazy("nombre d’étapes"),
    "by1": gettext_lazy("par"),
    "by2": gettext_lazy("et par"),
    "measure": gettext_lazy("mesure"),
    "measure_field": gettext_lazy("champ mesuré"),
    "keep": gettext_lazy("groupes gardés"),
    "keep_n": gettext_lazy("combien de groupes"),
    "events_source": gettext_lazy("source des événements"),
    "events_until": gettext_lazy("événements jusqu’au"),
    "events_known_at": gettext_lazy("événements tels que connus le"),
}
LONGEST = 60


def changes(before, after):
    """Return sentences, one for each part of a question in which two differ."""
    one, other = _parts(before), _parts(after)
    return [
        _("%(part)s : %(before)s → %(after)s")
        % {"part": named(name), "before": one.get(name) or "—", "after": other.get(name) or "—"}
        for name in dict.fromkeys([*one, *other])
        if one.get(name) != other.get(name)
    ]


def _parts(question):
    """Return {name: value in words} of a question; the conditions on one layer are one part."""
    parts = {}
    for name, values in typed(question).items():
        part, row = _condition_of(name)
        told = " ; ".join(_told(name, value) for value in values)
        parts.setdefault(part, {}).setdefault(row, []).append(told)
    return {part: ", ".join(" ".join(row) for row in rows.values())[:LONGEST] for part, rows in parts.items()}


def _condition_of(name):
    found = re.fullmatch(r"(s\d\.\w+\.where)\.(\d+)\.\w+", name)
    return (found[1], found[2]) if found else (name, "")


def _told(name, value):
    """Return a value of the form as the form shows it."""
    last = name.rpartition(".")[2]
    if last == "op":
        return str(words.COMPARISONS.get(value, value))
    if last in SIDES and value in LAYERS:
        return LAYERS[value].title.in_language(get_language())
    known = {
        "relation": words.RELATIONS,
        "measure": words.MEASURES,
        "by1": words.GROUPS,
        "by2": words.GROUPS,
        "keep": words.KEEPS,
    }
    return str(known.get(last, {}).get(value, value))


def named(name):
    """Return what a part of a question is called, with the step that it belongs to."""
    step, *rest = name.split(".")
    if not rest:
        return str(ENDS.get(name, name))
    words_of = [_("étape %(n)s") % {"n": step[1:]}]
    words_of += [str(SIDES.get(each) or PARTS.get(each, each)) for each in rest]
    return ", ".join(words_of)
