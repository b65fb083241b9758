"""What the pages of studies of reach show: the list, the question, one study."""

from datetime import date
from itertools import pairwise

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.access import may_save_choices, may_see
from apps.coverage.questions import kinds_of
from apps.coverage.studies import runs, tables
from apps.coverage.studies.questions import KM, LONGEST, MINUTES
from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.coverage.comparing_page import signed
from apps.maps.load_words import KINDS
from apps.maps.map.page import static_url
from apps.maps.reach import told
from apps.maps.reach.curve import curve_drawing
from apps.maps.reach.table import LEVELS, assigned_told, table_told
from apps.maps.runs.opening import run_context
from apps.maps.runs.told import author_of, day_of, state_told
from apps.maps.words import map_page
from geo.vocabulary import CoverageSense, InstitutionFamily
from layers.institutions import INSTITUTION_FAMILIES, INSTITUTION_KINDS, INSTITUTION_STATUSES

RUNS = 50
"""Studies on a page of the list."""

POCKETS = 20
"""Pockets on the page of a study; the files hold more."""

CLASSES = (500, 2000, 5000, 10000)
"""Limits of people beyond in a hexagon of some 250 km2; above the last, the darkest. Our choice."""


def list_context(user, page):
    """Return what templates/maps/reach/list.html needs."""
    found = Paginator(runs.readable(user).without_texts(), RUNS).get_page(page)
    return {
        "runs": [{"run": run, "author": author_of(run), "state": state_told(run)} for run in found],
        "page": found,
        "may_ask": may_save_choices(user),
    }


def question_context(user, fields, *, forked_from=None, name="", refused=()):
    """Return what templates/maps/reach/question.html needs: `fields` as typed, and what was refused."""
    language = get_language()
    return {
        "fields": fields,
        "name": name,
        "refused": refused,
        "forked_from": forked_from,
        "may_ask": may_save_choices(user),
        "families": [
            {
                "title": INSTITUTION_FAMILIES[family].in_language(language),
                "kinds": [
                    (kind.value, INSTITUTION_KINDS[kind].in_language(language), kind in fields["kinds"])
                    for kind in kinds_of(family)
                ],
                "chosen": sum(kind in fields["kinds"] for kind in kinds_of(family)),
            }
            for family in InstitutionFamily
        ],
        "longest": {"km": f"{LONGEST[KM]:g}", "minutes": f"{LONGEST[MINUTES]:g}"},
    }


def study_context(run, user, answer, view):
    """Return what templates/maps/reach/study.html needs of a study that is done."""
    question = answer["question"]
    country = answer["country"]
    return run_context(run, user) | {
        "answer": answer,
        "question": question,
        "view": view,
        "has_bytes": may_see(user, run.access),
        "sentence": told.sentence(answer),
        "doubts": told.doubts(answer),
        "facts": _facts(answer),
        "bands": _bands(country, question),
        "curves": _curves(answer),
        "table": table_told(answer, view),
        "levels": [(level, _tables()[level]) for level in LEVELS],
        "far": told.far(question),
        "pockets": [_pocket(each, question["measure"]) for each in answer["pockets"]["largest"][:POCKETS]],
        "parts": [_part(part, country["people_placed"]) for part in country["parts"]],
        "worst": _worst(country),
        "assigned": [assigned_told(each) for each in country["assigned"] or []],
        "norm": country["norm"],
        "lacking": country["norm"]
        and said.interval(country["norm"]["lacking_low"], country["norm"]["lacking_high"]),
        "senses": _senses(country),
        "sensitivity": _sensitivity(answer),
        "method": _method(answer),
        "sources": [
            source | {"kind_told": KINDS.get(source["kind"], source["kind"]), "day": day_of(source["as_of"])}
            for source in answer["snapshot"]
        ],
        "source_line": _source_line(run, answer),
        "downloads": [
            {
                "title": title,
                "csv": reverse("api:reach-run-csv", args=[run.pk, name]),
                "geojson": reverse("api:reach-run-geojson", args=[run.pk, name]),
            }
            for name, title in _tables().items()
        ],
        "today": timezone.localdate(),
        "settings": {
            "figures": reverse("reach-run-map", args=[run.pk]),
            "countries": static_url("basemap/countries.geojson"),
            "shapes": f"{reverse('api:layer-geojson', args=['cercles'])}?detail=low&fields=pcode,name,region",
            "clusterLibrary": static_url("markercluster/leaflet.markercluster.js"),
            "hasTiles": bool(settings.TILES_URL),
            "classes": CLASSES,
            "words": _words(),
        },
    }


