"""The rows of an answer in words: pairs as « 12 (10 à 15) », coded values, names of territories."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.maps import formats
from apps.maps.analysis.words import GROUPS
from apps.maps.tables import sortable
from geo.vocabulary import Level
from layers.catalogue import LAYERS
from layers.declaration import FieldType

NUMERIC = (FieldType.INTEGER.value, FieldType.NUMBER.value)
ENDS = ("low", "high")
TERRITORIES = ("region", "cercle", "commune")
SHEETS = {Level.REGION: "region-sheet", Level.CERCLE: "cercle-sheet"}
FEW = "few"
"""What stands in a row for a count from 1 to 4 that its reader may not know."""

SHARE = "share"
MOST_DECIMALS = 2


@dataclass(frozen=True)
class Column:
    """A column as it is shown: `at` is its place in a row, `ends` those of the two ends of its interval."""

    name: str
    label: str
    type: str
    unit: str
    at: int
    ends: tuple | None = None
    choices: dict = field(default_factory=dict)
    """Coded value -> its words."""
    pcode_at: int | None = None
    """Where the P-code of a territory stands that this column names."""

    @property
    def is_number(self):
        return self.type in NUMERIC

    @property
    def descending(self):
        return f"-{self.name}"

    @property
    def first_sort(self):
        """Return the order that a first touch of the title asks: numbers begin with the largest."""
        return self.descending if self.is_number else self.name

    @property
    def second_sort(self):
        return self.name if self.is_number else self.descending


@dataclass(frozen=True)
class Cell:
    """One value: as told, as it sorts (a number or nothing), and the page it leads to."""

    told: str | None
    sorts: float | None
    is_number: bool
    url: str = ""


def columns_of(answer):
    """Return the columns of an answer (plain) as they are shown: an interval beside its number."""
    places = {column["name"]: place for place, column in enumerate(answer["columns"])}
    pairs = {name: tuple(places.get(f"{name}_{end}") for end in ENDS) for name in places}
    pairs = {name: ends for name, ends in pairs.items() if None not in ends}
    hidden = {f"{name}_{end}" for name in pairs for end in ENDS}
    hidden |= {name for name in TERRITORIES if f"{name}_name" in places}
    return [
        Column(
            name=column["name"],
            label=_label(column),
            type=str(column["type"]),
            unit=_unit(column["unit"]),
            at=places[column["name"]],
            ends=pairs.get(column["name"]),
            choices={code: told[get_language()] for code, told in column.get("choices", {}).items()},
            pcode_at=places.get(column["name"].removesuffix("_name")),
        )
        for column in answer["columns"]
        if column["name"] not in hidden
    ]


def _label(column):
    """Return the title of a column: territories are told by their names, not by their P-codes."""
    return (
        str(GROUPS[column["name"]]).capitalize()
        if column["name"] in TERRITORIES
        else column["label"][get_language()]
    )


def _unit(unit):
    return unit.get(get_language(), "") if isinstance(unit, dict) else unit or ""


class Teller:
    """Tells the values of one answer: it knows the layer of its features and the names of its territories."""

    def __init__(self, answer, columns):
        self.answer, self.columns = answer, columns
        self.areas = self._areas()

    def _areas(self):
        places = [column.pcode_at for column in self.columns if is_territory(column)]
        pcodes = {row[at] for row in self.answer["rows"] for at in places if isinstance(row[at], str)}
        found = Area.objects.active().filter(pcode__in=pcodes) if pcodes else ()
        return {area.pcode: area for area in found.only("pcode", "name", "level")} if pcodes else {}

    def cells(self, row):
        return [self.cell(column, row) for column in self.columns]

    def cell(self, column, row):
        value = row[column.at]
        if column.is_number:
            return Cell(self.number(column, row), value if isinstance(value, int | float) else None, True)
        area = self.areas.get(row[column.pcode_at]) if is_territory(column) else None
        if area is not None:
            sheet = SHEETS.get(area.level)
            return Cell(area.name, None, False, reverse(sheet, args=[area.pcode]) if sheet else "")
        return Cell(self.text(column, value), None, False)

    def text(self, column, value):
        """Return a value that is no number in words; None where it is missing."""
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return _("oui") if value else _("non")
        if isinstance(value, list):
            return ", ".join(filter(None, (self.text(column, each) for each in value)))
        if column.name == "month":
            return formats.month(date.fromisoformat(str(value)[:7] + "-01"))
        if column.type == FieldType.DATE.value:
            return formats.day(date.fromisoformat(str(value)[:10]))
        return column.choices.get(str(value), str(value))

    def number(self, column, row):
        """Return a number in words, with its interval where the ends differ; None where it is missing."""
        value = row[column.at]
        if column.choices:
            return self.text(column, value)
        told = plain_number(column, value)
        if told is None or column.ends is None:
            return told
        low, high = (row[at] for at in column.ends)
        if low is None or high is None or low == high == value:
            return told
        return _("%(value)s (%(low)s à %(high)s)") % {
            "value": told,
            "low": plain_number(column, low),
            "high": plain_number(column, high),
        }


def is_territory(column):
    return column.name.removesuffix("_name") in TERRITORIES


def plain_number(column, value):
    """Return one number as a reader writes it; the words of what is withheld, None of what is missing."""
    if value == FEW:
        return _("moins de 5")
    if value is None:
        return None
    if column.name == SHARE or column.name.endswith("_share"):
        return formats.percent(value, 1)
    if column.name.endswith("year"):
        return str(value)
    return formats.number(value, decimals_of(value))


def decimals_of(value):
    """Return as many decimals as a number needs to be read: none of large ones."""
    if isinstance(value, int) or float(value).is_integer() or abs(value) >= 1000:
        return 0
    return 1 if abs(value) >= 10 else MOST_DECIMALS


def fields_of(answer):
    """Return the declared fields of the layer whose features an answer tells, by name."""
    layer = LAYERS.get(layer_of(answer["question"]))
    return {field.name: field for field in layer.fields} if layer else {}


def layer_of(question):
    """Return the name of the layer whose features the last step keeps."""
    what = question["steps"][-1]["what"]
    while what.get("step"):
        what = question["steps"][what["step"] - 1]["what"]
    return what.get("layer", "")


def sorted_rows(answer, columns, sort):
    """Return the places of the rows in the order asked (`name`, `-name`), what is missing last."""
    places = range(len(answer["rows"]))
    column = next((each for each in columns if each.name == sort.removeprefix("-")), None)
    if column is None:
        return list(places)
    values = {place: answer["rows"][place][column.at] for place in places}
    kind = int | float if column.is_number else str
    known = [place for place in places if isinstance(values[place], kind)]
    known.sort(key=lambda place: sortable(values[place]), reverse=sort.startswith("-"))
    return known + [place for place in places if not isinstance(values[place], kind)]
