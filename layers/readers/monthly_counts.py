"""
What publishers count by cercle and month: the tables of ACLED on HDX, and the conflict events of HDX HAPI.

Counts of several categories overlap (an event against civilians is political violence too): never added.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from geo.names import fold
from layers.readers import values
from layers.readers.problems import Reading
from layers.readers.tables import LeftOut, Row, Table
from layers.readers.values import Unfit
from layers.readers.wording import quoted


class CountCategory(StrEnum):
    """
    What is counted (enumeration event type of HDX HAPI; ALL is ours: everything ACLED records).

    POLITICAL_VIOLENCE: battles, explosions, violence against civilians, and mob violence (riots).
    CIVILIAN_TARGETING: where civilians were the target. DEMONSTRATION: protests, riots without mob violence.
    """

    ALL = "all"
    POLITICAL_VIOLENCE = "political_violence"
    CIVILIAN_TARGETING = "civilian_targeting"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCount:
    """
    A count of one category in one cercle and month; `month` is its first day.

    `pcode`, `name` and `region` are the publisher's own, of an edition it does not tell; `fatalities` is None
    where it tells none, which is not 0.
    """

    category: CountCategory
    month: date
    pcode: str
    name: str
    region: str
    events: int
    fatalities: int | None
    row: int


_HDX_COLUMNS = {
    "country": ("ISO3", "Country"),
    "region": ("Admin1",),
    "name": ("Admin2",),
    "pcode": ("Admin2 Pcode",),
    "month": ("Month",),
    "year": ("Year",),
    "events": ("Events",),
    "fatalities": ("Fatalities",),
}
_HAPI_COLUMNS = {
    "country": ("location_code",),
    "region": ("admin1_name", "provider_admin1_name"),
    "name": ("admin2_name", "provider_admin2_name"),
    "pcode": ("admin2_code",),
    "category": ("event_type",),
    "since": ("reference_period_start",),
    "until": ("reference_period_end",),
    "events": ("events",),
    "fatalities": ("fatalities",),
}
_MALI = ("MLI", "Mali")
_CATEGORIES = {str(each): each for each in CountCategory}
_TOLD_BY_NAME = {
    CountCategory.POLITICAL_VIOLENCE: "politicalviolence",
    CountCategory.CIVILIAN_TARGETING: "civiliantargeting",
    CountCategory.DEMONSTRATION: "demonstration",
}

Key = tuple[CountCategory, date, str, str]


def category_of(file_name: str) -> CountCategory | None:
    """
    Return what a table counts by its name on HDX, None when the name does not tell.

    >>> category_of("mali_civilian_targeting_events_and_fatalities_by_month-year.csv")
    <CountCategory.CIVILIAN_TARGETING: 'civilian_targeting'>
    """
    folded = fold(file_name)
    return next((category for category, words in _TOLD_BY_NAME.items() if words in folded), None)


def read_hdx(path: Path, category: CountCategory | None = None) -> Reading[MonthlyCount]:
    """
    Return the counts of Mali in a table of ACLED on HDX: one category, every month of every cercle.

    Without `category` the file's name tells it; else political violence is meant, and a doubt says so. Rows
    of other countries are counted in `left_out`. Raises UnreadableFile for no table, or a missing column.
    """
    table = Table(path, _HDX_COLUMNS, optional=("fatalities",))
    told = category or category_of(path.name)
    if told is None:
        table.problems.append(table.problem(1, "catégorie", "", _CATEGORY_NOT_TOLD, is_fatal=False))
    meant = told or CountCategory.POLITICAL_VIOLENCE
    seen: dict[Key, int] = {}
    return table.read(lambda row: _once(row, _of_hdx(row, meant), seen))


_CATEGORY_NOT_TOLD = Unfit(
    "Rien ne dit ce que ce tableau compte\u202f; il est pris pour la violence politique.",
    "Dites-le par --category, ou gardez au fichier son nom sur HDX.",
)


def read_hapi(path: Path) -> Reading[MonthlyCount]:
    """
    Return the counts of Mali in a table of HDX HAPI: three categories; a row of HXL tags may follow.

    Rows of other countries and rows without a P-code of a cercle are counted in `left_out`. Raises
    UnreadableFile for no table, or a missing column.
    """
    table = Table(path, _HAPI_COLUMNS, optional=("until",))
    seen: dict[Key, int] = {}
    return table.read(lambda row: _once(row, _of_hapi(row), seen))


def _of_hdx(row: Row, category: CountCategory) -> MonthlyCount:
    _require_mali(row)
    return MonthlyCount(
        category=category,
        month=_month_told(row),
        pcode=row.text("pcode"),
        name=row.required("name"),
        region=row.text("region"),
        events=row.whole("events"),
        fatalities=row.optional_whole("fatalities"),
        row=row.line,
    )


def _of_hapi(row: Row) -> MonthlyCount:
    _require_mali(row)
    if not row.text("pcode"):
        raise LeftOut("sans P-code de cercle")
    return MonthlyCount(
        category=row.one_of("category", _CATEGORIES),
        month=_month_of_period(row),
        pcode=row.text("pcode"),
        name=row.required("name"),
        region=row.text("region"),
        events=row.whole("events"),
        fatalities=row.optional_whole("fatalities"),
        row=row.line,
    )


def _month_told(row: Row) -> date:
    try:
        return values.day(f"1 {row.required('month')} {row.whole('year', least=1997)}")
    except Unfit:
        raise row.refusal("month", _NO_MONTH) from None


_NO_MONTH = Unfit("Ce n'est pas le nom d'un mois.", "Écrivez-le en entier, en anglais ou en français.")


def _require_mali(row: Row) -> None:
    country = row.text("country")
    if country not in _MALI:
        raise LeftOut(country or "sans pays")


def _month_of_period(row: Row) -> date:
    since = row.day("since")
    if since.day != 1:
        raise row.refusal("since", _NOT_A_MONTH)
    last = since.replace(day=calendar.monthrange(since.year, since.month)[1])
    if row.text("until") and not since <= row.day("until") <= last:
        raise row.refusal("until", _NOT_A_MONTH)
    return since


_NOT_A_MONTH = Unfit(
    "Cette période n'est pas un mois entier.", "Demandez les comptes par mois, du premier au dernier jour."
)


def _once(row: Row, count: MonthlyCount, seen: dict[Key, int]) -> MonthlyCount:
    key = count.category, count.month, count.pcode, count.name
    first = seen.setdefault(key, row.line)
    if first != row.line:
        unfit = Unfit(
            f"{quoted(count.name)} a déjà un compte de ce mois à la ligne {first}.",
            "Ôtez l'une des deux lignes.",
        )
        raise row.refusal("name", unfit)
    return count
