"""What the pages of imports show: the list, the columns of a file, its difference row by row."""

from datetime import date

from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.imports import services, uploads
from apps.imports.models import Import, StagedRow
from apps.maps.formats import day, number
from apps.maps.imports.words import ACTIONS, MATCHED, STATES, UNDER_WAY, said
from apps.maps.load_words import ACCESS
from geo.vocabulary import AccessClass
from layers.imports import columns
from layers.imports.kinds import KINDS
from layers.imports.kinds.declaring import ValueType

State, Action = Import.State, StagedRow.Action

IMPORTS_A_PAGE, ROWS_A_PAGE = 50, 50
MOST_EXAMPLES = 3
LONGEST_EXAMPLE = 60
DECIMALS_SHOWN = 4
"""Of a value of a file: ten metres of a coordinate."""

SHOWN_FIRST = (Action.WAITING, Action.REFUSED, Action.CHANGED, Action.ADDED, Action.GONE)
"""The rows that need somebody come before those that only are many."""

KNOWS_ITS_COLUMNS = ("boundaries",)
KNOWS_WHAT_IT_NEEDS = ("boundaries", "events")
"""Kinds whose own readers find their columns, or know which layout needs which."""
LEVELS = {"commune": _("communes"), "cercle": _("cercles"), "region": _("régions")}
DECIMALS = (",", ".")
DAY_FIRST = {"day": True, "month": False}
"""What a data keeper may say that the columns do not: how decimals and dates are written."""

STEPS = {
    State.LOOKING: 2,
    State.RECEIVED: 2,
    State.TRYING: 3,
    State.TRIED: 3,
    State.APPLYING: 4,
    State.APPLIED: 4,
}


def imports_context(page):
    """Return what templates/maps/imports/list.html needs."""
    imports = Import.objects.select_related("made_by", "load").defer("found")
    shown = Paginator(imports, IMPORTS_A_PAGE).get_page(page)
    return {"page": shown, "imports": [(each, _about(each)) for each in shown]}


def _about(import_):
    language = get_language()
    message, is_french = said(import_.message)
    return {
        "kind": KINDS[import_.kind].title.in_language(language),
        "state": STATES[import_.state],
        "message": message,
        "is_french": is_french and language != "fr",
        "access": ACCESS[AccessClass(import_.access)],
        "counts": [(title, import_.counts.get(action, 0)) for action, title in ACTIONS.items()],
    }


def import_context(request, import_):
    """Return what templates/maps/imports/import.html needs, by the step the import is at."""
    context = {
        "import": import_,
        "about": _about(import_),
        "step": STEPS.get(import_.state, 2),
        "has_file": uploads.path_of(import_).is_file(),
        "under_way": UNDER_WAY.get(import_.state, ""),
        "share": import_.done / import_.total if import_.total else None,
    }
    if import_.found and (
        import_.state in (State.RECEIVED, State.CANCELLED, State.FAILED) or _asks_columns(request)
    ):
        context |= columns_context(import_) | {"step": 2, "shows_columns": True}
    elif import_.counts:
        context |= difference_context(request, import_)
    return context


def _asks_columns(request):
    return "colonnes" in request.GET


# --- Columns -------------------------------------------------------------------------------------------


def columns_context(import_):
    """Return the fields of the kind with the column each was matched to, and what is left unused."""
    language, found, kind = get_language(), import_.found, KINDS[import_.kind]
    used = set(import_.mapping.values())
    values = import_.options.get("values", [])
    headers = [header for header in found["headers"] if header]
    return {
        "fields": []
        if import_.kind in KNOWS_ITS_COLUMNS
        else [_field(e, import_, language) for e in kind.fields],
        "knows_its_columns": import_.kind in KNOWS_ITS_COLUMNS,
        "headers": headers,
        "unused": [(header, examples(found, header)) for header in headers if header not in used],
        "takes_values": kind.takes_values,
        "values": values,
        "levels": LEVELS,
        "options": import_.options,
        "missing": missing(import_, language),
        "unsure": [
            (kind.field(name).label.in_language(language), each) for name, each in found["unsure"].items()
        ],
        "has_coordinates": {"longitude", "latitude"} <= set(import_.mapping),
        "lines": found["lines"],
    }


