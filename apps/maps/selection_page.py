"""What the page of a saved choice shows: the ranking as it stood, and the data it rests on."""

from urllib.parse import urlencode

from django.urls import reverse

from apps.boundaries.models import Area, Edition
from apps.maps import targeting_words as said
from apps.maps.load_words import KINDS
from apps.maps.small_map import country_map
from apps.maps.targeting_page import sentence
from apps.sources.models import Load
from apps.targeting.services import CRITERIA
from geo.vocabulary import Level


def selection_context(selection):
    """Return what templates/maps/selection.html needs."""
    chosen = set(selection.cercles)
    # The database keeps the weights by name; they are read in the order of the criteria.
    weights = {criterion: selection.weights[criterion] for criterion in CRITERIA}
    areas = _areas(selection.edition)
    rows = [_row(row, areas, chosen) for row in selection.ranking]
    edition = Edition.objects.filter(is_active=True).first()
    is_current = bool(edition and edition.name == selection.edition)
    return {
        "selection": selection,
        "author": selection.author.get_full_name() or selection.author.get_username(),
        "sentence": sentence(weights, selection.since, selection.until),
        "criteria": said.criteria(),
        "weights": [(said.criteria()[name]["title"], weight) for name, weight in weights.items()],
        "rows": rows,
        "chosen": [row for row in rows if row["is_chosen"]],
        "sources": _sources(selection.snapshot),
        "is_current_edition": is_current,
        "has_changed": _has_changed(selection.snapshot),
        "map": country_map(chosen) if is_current else None,
        "downloads": _downloads(selection) if is_current else [],
        "again_url": f"{reverse('targeting')}?{_parameters(selection)}",
    }


def _areas(edition_name):
    """Return the cercles of the edition of that time; of none, when it is no longer kept."""
    found = Area.objects.filter(edition__name=edition_name, level=Level.CERCLE).select_related("parent")
    return {area.pcode: area for area in found.defer("boundary", "parent__boundary")}


def _row(row, areas, chosen):
    area = areas.get(row["pcode"])
    return row | {
        "name": area.name if area else row["pcode"],
        "region_name": area.parent.name if area else "",
        "is_chosen": row["pcode"] in chosen,
        "cells": [(row["values"].get(name), told["decimals"]) for name, told in said.criteria().items()],
    }


def _sources(snapshot):
    """Return the files of that time, each with the load that still stands for it, when there is one."""
    loads = {(load.kind, load.sha256): load.pk for load in Load.objects.only("kind", "sha256").order_by("pk")}
    return [
        source | {"kind_told": KINDS[source["kind"]], "load": loads.get((source["kind"], source["sha256"]))}
        for source in snapshot
    ]


def _has_changed(snapshot):
    """Tell whether other files than those of that time are in use now."""
    now = set(Load.objects.in_use().values_list("kind", "sha256"))
    return now != {(source["kind"], source["sha256"]) for source in snapshot}


def _parameters(selection):
    asked = {"since": f"{selection.since:%Y-%m}", "until": f"{selection.until:%Y-%m}"}
    asked |= {f"w_{criterion}": weight for criterion, weight in selection.weights.items()}
    return urlencode(asked | {"cercles": ",".join(selection.cercles)}, safe=",")


def _downloads(selection):
    return [
        (title, f"{reverse('api:targeting-choice', args=[extension])}?{_parameters(selection)}")
        for title, extension in (("GeoJSON", "geojson"), ("CSV", "csv"))
    ]