def map_figures(answer):
    """Return what static/js/reach_study.js draws: hexagons where people live, pockets, institutions."""
    question = answer["question"]
    names = ("id", "name", "kind", "status", "longitude", "latitude", "place_told", "register")
    return {
        "hasBands": question["measure"] == KM and not question["chain"],
        "limits": question["limits"],
        "limitsTold": [told.limit_told(question, each) for each in question["limits"]],
        "title": _("Personnes %(far)s") % {"far": told.far(question)},
        "hexagons": [
            [
                [[round(x, 3), round(y, 3)] for x, y in cell["ring"]],
                cell["people"],
                cell["beyond_low"],
                cell["beyond_high"],
            ]
            for cell in answer["hexagons"]["cells"]
        ],
        "pockets": [
            {"people": each["people"], "latitude": each["latitude"], "longitude": each["longitude"]}
            for each in answer["pockets"]["largest"][:POCKETS]
        ],
        "institutions": [
            {name: each[name] for name in names} | {"status_as_of": each["status_since"]}
            for each in answer["institutions"] or []
            if each["counts"] != "no" and not each["is_planned"]
        ],
    }


def _words():
    language = get_language()
    of_the_map = map_page()
    shared = ("retry", "cancel", "cancelled", "failed", "institutions")
    return {name: of_the_map[name] for name in shared} | {
        "waiting": _("Chargement de la carte…"),
        "beyond": _("{beyond} au-delà sur {people}"),
        "interval": _("{low} à {high}"),
        "unit": _("personnes au-delà dans un hexagone d’environ 250 km², borne haute"),
        "nobody": _("0, personne au-delà"),
        "more": _("plus de {low}"),
        "pocket": _("Poche : {people} personnes"),
        "pockets": _("Centre d’une poche, les plus peuplées"),
        "signs": _("Sur la carte"),
        "band": _("Portée à vol d’oiseau : {limit}"),
        "reached": _("Institutions qui comptent"),
        "kinds": {kind: title.in_language(language) for kind, title in INSTITUTION_KINDS.items()},
        "statuses": {status: title.in_language(language) for status, title in INSTITUTION_STATUSES.items()},
    }


def _tables():
    """Return the title of each table to take away."""
    titles = {
        "regions": _("Régions"),
        "cercles": _("Cercles"),
        "communes": _("Communes"),
        "hexagons": _("Hexagones"),
        "pockets": _("Poches"),
    }
    return {name: titles[name] for name in tables.TABLES}


def _facts(answer):
    country, question = answer["country"], answer["question"]
    reached = country["reached"]
    return {
        "limit": told.limit_told(question),
        "reached": reached and said.interval(reached["low"], reached["high"]),
        "known": reached and said.interval(reached["low"], reached["known"]),
        "sense": told.SENSES[CoverageSense(question["sense"])],
        "day": date.fromisoformat(question["day"]),
        "edition": answer["edition"],
    }


def _bands(country, question):
    """Return (from, to, least, most) of each band; the last goes beyond the last limit."""
    bands = country["bands"]
    if not bands:
        return []
    limits = [told.limit_told(question, each) for each in bands["limits"]]
    names = [
        _("jusqu’à %(to)s") % {"to": limits[0]},
        *(_("de %(low)s à %(high)s") % {"low": low, "high": high} for low, high in pairwise(limits)),
        _("plus de %(low)s") % {"low": limits[-1]},
    ]
    placed = country["people_placed"]
    return [
        (name, said.interval(*sorted((low, known))), formats.percent(known / placed) if placed else None)
        for name, low, known in zip(names, bands["low"], bands["known"], strict=True)
    ]


