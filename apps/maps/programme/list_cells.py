"""One entry of a list as a page shows it: each field's value in words, numbers and dates."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.programme.documents import told_date
from apps.maps.programme.told_places import linked
from apps.maps.programme.words import actions_told
from apps.programme.figures import JOINT
from layers.declaration import FieldType
from layers.programme.declaring import LEVELS

NOTHING = "—"
"""The document says nothing."""

VARIANTS = ("21 cercles", "17 cercles")


@dataclass(frozen=True)
class Cell:
    """
    What a cell says, `under` it in small, and the language of its words where it is not the page's.

    `is_marked`: the variants of an indicator differ here.
    """

    told: str
    is_number: bool = False
    language: str = ""
    under: str = ""
    is_marked: bool = False
    links: tuple = ()
    """(name, address of its sheet or None) of places, said instead of `told`."""


def cells(row_list, rows):
    """Return the cells of one entry: the rows that group to it."""
    fields = row_list.field_of
    return [_cell(fields[name], rows) for name in row_list.columns]


def _cell(field, rows):
    special = SPECIAL.get(field.name)
    if special:
        return special(field, rows)
    return Cell(
        told=told(field, getattr(rows[0], field.name)),
        is_number=field.type in (FieldType.INTEGER, FieldType.NUMBER),
        language=language_of(field),
    )


def told(field, value):
    """Return a value in words: of its choices, yes or no, a number as it is written here."""
    if value is None or value == "":
        return NOTHING
    if field.choices:
        words = field.choices.get(value)
        return words.in_language(get_language()) if words else str(value)
    match field.type:
        case FieldType.BOOLEAN:
            return _("oui") if value else _("non")
        case FieldType.INTEGER:
            return formats.number(value)
        case FieldType.NUMBER:
            return formats.number(value, 0 if value == int(value) else 2)
    return str(value)


def language_of(field):
    """Return the language of a field's texts where its label says that it is not the page's."""
    if field.choices:
        return ""
    if get_language() == "en":
        return "fr" if "(in French)" in field.label.en else ""
    return "en" if "(en anglais)" in field.label.fr else ""


def label(field, language):
    """Return the title of a column, without its "in English" where the page translates its words."""
    words = field.label.in_language(language)
    return words.replace(" (en anglais)", "") if field.name == "action" else words


def _place(field, rows):
    links = tuple(link for row in rows for link in linked(row))
    levels = dict.fromkeys(row.level for row in rows if row.level)
    return Cell(told=NOTHING, links=links, under=", ".join(map(_level, levels)))


def _level(level):
    words = LEVELS.get(level)
    return words.in_language(get_language()) if words else level


def _action(field, rows):
    return Cell(told=actions_told(rows[0].action) or NOTHING)


def _date(field, rows):
    value = getattr(rows[0], field.name)
    return Cell(told=" / ".join(told_date(each) for each in value.split("/")) if value else NOTHING)


def _count(field, rows):
    row = rows[0]
    if row.count is None:
        return Cell(told=NOTHING, is_number=True)
    out_of = _("sur %(n)s") % {"n": formats.number(row.count_out_of)} if row.count_out_of else ""
    return Cell(told=formats.number(row.count), is_number=True, under=out_of)


def _value(field, rows):
    """A value of several places is told once, and says so."""
    row = rows[0]
    under = row.unit
    if getattr(row, "value_scope", "") == JOINT:
        shared = _("valeur commune à %(n)s lieux") % {"n": row.n_places}
        under = f"{under} · {shared}" if under else shared
    return Cell(told=told(field, row.value), is_number=True, under=under)


def _usd_total(field, rows):
    row = rows[0]
    shared = getattr(row, "alignment_confidence", "") == JOINT
    under = _("montant commun à %(n)s lieux") % {"n": len(rows)} if shared else ""
    return Cell(told=told(field, row.usd_total), is_number=True, under=under)


def _target(field, rows):
    """The target of both variants: once where they agree, else side by side and marked."""
    by_variant = {row.framework: getattr(row, field.name) or NOTHING for row in rows}
    if len(set(by_variant.values())) == 1:
        return Cell(told=next(iter(by_variant.values())), language="fr")
    full, reduced = (by_variant.get(variant, NOTHING) for variant in VARIANTS)
    return Cell(
        told=full, language="fr", under=_("17 cercles : %(target)s") % {"target": reduced}, is_marked=True
    )


def _named(field, rows, *names):
    """A text with its code and its group under it."""
    row = rows[0]
    under = " · ".join(str(getattr(row, name)) for name in names if getattr(row, name))
    return Cell(told=told(field, getattr(row, field.name)), language=language_of(field), under=under)


SPECIAL = {
    "place": _place,
    "action": _action,
    "date": _date,
    "as_of": _date,
    "count": _count,
    "value": _value,
    "usd_total": _usd_total,
    "activity": lambda field, rows: _named(field, rows, "activity_id", "activity_group"),
    "indicator": lambda field, rows: _named(field, rows, "indicator_code"),
    **{f"target_{year}": _target for year in range(2021, 2026)},
}
"""Field -> how it is told, where it is not by its type alone."""
