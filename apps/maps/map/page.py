"""What the template of the map shows: figures with their words, table, layers, and what the scripts need."""

import re

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.events.figures import INDICATORS, choropleth, imprecise
from apps.maps import formats, indicators, tables, words
from apps.maps.asked import asked_told, query_of
from apps.maps.map.overlay_figures import with_overlay_figures
from apps.maps.map.panel import overlays
from apps.maps.programme import words as programme
from apps.maps.questions import LEVELS
from apps.maps.staleness import marked, stale_loads
from apps.maps.targets import targets_line, targets_title
from apps.targeting.targets import targets_now
from geo.vocabulary import EventSource
from layers.events import EVENT_TYPES, PLACE_PRECISIONS, UCDP_EVENT_TYPES
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES
from layers.programme.facts import MECHANISM_KINDS
from layers.programme.workplan import WORKS_KINDS
from layers.projects import PRESENCE_REACHES, PROJECT_REGISTERS
from layers.settlements import SETTLEMENT_CLASSES

SHEETS = {"cercles": "cercle-sheet", "regions": "region-sheet"}
SHAPE_FIELDS = "pcode,name,region"
DRAWN_FROM = {"projects": "project_presences"}
"""The layer whose rows the map draws, where it is not the one that the panel counts."""
FIRST_DETAIL = "low"
"""Enough at the zoom that shows all of Mali; the map asks for more detail when it is enlarged."""


def map_context(request, question):
    """Return what templates/maps/map.html needs to answer `question`."""
    shown = choropleth(LEVELS[question.level], question.period, question.asked)
    now = targets_now()
    targets = now.pcodes
    areas, period = shown["areas"], shown["period"]
    said = indicators.words_for_screen(question.level, period, areas, indicators=INDICATORS)
    for key, each in said.items():
        each["notes"] = source_notes(shown, indicators.FIGURES[key].rests_on)
        if indicators.FIGURES[key].of_period and shown["imprecise"]["events"]:
            each["notes"].append(
                _("%(share)s des événements, au lieu moins précis, ne comptent pas.")
                % {"share": formats.percent(shown["imprecise"]["share"], 1)}
            )
    titles = {"target_cercles": targets_title(now.adoption)}
    layers = overlays(request.user, get_language(), shown["events_source"], titles)
    table, table_notes = with_overlay_figures(areas, question)
    return {
        "question": question,
        "figures": shown | {"indicators": said},
        "said": said[question.indicator],
        "approximate": shown["approximate"],
        "days": indicators.days(period),
        "asked": asked_told(question.asked),
        "rows": with_addresses(tables.rows(table, question, targets), question),
        "columns": tables.columns(question),
        "name_sort": sort_of(question, "name"),
        "region_sort": sort_of(question, "region_name"),
        "imprecise": imprecise(areas),
        "table_notes": table_notes,
        "targets": targets,
        "targets_told": {
            "title": targets_title(now.adoption),
            "line": targets_line(now.adoption),
        },
        "overlays": layers,
        "level_titles": indicators.LEVEL_TITLES,
        "period_titles": indicators.PERIOD_TITLES,
        "event_types": event_types(shown["events_source"], get_language()),
        "downloads": downloads(question),
        "source_line": source_line(shown),
        "tiles_attribution": settings.TILES_ATTRIBUTION,
        "today": timezone.localdate(),
        "shapes_url": shapes_url(question.level),
        "legend_words": words.legend(),
        "settings": screen_settings(question, now, layers),
    }


def event_types(source, language):
    """Return what the address calls each type of events of a source, and what the page does."""
    types = UCDP_EVENT_TYPES if source is EventSource.UCDP else EVENT_TYPES
    return {re.sub("[^a-z]+", "_", type_.lower()): told for type_, told in _in(language, types).items()}


def with_addresses(rows, question):
    sheet, query = SHEETS[question.level], query_of(question.asked)
    return [row | {"url": reverse(sheet, args=[row["pcode"]]) + query} for row in rows]


def sort_of(question, key):
    return {"direction": tables.direction(question, key), "next": tables.next_sort(question, key)}


def downloads(question):
    """Return the files that hold what the table and the map show."""
    asked = f"level={question.level}&period={question.period}"
    if question.layers:
        asked += f"&layers={','.join(question.layers)}"
    asked += query_of(question.asked, "&")
    return [
        {"title": _("ce tableau (CSV)"), "url": f"{reverse('table-file')}?{asked}"},
        {"title": _("limites (GeoJSON)"), "url": reverse("api:layer-geojson", args=[question.level])},
        {"title": _("mois par mois (CSV)"), "url": reverse("api:layer-csv", args=["event_counts"])},
    ]


