"""
A run as a workbook with live formulas: whoever doubts a score follows it cell by cell, or changes a weight.

A sheet of criteria with weights and scales, one a zone with values, normalised values, scores and ranks, one
of what the run rests on. The formulas follow docs/methods.md; what they gave when the run was made is kept
in their cells, so that a reader without a spreadsheet sees the numbers of the answer. Words are written as
words: no name that begins with = becomes a formula.
"""

import io
import re

import numpy as np
import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from apps.maps.runs.reading import Reading
from apps.maps.runs.told import class_title, criterion_title, zone_title
from apps.targeting.questions import scale_of
from geo.normalising import Normalisation, normalised

FIRST = 1
"""The row of the first area or criterion, below the titles."""

NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


def workbook(run, answer, about):
    """Return the bytes of the workbook of a run that is told whole."""
    reading, out = Reading(answer), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        formats = {
            "title": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "asked": book.add_format({"bg_color": "#f6efdc"}),
            "score": book.add_format({"num_format": "0.00"}),
            "share": book.add_format({"num_format": "0.000"}),
            "filled": book.add_format({"italic": True, "bg_color": "#f2efe8"}),
        }
        criteria = _Criteria(book, reading, formats)
        for place, zone in enumerate(reading.zones.values(), start=1):
            _ZoneSheet(book, reading, zone, criteria, formats, name=_sheet_name(place, zone)).write()
        criteria.write()
        _about_sheet(
            book, about | {"method": _("docs/methods.md, version %(n)s") % {"n": answer["method"]}}, formats
        )
    return out.getvalue()


def _sheet_name(place, zone):
    return f"{place} {NOT_IN_A_NAME.sub(' ', zone_title(zone))}"[:LONGEST_NAME].strip()


