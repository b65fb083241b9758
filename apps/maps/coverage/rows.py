"""The table of coverage: a row for each area, in the order asked, and what the works bring to each."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from apps.coverage.figures import AreaCoverage, AreaGain
from apps.maps import tables
from apps.maps.coverage import sentences as said
from apps.maps.templatetags.maillage import number, or_missing, plain
from geo.names import fold
from geo.vocabulary import Completeness, Level

LARGEST = 10
"""How many areas a printed page lists."""


@dataclass(frozen=True)
class Row:
    """An area as table, map and panel show it. `region` is its region's P-code; a region's, its own."""

    area: AreaCoverage
    gain: AreaGain | None
    region: str
    region_name: str
    sheet_level: str
    sheet_pcode: str
    sheet_name: str

    @property
    def url(self):
        return _sheet(self.sheet_level).replace("PCODE", self.sheet_pcode)

    @property
    def beyond(self):
        return said.interval(self.area.beyond_low, self.area.beyond_high)

    @property
    def share(self):
        return said.share(self.area.share_beyond_low, self.area.share_beyond_high)

    @property
    def gained(self):
        return said.interval(self.gain.gained_low, self.gain.gained_high) if self.gain else None

    @property
    def register_told(self):
        return registers()[self.area.register]

    @property
    def parent_told(self):
        """Return where the area lies: « Koro, Mopti » for a commune, « Mopti » for a cercle."""
        if self.sheet_pcode != self.area.pcode:
            return f"{self.area.parent_name}, {self.region_name}"
        return self.area.parent_name or ""


@cache
def _sheet(level):
    return reverse(f"{level}-sheet", args=["PCODE"])


def registers():
    """Return the words of how complete a register is."""
    return {
        Completeness.COMPLETE: _("complet"),
        Completeness.PARTIAL: _("partiel"),
        Completeness.UNKNOWN: _("inconnu"),
    }


def rows_of(areas, level, regions, gains=()):
    """
    Return a row for each area. `regions` is {cercle: (region, its name)}, by P-code; `gains` are those of
    the same areas, in the same order, or none.
    """
    gains = gains or [None] * len(areas)
    return [_row(area, level, regions, gain) for area, gain in zip(areas, gains, strict=True)]


def _row(area, level, regions, gain):
    match level:
        case Level.REGION:
            place = (area.pcode, area.name, "region", area.pcode, area.name)
        case Level.CERCLE:
            place = (area.parent, area.parent_name, "cercle", area.pcode, area.name)
        case Level.COMMUNE:
            place = (*regions[area.parent], "cercle", area.parent, area.parent_name)
    return Row(area, gain, *place)


def country_row(answer, difference):
    """Return the row of the whole country, which has no sheet."""
    return Row(answer.country, difference.country if difference else None, "", "", "", "", "")


KEYS = {
    "name": lambda row: fold(row.area.name),
    "people": lambda row: row.area.people,
    "beyond": lambda row: row.area.beyond_high,
    "share": lambda row: row.area.share_beyond_high,
    "register": lambda row: list(Completeness).index(row.area.register),
    "gained": lambda row: row.gain.gained_high if row.gain else None,
}
"""What each column is sorted by: of an interval, its upper end."""


def in_order(rows, question):
    """Return the rows sorted by a column, those without its figure last, equal ones by P-code."""
    key = KEYS[question.order]
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    return sorted(known, key=key, reverse=question.is_descending) + unknown


def largest(rows):
    """Return the areas with most people beyond reach, at most."""
    known = [row for row in rows if row.area.beyond_high is not None]
    return sorted(known, key=lambda row: -row.area.beyond_high)[:LARGEST]


# Seven hundred communes take a template a quarter of a second, and this a fifth of it.
ROW = """<tr data-pcode="{pcode}" data-region="{region}"{hidden}>
<th scope="row"><a href="{url}">{name}</a>{parent}</th>
<td class="number" data-value="{people_plain}">{people}</td>
<td class="number" data-value="{beyond_plain}">{beyond}</td>
<td class="number" data-value="{share_plain}">{share}</td>{gained}
<td>{register}</td></tr>
"""
GAINED = '<td class="number" data-value="{}">{}</td>'
PARENT = '<span class="row-parent">{}</span>'


def table_body(rows, *, region=""):
    """Return the rows of the table as HTML; those of other regions than `region`, when told, are hidden."""
    told = registers()
    return format_html_join("", ROW, (_cells(row, told, region) for row in rows))


def _cells(row, told, region):
    area = row.area
    return {
        "pcode": area.pcode,
        "region": row.region,
        "hidden": mark_safe(" hidden") if region and region != row.region else "",
        "url": row.url,
        "name": area.name,
        "parent": format_html(PARENT, row.parent_told) if row.parent_told else "",
        "people": number(area.people),
        "people_plain": plain(area.people),
        "beyond": or_missing(row.beyond),
        "beyond_plain": plain(area.beyond_high),
        "share": or_missing(row.share),
        "share_plain": plain(area.share_beyond_high),
        "gained": format_html(GAINED, plain(row.gain.gained_high), or_missing(row.gained))
        if row.gain
        else "",
        "register": told[area.register],
    }


def sorts(question):
    """Return for each column its direction (as aria-sort says it) and the order a click on it asks."""
    first = {"name": "", "register": ""}
    return {
        key: {
            "direction": tables.direction(question, key),
            "next": tables.next_sort(question, key, first=first.get(key, "-")),
        }
        for key in KEYS
    }
