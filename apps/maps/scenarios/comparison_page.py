"""What the page of runs side by side shows: maps on one scale, who enters and leaves, a table, a file."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from apps.boundaries.models import Edition
from apps.maps import tables
from apps.maps.runs.told import counted, day_of
from apps.maps.scenarios.differences import differences
from apps.maps.small_map import country_drawing
from apps.targeting import runs
from apps.targeting.comparing import MOST, Comparison
from geo.vocabulary import Level
from layers.spreadsheets import as_csv

LEVELS = {"cercle": Level.CERCLE, "commune": Level.COMMUNE}

SIGNS = {"enters": "+", "leaves": "−"}
"""What stands on a map where a run differs from the first: colour alone tells nothing."""


PLAIN = ("out", 0)
"""Ranked and not chosen: how the ground of every map is drawn."""

MOST_DRAWN = 160
"""Areas drawn one by one on each map and told in the table: all cercles of any edition, not the communes."""


def comparison_of(asked, user):
    """Return the runs asked, compared as this user may see them; raises NotComparable."""
    return Comparison([runs.told_to(run, user) for run in asked.runs])


def comparison_context(asked, compared):
    """Return what templates/maps/scenarios/comparison.html needs."""
    areas = compared.areas()
    told = areas if len(areas) <= MOST_DRAWN else [area for area in areas if area["chosen_by"]]
    rows = in_order(told, asked)
    edition = Edition.objects.filter(name=asked.runs[0].edition).first()
    level = compared.answers[0]["question"]["level"]
    drawing = country_drawing(edition, LEVELS[level]) if edition else None
    return {
        "asked": asked,
        "level": level,
        "edition": asked.runs[0].edition,
        "columns": [_column(number, asked, compared, areas, drawing) for number in range(len(asked.runs))],
        "is_whole": all(answer["is_whole"] for answer in compared.answers),
        "rows": rows,
        "rows_left_out": len(areas) - len(rows),
        "consensus": consensus(areas, len(asked.runs), drawing),
        "everywhere": counted(level, sum(area["chosen_by"] == len(asked.runs) for area in areas)),
        "debated": counted(level, sum(0 < area["chosen_by"] < len(asked.runs) for area in areas)),
        "sort": {key: sort_link(asked, key) for key in ("name", "region")}
        | {"consensus": sort_link(asked, "consensus", first="-")},
        "differences": differences(compared.answers),
        "map": drawing,
        "file_url": _address("comparison-of-runs-file", "run", asked),
        "picker_url": _address("comparison-of-runs", "pick", asked),
        "has_sheets": bool(edition and edition.is_active and level == "cercle"),
        "today": timezone.localdate(),
    }


def _address(name, parameter, asked):
    return f"{reverse(name)}?{urlencode([(parameter, run.pk) for run in asked.runs])}"


def sort_link(asked, key, *, first=""):
    return {"direction": tables.direction(asked, key), "next": tables.next_sort(asked, key, first=first)}


def _column(number, asked, compared, areas, drawing):
    """Return what is told of one run: its figures, who enters and leaves, its map."""
    named = {area["pcode"]: area for area in areas}
    enters, leaves = compared.changes(number)
    figures = compared.figures(number)
    return {
        "number": number + 1,
        "run": asked.runs[number],
        "is_whole": compared.answers[number]["is_whole"],
        "until": day_of(compared.answers[number]["events_until"]),
        "figures": figures,
        "difference": _difference(figures, compared.figures(0)),
        "enters": [named[pcode] for pcode in enters],
        "leaves": [named[pcode] for pcode in leaves],
        "sort": sort_link(asked, str(number + 1)),
        "shapes": _shapes(drawing, lambda pcode: _state(named.get(pcode), number)),
    }


def _difference(now, before):
    """
    Return by how much the figures differ from those of the first run; None where one is not known.

    Events of a part of the chosen are not held against those of another part.
    """
    told = {
        name: None if now[name] is None or before[name] is None else now[name] - before[name]
        for name in ("areas", "people", "cost", "events")
    }
    is_whole = all(each["events_of"] == each["areas"] for each in (now, before))
    return told | ({} if is_whole else {"events": None})


def _state(area, number):
    """Return how an area stands in a run, and the sign of a change."""
    cell = area["cells"][number] if area else None
    if cell is None:
        return "apart", ""
    return "in" if cell["selected"] else "out", SIGNS.get(cell["change"], "")


def _shapes(drawing, state_of):
    """
    Return the areas of a drawing with their state and sign: the outlines themselves are drawn once.

    Of hundreds those that nobody chose are left to the ground below: else the page would be too heavy.
    """
    shapes = []
    for shape in drawing["areas"] if drawing else ():
        state, sign = state_of(shape["pcode"])
        if state in PLAIN and not sign and len(drawing["areas"]) > MOST_DRAWN:
            continue
        shapes.append(
            {name: shape[name] for name in ("pcode", "name", "x", "y")} | {"state": state, "sign": sign}
        )
    return shapes


def consensus(areas, runs_compared, drawing):
    """Return on how many areas so many of the runs agree, and the map of it."""
    by = {area["pcode"]: area["chosen_by"] for area in areas}
    shades = {number: round(MOST * number / runs_compared) for number in range(runs_compared + 1)}
    return {
        "classes": [
            {"number": number, "shade": shade, "areas": list(by.values()).count(number)}
            for number, shade in shades.items()
        ],
        "shapes": _shapes(
            drawing, lambda pcode: (shades[by[pcode]], by[pcode] or "") if pcode in by else ("apart", "")
        ),
    }


def in_order(areas, asked):
    """Return the areas in the order asked, equal ones by name; those that a run does not rank come last."""
    by_name = sorted(areas, key=lambda area: tables.sortable(area["name"]))
    key = {
        "name": lambda area: tables.sortable(area["name"]),
        "region": lambda area: tables.sortable(area["region_name"]),
        "consensus": lambda area: area["chosen_by"],
    }.get(asked.order, lambda area: _rank(area, asked.order))
    known = [area for area in by_name if key(area) is not None]
    return sorted(known, key=key, reverse=asked.is_descending) + [
        area for area in by_name if key(area) is None
    ]


def _rank(area, order):
    """Return where an area stands in a run: those of a zone before those of the next, as the run has them."""
    cell = area["cells"][int(order) - 1]
    return (
        None if cell is None or cell["rank"] is None else (not cell["selected"], cell["rank"], cell["zone"])
    )


def comparison_csv(asked, compared):
    """Return the table as CSV; which runs they are, of which data, stands on every line."""
    numbers = range(1, len(asked.runs) + 1)
    header = ["pcode", "name", "region", "region_name", "chosen_by", "runs"]
    header += [f"run{n}_{name}" for n in numbers for name in CELL]
    about = _about(asked, compared)
    rows = (
        [
            *(area[name] for name in ("pcode", "name", "region", "region_name", "chosen_by")),
            len(asked.runs),
            *((cell or {}).get(name) for cell in area["cells"] for name in CELL),
            *about.values(),
        ]
        for area in compared.areas()
    )
    return as_csv([*header, *about], rows)


CELL = ("selected", "rank", "probability", "zone")


def _about(asked, compared):
    about = {"edition": asked.runs[0].edition, "level": compared.answers[0]["question"]["level"]}
    for number, (run, answer) in enumerate(zip(asked.runs, compared.answers, strict=True), start=1):
        about |= {
            f"run{number}": run.name,
            f"run{number}_id": str(run.pk),
            f"run{number}_hash": run.hash,
            f"run{number}_created": run.created.date().isoformat(),
            f"run{number}_events_source": answer["source"],
            f"run{number}_events_until": answer["events_until"],
            f"run{number}_known_at": answer["known_at"],
            f"run{number}_simulated": run.is_simulated,
            f"run{number}_sources": "; ".join(
                f"{each['file']} sha256:{each['sha256']}" for each in answer["snapshot"]
            ),
        }
    return about