def source_notes(shown, rests_on=("events", "people")):
    """Return the lines under a legend: where its figures and boundaries come from, and how old they are."""
    source = shown["source"]
    if "stale" not in shown:
        shown["stale"] = stale_loads()
    stale = shown["stale"]
    years = indicators.people_years(shown["areas"])
    lines = {
        "events": _events_told(shown, stale),
        "people": _told(_("Population"), source["people"], years, stale=stale),
        "boundaries": _("Limites : édition « %(edition)s »") % shown if shown["edition"] else "",
    }
    return [lines[kind] for kind in (*rests_on, "boundaries") if lines[kind]]


def _events_told(shown, stale):
    """Return whose events count; with the two dates, where they were asked."""
    what = _("Événements simulés") if shown["simulated"] else _("Événements")
    dates = [
        words % {"day": formats.day(day)}
        for words, day in (
            (_("jusqu’au %(day)s"), shown["events_until"]),
            (_("connus au %(day)s"), shown["known_at"] and timezone.localdate(shown["known_at"])),
        )
        if day
    ]
    return " · ".join([_told(what, shown["source"]["events"], stale=stale), *dates])


def _told(what, source, when="", *, stale=()):
    if source is None:
        return ""
    when = when or (_("au %(day)s") % {"day": formats.day(source["as_of"])} if source["as_of"] else "")
    told = _("%(what)s : %(source)s") % {
        "what": what,
        "source": ", ".join(part for part in (source["publisher"], when) if part),
    }
    return marked(told, stale[source["load"]]) if source["load"] in stale else told


def source_line(shown):
    return " · ".join(source_notes(shown))


def shapes_url(level, detail=FIRST_DETAIL):
    address = reverse("api:layer-geojson", args=[level])
    fields = SHAPE_FIELDS if level == "cercles" else "pcode,name"
    return f"{address}?detail={detail}&fields={fields}"


def static_url(name):
    """Return the address of a file that set-up makes; None where it has not been made (`build_basemap`)."""
    try:
        return staticfiles_storage.url(name)
    except ValueError:  # not among the collected files
        return None


def screen_settings(question, now, layers):
    """Return what static/js/map.js needs besides the figures."""
    language = get_language()
    return {
        "view": {"level": question.level, "indicator": question.indicator, "period": question.period},
        "countries": static_url("basemap/countries.geojson"),
        "clusterLibrary": static_url("markercluster/leaflet.markercluster.js"),
        "tilesLibrary": static_url("protomaps/protomaps-leaflet.js"),
        "hasTiles": bool(settings.TILES_URL),
        "shapes": {level: {d: shapes_url(level, d) for d in ("low", "medium", "high")} for level in LEVELS},
        "monthly": f"{reverse('api:indicators-monthly')}?level={{level}}&source={{source}}",
        "monthsStyles": static_url("css/months.css"),
        "sheets": {
            level: reverse(name, args=["PCODE"]) + query_of(question.asked) for level, name in SHEETS.items()
        },
        "project": reverse("project", args=[0]),
        "targets": now.pcodes,
        "targetsTitle": targets_title(now.adoption),
        "targetsLine": targets_line(now.adoption),
        "overlays": {layer.name: _overlay_settings(layer) for layer in layers if layer.may_be_seen}
        | {"hot_spots": {"title": _("Points chauds et froids"), "url": reverse("api:patterns")}},
        "words": words.map_page()
        | {
            "eventTypes": _in(language, EVENT_TYPES | UCDP_EVENT_TYPES),
            "placePrecisions": _in(language, PLACE_PRECISIONS),
            "kinds": _in(language, INSTITUTION_KINDS),
            "statuses": _in(language, INSTITUTION_STATUSES),
            "settlementClasses": _in(language, SETTLEMENT_CLASSES),
            "worksKinds": _in(language, WORKS_KINDS),
            "worksActions": _said(programme.ACTIONS),
            "worksStates": _said(programme.STATES),
            "worksConfidences": _said(programme.CONFIDENCES),
            "mechanismKinds": _in(language, MECHANISM_KINDS),
            "registers": _in(language, PROJECT_REGISTERS),
            "reaches": _in(language, PRESENCE_REACHES),
        },
    }


def _overlay_settings(layer):
    return {
        "title": layer.title,
        "url": reverse("api:layer-geojson", args=[DRAWN_FROM.get(layer.layer, layer.layer)]),
        "hasColumns": layer.has_columns,
        "count": layer.count,
        "publisher": layer.publisher,
        "asOf": layer.as_of,
        "simulated": layer.is_simulated,
        **(_tiles_of(layer.layer) if layer.is_in_tiles else {}),
    }


def _tiles_of(name):
    told = reverse("tiles:tilejson", args=[name])
    return {"layer": name, "tilejson": told, "tiles": f"{told.removesuffix('.json')}/{{z}}/{{x}}/{{y}}.mvt"}


def _in(language, choices):
    return {value: words.in_language(language) for value, words in choices.items()}


def _said(words):
    return {value: str(text) for value, text in words.items()}
