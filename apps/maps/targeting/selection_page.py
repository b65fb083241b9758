"""What the page of a saved choice shows: the ranking as it stood, and the data it rests on."""

from urllib.parse import urlencode

from django.urls import reverse

from apps.boundaries.models import Edition
from apps.events.asked import Asked
from apps.maps.asked import title_of
from apps.maps.load_words import KINDS
from apps.maps.small_map import country_map
from apps.maps.targeting import sentences as said
from apps.maps.targeting.page import sentence
from apps.maps.targeting.selection_files import author_of, cercles_of
from apps.sources.models import Load
from apps.targeting.services import CRITERIA
from geo.vocabulary import EventSource


def selection_context(selection):
    """Return what templates/maps/selection.html needs."""
    chosen = set(selection.cercles)
    # The database keeps the weights by name; they are read in the order of the criteria.
    weights = {criterion: selection.weights[criterion] for criterion in CRITERIA}
    areas = cercles_of(selection.edition)
    rows = [_row(row, areas, chosen) for row in selection.ranking]
    edition = Edition.objects.filter(name=selection.edition).first()
    return {
        "selection": selection,
        "author": author_of(selection),
        "sentence": sentence(weights, selection.since, selection.until),
        "events_source": title_of(EventSource(selection.source)) if selection.source else "",
        "known_at": selection.known_at or selection.created,
        "criteria": said.criteria(),
        "weights": [(said.criteria()[name]["title"], weight) for name, weight in weights.items()],
        "rows": rows,
        "chosen": [row for row in rows if row["is_chosen"]],
        "sources": _sources(selection.snapshot),
        "is_current_edition": bool(edition and edition.is_active),
        "has_changed": _has_changed(selection.snapshot),
        "map": country_map(edition, chosen) if edition else None,
        "again_url": f"{reverse('targeting')}?{_parameters(selection)}",
    }


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


def asked_in(selection):
    """Return what a saved choice asked of events; of a newest one, the newest of its source."""
    source = EventSource(selection.source) if selection.source else None
    return Asked(source, selection.events_until, selection.known_at)


def _parameters(selection):
    asked = {"since": f"{selection.since:%Y-%m}", "until": f"{selection.until:%Y-%m}"}
    asked |= asked_in(selection).parameters()
    asked |= {f"w_{criterion}": weight for criterion, weight in selection.weights.items()}
    return urlencode(asked | {"cercles": ",".join(selection.cercles)}, safe=",")