def _field(field, import_, language):
    header = import_.mapping.get(field.name, "")
    match = import_.found["matches"].get(field.name, {})
    how = match.get("how") if match.get("header") == header else "hand"
    return {
        "name": field.name,
        "label": field.label.in_language(language),
        "unit": field.unit.in_language(language) if field.unit else "",
        "is_required": field.is_required,
        "header": header,
        "how": MATCHED.get(how, "") if header else "",
        "is_doubtful": bool(header) and how == "fuzzy",
        "examples": examples(import_.found, header),
    }


def examples(found, header):
    """Return the first values of a column, to see whether it is the right one."""
    if header not in found["headers"]:
        return []
    at = found["headers"].index(header)
    cells = [line[at] for line in found["lines"] if at < len(line) and line[at]]
    return [cell[:LONGEST_EXAMPLE] for cell in dict.fromkeys(cells)][:MOST_EXAMPLES]


def missing(import_, language):
    """Return what must be matched before the file can be tried: each the labels of which one is enough."""
    kind = KINDS[import_.kind]
    if import_.kind in KNOWS_WHAT_IT_NEEDS:
        return []
    lacking = columns.missing(kind, import_.mapping)
    needed = [[name] for name in lacking if name in kind.required]
    enough = [name for name in lacking if name not in kind.required]
    return [
        [kind.field(name).label.in_language(language) for name in names]
        for names in [*needed, *([enough] if enough else [])]
    ]


def columns_asked(import_, posted):
    """Return the mapping and the options that a form of columns asks."""
    headers, kind = set(import_.found["headers"]), KINDS[import_.kind]
    told = {field.name: posted.get(f"field-{field.name}", "") for field in kind.fields}
    mapping = {name: header for name, header in told.items() if header in headers}
    options = {"swap": posted.get("swap") == "on"} if "longitude" in mapping else {}
    options["decimal"] = posted.get("decimal") if posted.get("decimal") in DECIMALS else None
    options["day_first"] = DAY_FIRST.get(posted.get("day_first"))
    if kind.takes_values:
        options["values"] = [header for header in posted.getlist("values") if header in headers]
        options |= {name: posted.get(name, "").strip() for name in ("title", "unit", "method")}
        options["level"] = posted.get("level") if posted.get("level") in LEVELS else None
    options |= {name: posted[name].strip() for name in ("register", "country") if name in posted}
    return mapping, options


# --- The difference ---------------------------------------------------------------------------------------


def difference_context(request, import_):
    """Return the counts of a difference and one page of its rows of one action."""
    counts = services.counts_of(import_)
    asked = request.GET.get("lignes")
    shown = asked if asked in ACTIONS else next((each for each in SHOWN_FIRST if counts[each]), None)
    rows = import_.rows.filter(action=shown) if shown else StagedRow.objects.none()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    language = get_language()
    return {
        "counts": [(action, title, counts[action]) for action, title in ACTIONS.items()],
        "shown": shown,
        "shown_title": ACTIONS.get(shown, ""),
        "rows_page": page,
        "rows": [(row, list(_cells(row, import_, language))) for row in page],
        "goes_in": counts[Action.ADDED] + counts[Action.CHANGED],
        "stays_out": counts[Action.REFUSED] + counts[Action.WAITING],
        "doubts": import_.counts.get("doubts", 0),
        "gone": counts[Action.GONE],
        "removes": bool(import_.counts.get(services.WOULD_REMOVE)),
        "may_remove": bool(import_.counts.get("may_remove")),
        "waiting": services.waiting_places(import_),
        "decided": import_.place_questions.filter(decided_at__isnull=False).count(),
        "has_refusals": uploads.refusals_of(import_.pk) is not None,
        "all_or_nothing": bool(import_.counts.get(services.ALL_OR_NOTHING)),
    }


def _cells(row, import_, language):
    """Yield (label, former, now) for what a row tells; of a changed row, only what changes."""
    fields = {field.name: field for field in KINDS[import_.kind].fields}
    told = row.values or row.former
    for name in sorted(told, key=lambda name: list(fields).index(name) if name in fields else len(fields)):
        value, former = told[name], row.former.get(name)
        if row.action == Action.CHANGED:
            if value is None or value == former:
                continue
        elif value in (None, ""):
            continue
        field = fields.get(name)
        label = field.label.in_language(language) if field else name
        yield label, _shown(former, field, language), _shown(value, field, language)


def _shown(value, field, language):
    if value in (None, ""):
        return ""
    if field and value in field.choice_labels:
        return field.choice_labels[value].in_language(language)
    if field and field.type is ValueType.DATE:
        return day(date.fromisoformat(value[:10]))
    if isinstance(value, float):
        return number(value, DECIMALS_SHOWN)
    return value
