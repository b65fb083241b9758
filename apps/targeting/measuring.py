"""The values of a criterion in every area: known or not, how precise, and what they might be instead."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from apps.area_tables.figures import values_of
from apps.area_tables.models import AreaTable
from apps.boundaries.models import Edition
from apps.boundaries.queries import km_of_border, km_to_nearest
from apps.coverage.figures import coverage
from apps.coverage.questions import DEFAULT_FAMILY, DEFAULT_LIMIT_KM, CoverageQuestion, kinds_of
from apps.events.asked import months_before
from apps.events.figures import COUNTED, Period, areas_of, period_of, placings_between
from apps.events.spreading import MEASURES
from apps.programme.models import PlannedWork
from apps.projects.models import Presence
from apps.runs.models import Run
from apps.runs.services import RunFailed
from apps.siting import runs as siting
from geo.vocabulary import CoverageSense, InstitutionKind, Level

PLACINGS = 200
"""Placings of the imprecise events among which robustness draws."""

NOBODY = dict.fromkeys(("low", "point", "high"), 0)

ORDINARY = ("violent_events", "fatalities")
RATES = {"violent_per_100k": "violent_events", "fatalities_per_100k": "fatalities"}


@dataclass(frozen=True)
class Column:
    """
    A criterion over the areas of a level, in their order; NaN is not known.

    `placed` is (placings, areas) where imprecise events may lie elsewhere, or people may be reached by what
    the register lacks; None where nothing is imprecise.
    `low` and `high` bound what is published of each area.
    """

    values: np.ndarray
    low: np.ndarray
    high: np.ndarray
    placed: np.ndarray | None = None
    table: AreaTable | None = None


class Measuring:
    """Measures criteria over the areas of one level, as one question asks; what two criteria share, once."""

    def __init__(self, level, asked, classes):
        self.level, self.asked, self.classes = level, asked, classes
        self.areas = areas_of(level)
        self._counted = {}

    @cached_property
    def people(self):
        return _array(area["people"] for area in self.areas)

    @cached_property
    def pcodes(self):
        return [area["pcode"] for area in self.areas]

    def period_of(self, criterion):
        """Return the period of a criterion of events: its own days, else the last twelve months asked."""
        usual = period_of("12m", self.asked)
        since, until = (_day(criterion[name]) or getattr(usual, name) for name in ("since", "until"))
        # Nothing later than asked enters, whatever a criterion says.
        return Period("chosen", since, min(until, usual.until) if until and usual.until else until)

    def column(self, criterion):
        """Return the values of a criterion of a question; raises RunFailed where its data are not there."""
        indicator = criterion["indicator"]
        if indicator in RATES:
            return self._rate(RATES[indicator], self.period_of(criterion))
        if indicator in ORDINARY:
            return self._counts(indicator, self.period_of(criterion))
        return getattr(self, f"_{indicator}")(criterion)

    # --- Events ---

    def _events(self, period):
        """Return the counts of a period of the events placed, and under each placing; Nones where unknown."""
        key = (period.since, period.until)
        if key not in self._counted:
            figures, drawn = placings_between(self.level, period, self.asked, draws=PLACINGS)
            by_name = {name: _array(area[name] for area in figures) for name in COUNTED}
            self._counted[key] = by_name, drawn
        return self._counted[key]

    def _counts(self, name, period):
        by_name, drawn = self._events(period)
        if drawn is None:
            return _certain(by_name[name])
        under = drawn[MEASURES.index(name)].T.astype(float)
        return _spread(by_name[name], under)

    def _rate(self, name, period):
        counts = self._counts(name, period)
        per_100k = np.divide(
            100_000, self.people, out=np.full(len(self.areas), np.nan), where=self.people > 0
        )
        placed = None if counts.placed is None else counts.placed * per_100k
        return Column(counts.values * per_100k, counts.low * per_100k, counts.high * per_100k, placed)

    def _violent_rise(self, criterion):
        period = self.period_of(criterion)
        if period.since is None:
            return self._unknown()
        # Events are counted by whole months.
        months = (period.until.year - period.since.year) * 12 + period.until.month - period.since.month + 1
        since = months_before(period.since, months)
        before = Period("before", since, period.since.replace(day=1) - timedelta(days=1))
        span = self.asked.span
        if span is None or before.since < span.first:
            # What happened before the first event loaded is not known: there is nothing to rise from.
            return self._unknown()
        now, then = (self._counts("violent_events", each) for each in (period, before))
        rise = now.values - then.values
        if now.placed is None and then.placed is None:
            return _certain(rise)
        # The same events are spread in each draw of a period; two periods are two sets of events.
        under = [each.values if each.placed is None else each.placed for each in (now, then)]
        return _spread(rise, under[0] - under[1])

    def _near_violence_km(self, criterion):
        counts = self._counts("violent_events", self.period_of(criterion)).values
        if np.isnan(counts).all():
            return self._unknown()
        violent = [
            pcode for pcode, count in zip(self.pcodes, counts, strict=True) if count >= criterion["threshold"]
        ]
        km = km_to_nearest(self.level, violent)
        return self._told(km)

    # --- Places, people, who works where ---

    def _border_km(self, criterion):
        return self._told(km_of_border(self.level))

    def _people(self, criterion):
        return _certain(self.people)

    def _works(self, criterion):
        rows = PlannedWork.objects.filter(areas__level=self.level, areas__edition__is_active=True)
        return self._told(_number_by(rows.values_list("areas__pcode", "pk")))

    def _projects(self, criterion):
        rows = Presence.objects.current().filter(area__level=self.level, area__edition__is_active=True)
        return self._told(_number_by(rows.values_list("area__pcode", "project")))

    def _beyond_share(self, criterion):
        kinds = criterion["kinds"] and tuple(InstitutionKind(kind) for kind in criterion["kinds"])
        answer = coverage(
            CoverageQuestion(
                kinds=kinds or kinds_of(DEFAULT_FAMILY),
                sense=CoverageSense.NOMINAL,
                limit_km=criterion["limit_km"] or DEFAULT_LIMIT_KM,
                day=self.period_of(criterion).until,
                level=self.level,
            )
        )
        bounds = {area.pcode: (area.share_beyond_low, area.share_beyond_high) for area in answer.areas}
        low, high = (_array(bounds.get(pcode, (None, None))[end] for pcode in self.pcodes) for end in (0, 1))
        if not (low < high).any():
            return _certain(low)
        # One doubt for all: what the register may lack stands everywhere to the same degree.
        degrees = np.linspace(0, 1, PLACINGS)[:, None]
        return Column((low + high) / 2, low, high, low + degrees * (high - low))

    def _siting_gain(self, criterion):
        run = Run.objects.of_kind(siting.KIND).answered().filter(pk=criterion["run"]).first()
        if run is None:
            raise RunFailed(
                _("L’exécution d’implantations %(run)s n’a pas de réponse : choisissez-en une autre.")
                % criterion
            )
        answer = json.loads(run.answer)
        if run.edition != self.edition_name or self.level != Level.CERCLE:
            raise RunFailed(
                _("Le gain d’implantations est connu par cercle de l’édition %(edition)s seulement.")
                % {"edition": run.edition}
            )
        gains = {area["pcode"]: area["gains"].get("chosen") for area in answer["areas"]}
        # Whoever is not named gains nobody: the run looked at every cercle.
        ends = [
            _array((gains.get(pcode) or NOBODY)[end] for pcode in self.pcodes)
            for end in ("point", "low", "high")
        ]
        return Column(*ends)

    @cached_property
    def edition_name(self):
        return Edition.objects.filter(is_active=True).values_list("name", flat=True).first()

    def _table(self, criterion):
        if criterion["table"] is None:
            return self._unknown()
        table = AreaTable.objects.of_access(self.classes).filter(key=criterion["table"]).first()
        if table is None:
            raise RunFailed(
                _(
                    "Aucun tableau « %(table)s » n’est chargé : "
                    "importez-le, ou retirez le critère « %(key)s »."
                )
                % criterion
            )
        values = values_of(table, self.level)
        told = _certain(_array(values[pcode] for pcode in self.pcodes))
        return Column(told.values, told.low, told.high, table=table)

    def _told(self, by_pcode):
        """Return what is told of some areas; of the others it is unknown, not zero."""
        return _certain(_array(by_pcode.get(pcode) for pcode in self.pcodes))

    def _unknown(self):
        return _certain(np.full(len(self.areas), np.nan))


def _day(text):
    return text and date.fromisoformat(text)


def _array(values):
    return np.array([np.nan if value is None else float(value) for value in values])


def _certain(values):
    return Column(values, values, values)


def _spread(values, under):
    """Return a column with 90 % of its placings between low and high; certain where no two differ."""
    if (under == under[0]).all() and (under[0] == values).all():
        return _certain(values)
    low, high = np.quantile(under, (0.05, 0.95), axis=0, method="inverted_cdf")
    return Column(values, np.minimum(low, values), np.maximum(high, values), under)


def _number_by(pairs):
    found = {}
    for pcode, row in pairs:
        found.setdefault(pcode, set()).add(row)
    return {pcode: len(rows) for pcode, rows in found.items()}
