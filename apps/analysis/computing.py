"""The answer to a resolved question: one statement, its rows, what is told of them. Light: pages ask it."""

import json
import time

from apps.analysis import queries
from apps.analysis.answers import Answer
from apps.analysis.bounds import MOST_ROWS
from apps.analysis.building import Building
from apps.analysis.features import AREA_LAYERS, EVENT_LAYERS, GROUNDS, has_geometry, layer_of, layers_of
from apps.analysis.group_rows import GroupRows
from apps.analysis.grouping import Groups
from apps.analysis.listing import Listing
from apps.analysis.questions import TIMES
from apps.analysis.resolving import asked_of
from apps.analysis.sentence import sentence
from apps.analysis.sources import sources_of
from apps.analysis.telling import method_of, notes_of
from geo.vocabulary import Level


def answer_to(question, *, most_rows=MOST_ROWS):
    """Return the `Answer` to a resolved question, to whoever may read all that it rests on."""
    begun = time.perf_counter()
    building = Building(question, fields_of(question))
    asked = _events_asked(question)
    if question["measure"]:
        found = _measured(question, building, asked, most_rows)
    else:
        found = _listed(question, building, asked, most_rows)
    answer = Answer(question=question, sentence=sentence(question), **found)
    for name, value in sources_of(question).items():
        setattr(answer, name, value)
    answer.method = method_of(question, building)
    answer.notes = notes_of(answer, building)
    answer.seconds = round(time.perf_counter() - begun, 3)
    return answer


def fields_of(question):
    """Return the declared fields that the features of the last step must carry."""
    layer = layer_of(question, question["steps"][-1]["what"])
    ground = GROUNDS[layer.name]
    named = {field.name for field in layer.fields}
    wanted = [
        name for name in question["by"] if name in named and name not in ("region", "cercle", "commune")
    ]
    measure = question["measure"]
    if measure and measure.get("field"):
        wanted.append(measure["field"])
    if not measure:
        wanted += [name for name in ground.listed if name in named]
    if set(question["by"]) & set(TIMES):
        wanted.append(layer.time_field)
    if ground.is_event:
        wanted += ["event_type", "fatalities"]
    return list(dict.fromkeys(wanted))


def _events_asked(question):
    layers = [name for name in layers_of(question) if name in EVENT_LAYERS]
    last = layer_of(question, question["steps"][-1]["what"]).name
    counted = last if last in layers else next(iter(layers), None)
    return asked_of(question["events"], counted) if counted else None


def _told(building, parts):
    told = {}
    for part, value in queries.answered(building.statement([*building.parts_of_steps(), *parts])):
        told.setdefault(part, []).append(json.loads(value) if isinstance(value, str) else value)
    return told


def _measured(question, building, asked, most_rows):
    groups = Groups(question, building)
    told = _told(building, groups.parts())
    made = GroupRows(groups, told, asked)
    rows = made.rows()
    steps = told["step"]
    steps[-1]["without_place"] += told.get("unplaced", [0])[0]
    if groups.has_pair:
        steps[-1]["imprecise"] = made.imprecise
    level = next((each.level for each in groups.dimensions if each.level), None)
    return {
        "columns": made.columns(),
        "rows": [row for _id, row in rows[:most_rows]],
        "ids": [identifier for identifier, _row in rows[:most_rows]],
        "geometry_of": AREA_LAYERS[Level(level)] if level else None,
        "steps": steps,
        "total": len(rows),
        "truncated": len(rows) > most_rows,
    }


def _listed(question, building, asked, most_rows):
    listing = Listing(question, building, limit=most_rows)
    told = _told(building, listing.parts())
    rows = listing.rows(told, asked)
    total = told["total"][0]
    return {
        "columns": listing.columns(),
        "rows": [row for _id, row in rows],
        "ids": [identifier for identifier, _row in rows],
        "geometry_of": listing.layer.name if has_geometry(listing.layer) else None,
        "steps": told["step"],
        "total": total,
        "truncated": total > len(rows),
    }
