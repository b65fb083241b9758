"""What the page shows on which a question of where to build is written."""

from django.utils.translation import gettext as _

from apps.accounts.access import may_save_choices
from apps.boundaries.models import Area
from apps.coverage.questions import USUAL_LIMITS_KM
from apps.maps import formats
from apps.maps.coverage.page import shapes_url
from apps.maps.map.page import static_url
from apps.maps.siting import form
from apps.maps.siting.rows import cost_source
from apps.maps.siting.words import (
    AIMS,
    CANDIDATES,
    COUNTED,
    OBJECTIVES,
    RULES,
    SENSES,
    UPGRADES,
    document_titles_of,
    kind_title,
    question_part,
)
from apps.programme.models import YEARS
from apps.siting.costs import programme_costs
from apps.siting.questions import BUILT, DRAWS, SEED
from geo.vocabulary import InstitutionKind, Level

OFFERED = tuple(
    kind
    for kind in BUILT
    if kind
    in (
        InstitutionKind.COMMISSARIAT,
        InstitutionKind.BRIGADE,
        InstitutionKind.TI,
        InstitutionKind.TGI,
        InstitutionKind.EPES,
        InstitutionKind.ONE_STOP_CENTRE,
    )
)
"""What can be built that is told by its kind; the API takes the others too."""

MORE = ("floors", "must", "must_not", "exclude", "upgrades", "order")
"""Parts of a question behind « Plus d’options »: the page opens them where one is told."""


def first_question(costs):
    """Return the question that the form opens with: police posts for what the programme's would cost."""
    cost = costs.get(InstitutionKind.COMMISSARIAT.value)
    return {
        "kinds": [InstitutionKind.COMMISSARIAT.value],
        "budget": cost and cost.usd * len(cost.lines),
        "measure": "km",
        "limit": USUAL_LIMITS_KM[1],
        "objective": "people",
        "counted": "people_years",
        "candidates": {"of": "cercle_seats"},
        "existing": {"sense": "nominal", "day": None},
        "draws": DRAWS,
        "seed": SEED,
    }


def question_context(user, told, *, name="", forked_from=None, detail=None):
    """Return what templates/maps/siting/question.html needs; `detail` is why a question was refused."""
    costs = programme_costs()
    told = first_question(costs) if told is None else told
    errors = list(_errors(detail or {}))
    candidates = told.get("candidates") or {}
    return {
        "may_ask": may_save_choices(user),
        "told": told,
        "name": name,
        "forked_from": forked_from,
        "errors": errors,
        "wrong": {error["field"] for error in errors},
        "kinds": [
            (kind.value, kind_title(kind.value), kind.value in told.get("kinds", ())) for kind in OFFERED
        ],
        "upgrades": [(key, title, key in (told.get("upgrades") or ())) for key, title in UPGRADES.items()],
        "aims": AIMS.items(),
        "aim": form.aim_of(told),
        "typed": _typed(told, candidates),
        "years": [(year, _text((told.get("years") or {}).get(str(year)))) for year in YEARS],
        "counted": COUNTED.items(),
        "usual_limits": USUAL_LIMITS_KM,
        "places_of_candidates": CANDIDATES.items(),
        "where": candidates.get("of", "cercle_seats"),
        "places": form.places_of(told),
        "costs": list(_costs(told, costs)),
        "objectives": OBJECTIVES.items(),
        "senses": SENSES.items(),
        "floors": [
            {"pcode": pcode, "name": area, "value": _text((told.get("floors") or {}).get(pcode))}
            for pcode, area in Area.objects.regions().order_by("name").values_list("pcode", "name")
        ],
        "rules": form.rules_of(told),
        "rule_kinds": RULES.items(),
        "areas": _areas(),
        "has_more": _has_more(told, candidates) or bool(errors),
        "settings": {
            "countries": static_url("basemap/countries.geojson"),
            "borders": shapes_url(Level.CERCLE, "low"),
        },
    }


def _typed(told, candidates):
    share = told.get("share")
    existing = told.get("existing") or {}
    return {
        "budget": _text(told.get("budget")),
        "number": _text(told.get("number")),
        "share": _text(share * 100 if isinstance(share, int | float) else share),
        "limit": _text(told.get("limit")),
        "least_people": _text(candidates.get("least_people")),
        "day": existing.get("day") or "",
        "draws": _text(told.get("draws")),
        "seed": "" if told.get("seed") is None else str(told["seed"]),
    }


def _text(value):
    """Return a number as it is typed; what was typed and is no number stays as it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return formats.number(value, 0 if value == int(value) else 2)


def _costs(told, costs):
    asked = told.get("costs") or {}
    titles = document_titles_of(key for cost in costs.values() for key in cost.documents)
    for key in (*(kind.value for kind in OFFERED), *UPGRADES):
        known = costs.get(key)
        yield {
            "kind": key,
            "title": kind_title(key),
            "value": _text(asked.get(key, known and known.usd)),
            "source": cost_source(known.told(), titles)
            if known
            else _("Le programme n’en dit pas : donnez-le si vous en construisez."),
        }


def _areas():
    """Return the cercles to choose among, region by region."""
    cercles = Area.objects.cercles().order_by("name").values_list("pcode", "name", "parent__name")
    return [(pcode, f"{name} ({region})") for pcode, name, region in cercles]


def _has_more(told, candidates):
    return (
        any(told.get(name) for name in MORE)
        or candidates.get("of", "cercle_seats") != "cercle_seats"
        or told.get("objective", "people") != "people"
        or (told.get("existing") or {}).get("sense", "nominal") != "nominal"
    )


def _errors(detail, field=""):
    """Yield each reason why a question was refused, with the part of the question it is about."""
    if isinstance(detail, dict):
        for name, reasons in detail.items():
            yield from _errors(reasons, field or name)
    elif isinstance(detail, list | tuple):
        for reason in detail:
            yield from _errors(reason, field)
    else:
        yield {"field": field, "title": question_part(field), "reason": str(detail)}
