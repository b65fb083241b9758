"""What the questions of several runs differ in, in words: so that a difference of answers is not misread."""

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.asked import title_of
from apps.maps.load_words import KINDS
from apps.maps.runs.method import AGGREGATIONS_SHORT, direction, missing, rule_lines, scale
from apps.maps.runs.reading import NO_DATA, NO_WEIGHT
from apps.maps.runs.told import criterion_title, day_of, joined, share, short_title, zone_title
from apps.maps.targets import HASH_SHOWN
from geo.vocabulary import EventSource

ABSENT = "—"


def differences(answers):
    """Return the aspects in which the questions differ, a text a run, and the titles of the others."""
    told = [*_of_events(answers), *_of_zones(answers), *_of_criteria(answers), *_of_rules(answers)]
    told += [*_of_data(answers), *_of_method(answers)]
    unused = {ABSENT, _("sans poids"), _("sans donnée")}
    return {
        "rows": [{"title": title, "cells": cells} for title, cells in told if len(set(cells)) > 1],
        "same": [title for title, cells in told if len(set(cells)) == 1 and cells[0] not in unused],
    }


def _of_events(answers):
    yield (
        _("Source des événements"),
        [title_of(EventSource(each["source"])) if each["source"] else ABSENT for each in answers],
    )
    yield _("Événements jusqu’au"), [_day(each["events_until"]) for each in answers]
    yield _("Événements connus au"), [_day(each["known_at"]) for each in answers]


def _day(text):
    if not text:
        return ABSENT
    if "T" in text:
        return formats.day(timezone.localdate(parse_datetime(text)))
    return formats.day(day_of(text))


def _of_zones(answers):
    keys = list(dict.fromkeys(zone["key"] for answer in answers for zone in answer["zones"]))
    yield (
        _("Zones"),
        [joined(_zone_name(zone) for zone in answer["zones"]) for answer in answers],
    )
    for key in keys:
        found = [_by_key(answer["zones"]).get(key) for answer in answers]
        name = next(_zone_name(zone) for zone in found if zone)
        yield (
            _("Zone « %(zone)s »") % {"zone": name},
            [
                ABSENT if zone is None else _zone_told(zone, answer)
                for zone, answer in zip(found, answers, strict=True)
            ],
        )


def _zone_name(zone):
    return zone_title(zone) if zone["title"] else _("tout le pays") if zone["key"] == "all" else zone["key"]


def _zone_told(zone, answer):
    asked = _by_key(answer["question"]["zones"])[zone["key"]]
    regions = {area["region"]: area["region_name"] for area in answer["scores"]}
    of = [regions.get(code, code) for code in asked["regions"] or ()]
    parts = [formats.number(zone["areas"]), AGGREGATIONS_SHORT[zone["aggregation"]], joined(of)]
    return " · ".join(str(part) for part in parts if part)


def _by_key(zones):
    return {zone["key"]: zone for zone in zones}


def _of_criteria(answers):
    """One aspect a criterion and zone: its share of weight, and of the rest what is not the same in all."""
    tables = [{(each["zone"], each["key"]): each for each in answer["criteria"]} for answer in answers]
    zones = {zone["key"]: zone for answer in reversed(answers) for zone in answer["zones"]}
    for zone, key in dict.fromkeys(place for table in tables for place in table):
        found = [table.get((zone, key)) for table in tables]
        title = short_title(next(each for each in found if each))
        if len(zones) > 1:
            title = f"{_zone_name(zones[zone])} · {title}"
        facets = [None if each is None else _facets(each) for each in found]
        varied = [len({each[at] for each in facets if each}) > 1 for at in range(FACETS)]
        yield (
            title,
            [
                _criterion_told(each, answer, facet, varied)
                for each, answer, facet in zip(found, answers, facets, strict=True)
            ],
        )


FACETS = 4


def _facets(criterion):
    told = (criterion_title(criterion), scale(criterion), direction(criterion), missing(criterion))
    return tuple(str(each) for each in told)


def _criterion_told(criterion, answer, facets, varied):
    if criterion is None:
        return ABSENT
    if criterion["status"] == NO_WEIGHT:
        return _("sans poids")
    if criterion["status"] == NO_DATA:
        return _("sans donnée")
    more = [facet for facet, differs in zip(facets, varied, strict=True) if differs]
    return " · ".join([share(answer["weights"][criterion["id"]]), *more])


def _of_rules(answers):
    yield _("Règles"), [" ".join(rule_lines(answer)) or ABSENT for answer in answers]


def _of_data(answers):
    kinds = list(dict.fromkeys(each["kind"] for answer in answers for each in answer["snapshot"]))
    for kind in kinds:
        files = [
            sorted(
                f"{each['file']} ({each['sha256'][:HASH_SHOWN]})"
                for each in answer["snapshot"]
                if each["kind"] == kind
            )
            for answer in answers
        ]
        yield str(KINDS[kind]), [", ".join(each) or ABSENT for each in files]


def _of_method(answers):
    yield _("Version de la méthode"), [formats.number(each["method"]) for each in answers]
    yield _("Tirages de la robustesse"), [_draws(each["robustness"]) for each in answers]


def _draws(robust):
    concentration = robust["concentration"]
    return _("%(draws)s tirages, graine %(seed)s, resserrement des poids %(concentration)s") % {
        "draws": formats.number(robust["draws"]),
        "seed": robust["seed"],
        "concentration": ABSENT if concentration is None else formats.number(concentration),
    }
