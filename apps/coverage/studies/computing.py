"""
The answer to a study of reach. Heavy: for the worker and commands.

Everything it holds follows from the question, the data its snapshot names, and the method. Its shape:

    method, question (whole), edition, is_approximate, snapshot
    walking_only          True: no roads are loaded, minutes are walking minutes in a straight line
    travel                grid, projection, layers, speeds with sources, border (apps.travel told())
    register_is_floor     True: what stands and is not recorded is in nobody's `known`
    links                 [{key, kinds, sure, possible}]: "asked", or "police", "court", "prison" of the chain
    institutions          [{id, name, kind, status, counts, nominal, functional, sits, longitude, ...}]
                          None for readers who may not see them; so are moved, not_placed, outside_mali
    moved                 [{id, name, kind, metres, why}]: from water or a barrier to the nearest land
    not_placed, outside_mali
    country, regions, cercles, communes: each area has
        pcode, name, level, parent, parent_name, settlements, people, people_placed (None: no figure)
        reached           {low, point, known, high, drawn_low, drawn_high} people
                          low: surely; point: unknown statuses counted with their mean probability; known:
                          all that is recorded; high: also where the register may lack one; drawn: 90 % of
                          the draws, widened to hold the point
        beyond            {low, known, point, high}
        bands             {limits, low, known}: people of each band, the last beyond the last limit
        parts             [{key, low, point, known, high}]: links of the chain, or each kind asked
        senses            {nominal: {low, point, known, high}, functional: ...}
        worst_link        {key: people whose farthest link it is, "missing": one is nowhere}; None: no chain
        norm              {people_per_post, needed, standing_low, standing_known, lacking_low, lacking_high};
                          None for a commune; of the chain, None
        weighted          {people, beyond_known, beyond_high} weighted by violence near; None without events
        assigned          [{court_kind, people, place_known, reached, nearest_reached, another_is_nearest,
                          km, nearest_km}]; None without a judicial map
        register          {kind: completeness}
    curve                 {"km" | "minutes": {limits, low, known}}: people within each limit, cumulative
    pockets               {apart_km, number, settlements, people, largest: [{people, hull_km2, worst, ...}]}
    hexagons              {resolution, average_km2, cells: [{h3, ring, people, beyond_low, beyond_known,
                          beyond_high}]}
    off_the_grid          {number, people, settlements}
    sensitivity           [{key, value, low, known}]
    violence, judicial_map (None: none is loaded), draws
"""

import json
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from apps.coverage.register import summed_up
from apps.coverage.studies import areas as told_areas
from apps.coverage.studies import gaps
from apps.coverage.studies.areas import Areas, whole
from apps.coverage.studies.drawing import drawn_reach, people_known
from apps.coverage.studies.inputs import inputs_of, loads_of
from apps.coverage.studies.judicial import Judicial
from apps.coverage.studies.measuring import Measuring
from apps.coverage.studies.questions import KM, MEASURES, METHOD, MINUTES, links_of
from apps.coverage.studies.sensitivity import distances_of, sensitivity_told
from apps.coverage.studies.violence import Violence
from apps.runs.answers import Answer
from apps.runs.services import RunFailed
from apps.runs.snapshot import access_of, edition_of, snapshot
from apps.sources.models import Load
from geo.coverage import Counts, kinds_to_be_complete
from geo.reach import curve, people_where, reached, worst_link, worst_of
from geo.vocabulary import Completeness, CoverageSense, Level
from layers.travel import WALKING

STEPS = 8

CURVE = {KM: range(0, 101, 5), MINUTES: range(0, 1441, 60)}
"""Limits at which the curve is told, beside those asked."""


def compute(text, *, step):
    """Return the answer (`apps.runs.answers.Answer`) to a question as it is kept; raises RunFailed."""
    asked = json.loads(text)
    edition = edition_of(asked)
    study = Study(asked | {"edition": edition.name}, edition, lambda done: step(done, STEPS))
    loads = loads_of(study.asked)
    answer = study.told(loads)
    return Answer(
        answer=answer,
        edition=edition.name,
        events_until=study.violence.until if study.violence.is_known else None,
        known_at=None,
        access=access_of(load for load in loads if load.kind in HOLDS_INSTITUTIONS),
        is_simulated=any(load.is_simulated for load in loads),
        inputs=inputs_of(study.asked, loads),
    )


HOLDS_INSTITUTIONS = (Load.Kind.INSTITUTIONS, Load.Kind.PROGRAMME)
"""Rows of these loads are shown in an answer; of the others only sums are."""