def _curves(answer):
    """Return the curves, kilometres first as long as minutes are only those of walking."""
    question, placed = answer["question"], answer["country"]["people_placed"]
    first = KM if answer["walking_only"] else question["measure"]
    titles = {
        KM: _("Selon les kilomètres à vol d’oiseau"),
        MINUTES: _("Selon les minutes de marche") if answer["walking_only"] else _("Selon les minutes"),
    }
    return [
        {
            "title": titles[measure],
            "drawing": curve_drawing(
                measure,
                answer["curve"][measure],
                placed,
                limit=question["limit"] if question["measure"] == measure else None,
            ),
        }
        for measure in (first, MINUTES if first == KM else KM)
        if measure in answer["curve"]
    ]


def _pocket(pocket, measure):
    worst = pocket["worst"]
    return {
        "pocket": pocket,
        "cercles": ", ".join(each["name"] for each in pocket["cercles"]),
        "regions": ", ".join(each["name"] for each in pocket["regions"]),
        "worst": worst["name"],
        "far": told.with_unit(measure, worst[measure]) if worst[measure] is not None else None,
    }


def _part(part, placed):
    return {
        "title": told.link_title(part["key"]),
        "reached": said.interval(part["low"], part["known"]),
        "share": said.share(part["low"] / placed, part["known"] / placed) if placed else None,
    }


def _worst(country):
    """Return (link, people for whom it is the farthest), the most people first."""
    found = country["worst_link"] or {}
    return sorted(
        ((told.link_title(key), people) for key, people in found.items()), key=lambda each: -each[1]
    )


def _senses(country):
    """Return what stands beside what works: (words, reached by what is recorded)."""
    if not country["senses"]:
        return []
    placed = country["people_placed"]
    return [
        (
            told.SENSES[sense],
            said.interval(country["senses"][sense]["low"], country["senses"][sense]["known"]),
            said.share(*(country["senses"][sense][end] / placed for end in ("low", "known")))
            if placed
            else None,
        )
        for sense in CoverageSense
    ]


def _sensitivity(answer):
    """Return (what is changed, people reached, difference from the question as asked) of each line."""
    as_asked = answer["sensitivity"][0]["known"]
    return [
        (
            told.changed(row, answer["question"]),
            said.interval(row["low"], row["known"]),
            signed(row["known"] - as_asked),
        )
        for row in answer["sensitivity"]
    ]


def _method(answer):
    """Return the choices of a study, each as a sentence."""
    question, violence, draws = answer["question"], answer["violence"], answer["draws"]
    walking = answer["travel"]["speeds"][0]
    lines = [
        _("Distance à vol d’oiseau sur l’ellipsoïde, la limite comprise."),
        _("Temps : grille de %(cell)s m, frontière %(border)s, marche à %(kmh)s km/h (%(source)s).")
        % {
            "cell": formats.number(answer["travel"]["grid"]["cell_metres"]),
            "border": _("fermée") if answer["travel"]["border"] == "closed" else _("ouverte"),
            "kmh": formats.number(walking["kmh"], 1),
            "source": walking["source"][get_language()],
        },
        _("Poches : localités au-delà, à moins de %(km)s km l’une de l’autre.")
        % {"km": formats.number(question["pocket_km"], 1)},
        _("Intervalles : %(n)s tirages, germe %(seed)s.")
        % {"n": formats.number(draws["number"]), "seed": draws["seed"]},
        _("Une institution périodique travaille la part de jours dite, sinon %(share)s.")
        % {"share": formats.percent(question["periodic_share"])},
    ]
    if violence:
        lines.append(
            _("Violence : événements à moins de %(km)s km, du %(since)s au %(until)s.")
            % {
                "km": formats.number(violence["km"]),
                "since": formats.day(day_of(violence["since"])),
                "until": formats.day(day_of(violence["until"])),
            }
        )
    return lines


def _source_line(run, answer):
    publishers = dict.fromkeys(each["publisher"] for each in answer["snapshot"] if each["publisher"])
    return _("%(sources)s. Limites : %(edition)s. Exécution %(hash)s.") % {
        "sources": ", ".join(publishers),
        "edition": answer["edition"],
        "hash": run.hash[:12],
    }