def _about_sheet(book, about, formats):
    sheet = book.add_worksheet(_("À propos"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (name, value) in enumerate(about.items()):
        sheet.write_string(row, 0, name, formats["title"])
        sheet.write_string(row, 1, "" if value is None else str(value))


class _Criteria:
    """The sheet of criteria: weights, which a reader may change, and the two ends of each scale."""

    COLUMNS = ("criterion", "zone", "weight", "share", "normalisation", "direction", "low", "high")
    WEIGHT, SHARE, LOW, HIGH, BAND_LOW, BAND_HIGH, BEFORE, AFTER = 2, 3, 6, 7, 8, 9, 10, 11

    def __init__(self, book, reading, formats):
        self.reading, self.formats = reading, formats
        self.name = _("Critères")
        self.sheet = book.add_worksheet(self.name)
        self.used = [each for zone in reading.zones for each in reading.used(zone)]
        self.rows = {each["id"]: row for row, each in enumerate(self.used, start=FIRST)}
        self.ranges = {}
        """Where the values of each criterion stand as they are read: filled in by the sheets of zones."""

    def cell(self, id_, column):
        return f"'{self.name}'!{xl_rowcol_to_cell(self.rows[id_], column, row_abs=True, col_abs=True)}"

    def shares(self, zone):
        """Return the cells of the shares of a zone, which stand one below the other."""
        rows = [self.rows[each["id"]] for each in self.reading.used(zone)]
        return [f"'{self.name}'!$D${row + 1}" for row in rows]

    def write(self):
        titles = (
            *(_("Critère"), _("Zone"), _("Poids"), _("Part du poids"), _("Mise à l’échelle"), _("Sens")),
            *(_("Bas de l’échelle"), _("Haut de l’échelle"), _("Début de la bande"), _("Fin de la bande")),
            *(_("Place du début"), _("Place de la fin")),
        )
        for column, title in enumerate(titles):
            self.sheet.write_string(0, column, title, self.formats["title"])
        self.sheet.set_column(0, 0, 60)
        self.sheet.set_column(1, 11, 16)
        self.sheet.freeze_panes(1, 1)
        for each in self.used:
            self._write(each, self.rows[each["id"]])

    def _write(self, criterion, row):
        sheet = self.sheet
        sheet.write_string(row, 0, criterion_title(criterion))
        sheet.write_string(row, 1, zone_title(self.reading.zones[criterion["zone"]]))
        sheet.write_number(row, self.WEIGHT, criterion["weight"], self.formats["asked"])
        rows = [self.rows[each["id"]] + 1 for each in self.reading.used(criterion["zone"])]
        share = self.reading.answer["weights"][criterion["id"]]
        sheet.write_formula(
            row, self.SHARE, f"=C{row + 1}/SUM(C{rows[0]}:C{rows[-1]})", self.formats["share"], share
        )
        sheet.write_string(row, 4, criterion["normalisation"])
        sheet.write_string(row, 5, criterion["direction"])
        values, known = self.ranges[criterion["id"]]
        for column, formula, value in zip(
            (self.LOW, self.HIGH), *_ends(criterion, values, known), strict=True
        ):
            sheet.write_formula(row, column, formula, None, value)
        if criterion["band"]:
            self._write_band(criterion, row, values, known)

    def _write_band(self, criterion, row, values, known):
        for column, at, end in zip(
            (self.BAND_LOW, self.BAND_HIGH), (self.BEFORE, self.AFTER), criterion["band"], strict=True
        ):
            limit = f"LN(1+{end!r})" if criterion["logged"] else repr(end)
            read = float(np.log1p(end)) if criterion["logged"] else end
            self.sheet.write_formula(row, column, f"={limit}", None, read)
            cell = xl_rowcol_to_cell(row, column)
            low, high = (xl_rowcol_to_cell(row, place) for place in (self.LOW, self.HIGH))
            formula = f"={_place(criterion, cell, low, high, values)}"
            self.sheet.write_formula(row, at, formula, None, _placed(criterion, read, known))


def _ends(criterion, values, known):
    """Return the formulas of the two ends of the scale of a criterion, and what they give."""
    if criterion["bounds"]:
        low, high = criterion["bounds"]
        read = np.log1p if criterion["logged"] else float
        told = [f"=LN(1+{end!r})" if criterion["logged"] else f"={end!r}" for end in (low, high)]
        return told, [float(read(low)), float(read(high))]
    if criterion["normalisation"] == Normalisation.Z_SCORE:
        mean, deviation = float(np.mean(known)), float(np.std(known))
        told = [f"=AVERAGE({values}){sign}3*STDEVP({values})" for sign in "-+"]
        return told, [mean - 3 * deviation, mean + 3 * deviation]
    return [f"=MIN({values})", f"=MAX({values})"], [float(np.min(known)), float(np.max(known))]


def _place(criterion, value, low, high, values):
    """Return the formula that places a value, as it is read, between the two ends of its scale."""
    if criterion["normalisation"] == Normalisation.PERCENTILE:
        below, equal = f'COUNTIF({values},"<"&{value})', f"COUNTIF({values},{value})"
        return f"({below}+({equal}-1)/2)/MAX(COUNT({values})-1,1)"
    return f"IF({high}>{low},({value}-{low})/({high}-{low}),0)"


def _placed(criterion, read, known):
    """Return what the formula of `_place` gives."""
    if criterion["normalisation"] == Normalisation.PERCENTILE:
        below, equal = float((known < read).sum()), float((known == read).sum())
        return (below + (equal - 1) / 2) / max(len(known) - 1, 1)
    low, high = _ends(criterion, "", known)[1]
    return (read - low) / (high - low) if high > low else 0


class _ZoneSheet:
    """The areas of a zone: values as known, as read, normalised; score and rank by formula."""

    ABOUT = 3

    def __init__(self, book, reading, zone, criteria, formats, *, name):
        self.reading, self.zone, self.criteria, self.formats, self.name = (
            reading,
            zone,
            criteria,
            formats,
            name,
        )
        self.sheet = book.add_worksheet(name)
        self.areas = reading.members(zone["key"])
        self.used = reading.used(zone["key"])
        self.last = FIRST + len(self.areas)
        self.value_of = {each["id"]: self.ABOUT + place for place, each in enumerate(self.used)}
        at = self.ABOUT + len(self.used)
        self.read_of = dict(self.value_of)
        for each in self.used:
            if each["logged"]:
                self.read_of[each["id"]] = at
                at += 1
        self.normal_of = {each["id"]: at + place for place, each in enumerate(self.used)}
        self.score, self.rank = at + len(self.used), at + len(self.used) + 1

    def write(self):
        self._titles()
        for row, area in enumerate(self.areas, start=FIRST):
            self._area(row, area)
        for criterion in self.used:
            self._normalised(criterion)

    def _titles(self):
        told = [_("P-code"), _("Nom"), _("Région"), *(criterion_title(each) for each in self.used)]
        told += [
            _("ln(1 + valeur) : %(name)s") % {"name": criterion_title(each)}
            for each in self.used
            if each["logged"]
        ]
        told += [_("0 à 1 : %(name)s") % {"name": criterion_title(each)} for each in self.used]
        told += [_("Score"), _("Rang"), _("Score de l’exécution"), _("Écart"), _("Choisi"), _("Règle")]
        told += [_("Probabilité"), _("Classe"), _("Rang, 5 %"), _("Rang, 95 %")]
        for column, title in enumerate(told):
            self.sheet.write_string(0, column, title, self.formats["title"])
        self.sheet.set_column(1, 2, 16)
        self.sheet.set_column(3, len(told), 13)
        self.sheet.freeze_panes(1, 2)

    def _area(self, row, area):
        for column, name in enumerate(("pcode", "name", "region_name")):
            self.sheet.write_string(row, column, area[name])
        for criterion in self.used:
            self._value(row, area, criterion)
        self._score(row, area)
        told = self.rank + 1
        if area["score"] is not None:
            self.sheet.write_number(row, told, area["score"], self.formats["score"])
            score, own = (xl_rowcol_to_cell(row, column) for column in (self.score, told))
            self.sheet.write_formula(row, told + 1, f'=IF({score}="","",ROUND({score}-{own},6))', None, 0)
        self.sheet.write_string(row, told + 2, _("oui") if area["selected"] else _("non"))
        self.sheet.write_string(
            row, told + 3, " ".join([area["how"] or "", *(area["why_not"] or ())]).strip()
        )
        self._robust(row, told + 4, self.reading.answer["robustness"]["areas"][area["pcode"]])

    def _robust(self, row, column, robust):
        self.sheet.write_number(row, column, robust["probability"])
        self.sheet.write_string(row, column + 1, class_title(robust["class"]))
        for at, name in enumerate(("low_rank", "high_rank"), start=column + 2):
            if robust[name] is not None:
                self.sheet.write_number(row, at, robust[name])

    def _value(self, row, area, criterion):
        value = area["values"][criterion["id"]]
        number = value["filled"] if value["value"] is None else value["value"]
        if number is None:
            return
        format_ = self.formats["filled"] if value["value"] is None else None
        self.sheet.write_number(row, self.value_of[criterion["id"]], number, format_)
        if criterion["logged"]:
            cell = xl_rowcol_to_cell(row, self.value_of[criterion["id"]])
            self.sheet.write_formula(
                row, self.read_of[criterion["id"]], f"=LN(1+{cell})", None, float(np.log1p(number))
            )

    def _normalised(self, criterion):
        """Write a criterion on its scale from 0 to 1, with what this gave when the run was made."""
        id_ = criterion["id"]
        column = xl_col_to_name(self.read_of[id_])
        values = f"'{self.name}'!${column}${FIRST + 1}:${column}${self.last}"
        known = [_number(area["values"][id_]) for area in self.areas]
        read = np.log1p(known) if criterion["logged"] else np.array(known)
        self.criteria.ranges[id_] = values, read[~np.isnan(read)]
        found = normalised(known, scale_of(criterion))
        for row, value in enumerate(found, start=FIRST):
            cell = xl_rowcol_to_cell(row, self.read_of[id_])
            formula = f'=IF({cell}="","",{self._on_scale(criterion, cell, values)})'
            self.sheet.write_formula(
                row,
                self.normal_of[id_],
                formula,
                self.formats["share"],
                "" if np.isnan(value) else float(value),
            )

    def _on_scale(self, criterion, cell, values):
        id_, criteria = criterion["id"], self.criteria
        low, high = criteria.cell(id_, criteria.LOW), criteria.cell(id_, criteria.HIGH)
        place = f"MAX(0,MIN(1,{_place(criterion, cell, low, high, values)}))"
        if criterion["direction"] == "less":
            place = f"1-{place}"
        elif criterion["band"]:
            place = self._in_band(id_, cell, place)
        return place if criterion["bounds"] else f"IF(MAX({values})>MIN({values}),{place},0)"

    def _in_band(self, id_, cell, place):
        begin, end, before, after = (
            self.criteria.cell(id_, column)
            for column in (
                *(self.criteria.BAND_LOW, self.criteria.BAND_HIGH),
                *(self.criteria.BEFORE, self.criteria.AFTER),
            )
        )
        rising = f"IF({before}>0,{place}/{before},0)"
        falling = f"IF({after}<1,(1-{place})/(1-{after}),0)"
        return f"IF({cell}<{begin},{rising},IF({cell}>{end},{falling},1))"

    def _score(self, row, area):
        """Write the weighted mean of the row, and its rank among those of the sheet."""
        cells = [xl_rowcol_to_cell(row, self.normal_of[each["id"]]) for each in self.used]
        shares = self.criteria.shares(self.zone["key"])
        if self.zone["aggregation"] == "geometric":
            terms = (f"{share}*LN(10/(10-9*{cell}))" for share, cell in zip(shares, cells, strict=True))
            mean = f"100*(10-10*EXP(-({'+'.join(terms)})))/9"
        else:
            mean = f"100*({'+'.join(f'{share}*{cell}' for share, cell in zip(shares, cells, strict=True))})"
        known = f"COUNT({cells[0]}:{cells[-1]})={len(cells)}"
        is_ranked = area["score"] is not None
        self.sheet.write_formula(
            row,
            self.score,
            f'=IF({known},ROUND({mean},9),"")',
            self.formats["score"],
            area["score"] if is_ranked else "",
        )
        score, column = xl_rowcol_to_cell(row, self.score), xl_col_to_name(self.score)
        among = f"${column}${FIRST + 1}:${column}${self.last}"
        self.sheet.write_formula(
            row,
            self.rank,
            f'=IF({score}="","",RANK({score},{among}))',
            None,
            area["rank"] if is_ranked else "",
        )


def _number(value):
    told = value["filled"] if value["value"] is None else value["value"]
    return np.nan if told is None else told