class Study:
    """A question and everything measured for it."""

    def __init__(self, asked, edition, step):
        self.asked, self.edition, self.step = asked, edition, step
        self.sense = CoverageSense(asked["sense"])
        self.measure, self.limit = asked["measure"], asked["limit"]
        self.works = sum(asked["unknown_works"]) / 2
        self.day = date.fromisoformat(asked["day"])
        self.measuring = Measuring(asked, links_of(asked), self.day)
        self.ground = self.measuring.ground
        if not len(self.ground):
            raise RunFailed(_("Aucune localité n’est chargée : lancez manage.py load_settlements."))
        self.areas = Areas(self.ground)
        self.people = self.ground.people
        step(1)
        self.by_sense = {sense: self._reached(sense) for sense in CoverageSense}
        self.reached = self.by_sense[self.sense]
        step(2)
        self.violence = Violence(self.ground, asked["violence"])
        self.by_method = people_known(self.ground)
        self.judicial = Judicial(self.measuring)

    def _reached(self, sense):
        links = [self.measuring.link(key, sense, self.measure, self.limit) for key in self.measuring.links]
        return reached(links, self.limit, works=self.works)

    def told(self, loads):
        """Return the answer: plain values."""
        travelling, measuring = self.measuring.travelling, self.measuring
        moved, not_placed = measuring.placing_told(self.sense)
        sure, known = distances_of(measuring, self.sense, self.measure)
        walking = next(each.kmh for each in travelling.speeds if each.what == WALKING)
        by_area = self._areas_told(worst_of(sure), worst_of(known), known)
        answer = {
            "method": METHOD,
            "question": self.asked,
            "edition": self.edition.name,
            "is_approximate": self.edition.is_approximate,
            "snapshot": snapshot((), also=loads),
            "walking_only": travelling.is_walking_only,
            "travel": travelling.told() | {"key": travelling.key},
            "register_is_floor": True,
            "links": [self._link_told(key) for key in measuring.links],
            "institutions": [each.told(self.sense, self._cercles) for each in measuring.institutions],
            "moved": moved,
            "not_placed": not_placed,
            "outside_mali": [each.told(self.sense, self._cercles) for each in measuring.outside],
            **self.areas.by_level(by_area),
            "curve": {measure: self._curve_told(measure) for measure in MEASURES},
        }
        self.step(6)
        answer |= {
            "pockets": gaps.pockets_told(
                self.ground,
                ~self.reached.known,
                worst_of(known),
                apart_km=self.asked["pocket_km"],
                unit=self.measure,
            ),
            "hexagons": gaps.hexagons_told(self.ground, self.reached),
            "off_the_grid": gaps.off_the_grid_told(self.ground, measuring.off_the_grid),
            "violence": self.violence.told(),
            "judicial_map": self.judicial.told(),
            "draws": {"number": self.asked["draws"], "seed": self.asked["seed"], "share": 0.9},
        }
        self.step(7)
        return answer | {
            "sensitivity": sensitivity_told(measuring, self.sense, self.by_method, walking),
        }

    @property
    def _cercles(self):
        return {pk: area["pcode"] for pk, area in self.ground.areas.items()}

    def _link_told(self, key):
        numbers = {
            word.value: len(self.measuring.counted(key, self.sense, word))
            for word in (Counts.SURE, Counts.POSSIBLE)
        }
        return {"key": key, "kinds": list(self.measuring.links[key]), **numbers}

    def _areas_told(self, worst_sure, worst_known, links_known):
        placed = self.areas.sums(np.nan_to_num(self.people))
        with_figure = self.areas.sums((~np.isnan(self.people)).astype(float))
        settlements = self.areas.sums(np.ones(len(self.ground)))
        bounds = told_areas.bounds_told(self.areas, self.people, self.reached)
        told_areas.with_draws(
            self.areas, bounds, list(drawn_reach(self.measuring, self.sense, self.by_method))
        )
        self.step(3)
        bands = self._bands(worst_sure, worst_known)
        parts = self._parts()
        self.step(4)
        senses = told_areas.senses_told(self.areas, self.people, self.by_sense)
        worst = self._worst_links(links_known)
        norm = self._norms(placed)
        weighted = self._weighted()
        assigned = self.judicial.by_area(self.areas)
        registers = self._registers()
        self.step(5)
        return [
            self.areas.name(at)
            | {
                "settlements": whole(settlements[at]),
                "people": self._figure(at, placed[at]),
                "people_placed": whole(placed[at]) if with_figure[at] else None,
                "reached": bounds[at] if with_figure[at] else None,
                "beyond": told_areas.beyond_told(whole(placed[at]), bounds[at]) if with_figure[at] else None,
                "bands": bands(at),
                "parts": [{"key": key, **told[at]} for key, told in parts],
                "senses": senses[at] if with_figure[at] else None,
                "worst_link": worst and worst[at],
                "norm": norm and norm[at],
                "weighted": weighted and weighted[at],
                "assigned": assigned and assigned[at],
                "register": registers(at),
            }
            for at in range(len(self.areas))
        ]

    def _figure(self, at, placed):
        """Return the people of an area: its figure, its cercles' where it has none, a commune's placed."""
        pk = self.areas.pks[at]
        areas = self.ground.areas
        if pk is not None and (areas[pk]["people"] is not None or areas[pk]["level"] == Level.CERCLE):
            return areas[pk]["people"]
        if pk is not None and areas[pk]["level"] == Level.COMMUNE:
            return whole(placed)
        inside = [
            area["people"]
            for area in areas.values()
            if area["level"] == Level.CERCLE and pk in (None, area["parent"]) and area["people"] is not None
        ]
        return sum(inside) if inside else None

    def _bands(self, sure, known):
        limits = self.asked["limits"]
        columns = {}
        for name, distances in (("low", sure), ("known", known)):
            band = np.searchsorted(limits, distances, side="left")
            columns[name] = [
                self.areas.sums(people_where(self.people, band == number))
                for number in range(len(limits) + 1)
            ]
        return lambda at: {
            "limits": limits,
            **{name: [whole(sums[at]) for sums in bands] for name, bands in columns.items()},
        }

    def _parts(self):
        """Return (key, bounds by area) of each link of the chain, or of each kind asked that is recorded."""
        measuring = self.measuring
        if self.asked["chain"]:
            asked_for = [(key, key, None) for key in measuring.links]
        else:
            standing = {each.kind for each in measuring.institutions}
            asked_for = [
                (kind.value, "asked", (kind,)) for kind in measuring.links["asked"] if kind in standing
            ]
        return [
            (
                name,
                told_areas.bounds_told(
                    self.areas,
                    self.people,
                    reached(
                        [measuring.link(key, self.sense, self.measure, self.limit, kinds=kinds)],
                        self.limit,
                        works=self.works,
                    ),
                ),
            )
            for name, key, kinds in asked_for
        ]

    def _worst_links(self, known):
        if not self.asked["chain"]:
            return None
        worst = np.where(np.isinf(worst_of(known)), len(known), worst_link(known))
        keys = [*self.measuring.links, "missing"]
        sums = [self.areas.sums(people_where(self.people, worst == number)) for number in range(len(keys))]
        return [
            {key: whole(column[at]) for key, column in zip(keys, sums, strict=True)}
            for at in range(len(self.areas))
        ]

    def _norms(self, placed):
        if self.asked["chain"]:
            return None
        kinds = self.measuring.links["asked"]
        standing = told_areas.posts(self.areas, self.measuring.institutions, kinds, self.sense)
        per_post = self.asked["norm"]["people_per_post"]
        return [
            None
            if self.areas.name(at)["level"] == "commune"
            else told_areas.norm_told(self._figure(at, placed[at]) or 0, standing[at], per_post)
            for at in range(len(self.areas))
        ]

    def _weighted(self):
        if not self.violence.is_known:
            return None
        weighted = self.people * self.violence.weights
        columns = {
            "people": self.areas.sums(np.nan_to_num(weighted)),
            "beyond_known": self.areas.sums(people_where(weighted, ~self.reached.known)),
            "beyond_high": self.areas.sums(people_where(weighted, ~self.reached.sure)),
        }
        return [
            {name: float(column[at]) for name, column in columns.items()} for at in range(len(self.areas))
        ]

    def _registers(self):
        """Return what tells how complete the register is of an area, for all kinds asked together."""
        kinds = kinds_to_be_complete([kind for of_link in self.measuring.links.values() for kind in of_link])
        states, areas = self.measuring.states, self.ground.areas
        of_cercle = {
            pk: [states[pk].get(kind, Completeness.UNKNOWN) for kind in kinds]
            for pk, area in areas.items()
            if area["level"] == Level.CERCLE
        }

        def told(at):
            pk = self.areas.pks[at]
            cercles = [
                cercle
                for cercle in of_cercle
                if pk in (None, cercle, areas[cercle]["parent"]) or (pk and areas[pk]["parent"] == cercle)
            ]
            found = [state for cercle in cercles for state in of_cercle[cercle]]
            return summed_up({state: found.count(state) for state in Completeness})

        return told

    def _curve_told(self, measure):
        sure, known = distances_of(self.measuring, self.sense, measure)
        asked = self.asked["limits"] if measure == self.measure else ()
        limits = sorted({*map(float, CURVE[measure]), *asked})
        return {
            "limits": limits,
            "low": [whole(each) for each in curve(worst_of(sure), self.people, limits)],
            "known": [whole(each) for each in curve(worst_of(known), self.people, limits)],
        }
