"""What the pages of places to decide show: each place, why it is asked, and the areas it may be."""

import json

from django.core.paginator import Paginator
from django.db.models import Count
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.boundaries import aliases
from apps.boundaries.models import Area, Edition, PlaceAlias, PlaceName
from apps.boundaries.place_matching import How, is_pcode
from apps.imports import decisions
from apps.maps import words
from geo.vocabulary import Level

QUESTIONS_A_PAGE = 10
MOST_FOUND = 8
NONE_OF_THEM = "none"
OUTLINE = "medium"

HOW = {
    How.CODE: gettext_lazy("par son code"),
    How.CODE_AND_NAME: gettext_lazy("par son code et son nom"),
    How.EXACT: gettext_lazy("même nom"),
    How.FOLDED: gettext_lazy("même nom, aux accents près"),
    How.ALIAS: gettext_lazy("autre nom connu"),
    How.SOUND: gettext_lazy("même son"),
    How.SPELLING: gettext_lazy("orthographe proche"),
}
SAME_NAME = (How.EXACT, How.FOLDED, How.ALIAS)
CHANGES = {
    "insert": gettext_lazy("retenu"),
    "update": gettext_lazy("changé"),
    "delete": gettext_lazy("annulé"),
}
WHICH = {
    "region": gettext_lazy("Quelle région est-ce ?"),
    "cercle": gettext_lazy("Quel cercle est-ce ?"),
    "commune": gettext_lazy("Quelle commune est-ce ?"),
}


def import_places_context(import_, asked):
    """Return what templates/maps/places_review/import.html needs; `asked` is the page and a search."""
    questions = import_.place_questions.filter(decided_at=None)
    page = Paginator(questions, QUESTIONS_A_PAGE).get_page(asked.get("page"))
    decided = import_.place_questions.exclude(decided_at=None).select_related("area__parent", "decided_by")
    return {
        "import": import_,
        "page_of_questions": page,
        "questions": [_shown(question, asked) for question in page],
        "rows_waiting": sum(questions.values_list("rows", flat=True)),
        "decided": decided.defer("area__boundary", "area__parent__boundary"),
        "edition": Edition.objects.filter(is_active=True).first(),
        "none": NONE_OF_THEM,
        "settings": {
            "outlines": reverse("place-outlines"),
            "countries": static("basemap/countries.geojson"),
            "regions": f"{reverse('api:layer-geojson', args=['regions'])}?detail=low",
        },
    }


def _shown(question, asked):
    search = asked.get("cherche", "").strip() if asked.get("lieu") == str(question.pk) else ""
    candidates = question.candidates
    if search:
        known = {each["pcode"] for each in candidates}
        candidates = candidates + [
            each for each in _found(question.level, search) if each["pcode"] not in known
        ]
    return {
        "question": question,
        "candidates": [
            {**each, "number": number, "how_told": HOW.get(each["how"], "")}
            for number, each in enumerate(candidates, start=1)
        ],
        "level": words.levels()[question.level],
        "which": WHICH[question.level],
        "search": search,
        "found_more": len(candidates) > len(question.candidates),
        "is_shared": sum(each["how"] in SAME_NAME for each in question.candidates) > 1,
        "can_be_remembered": decisions.can_be_remembered(question),
    }


def _found(level, words):
    """Return the areas of a level whose name is like `words`, or whose P-code it is."""
    level = Level[level.upper()]
    names = PlaceName.objects.like(words).filter(area__level=level).values_list("area", flat=True)
    pks = list(dict.fromkeys(names))[:MOST_FOUND]
    pks += Area.objects.active().at(level).filter(pcode=words.upper()).values_list("pk", flat=True)
    areas = (
        Area.objects.active()
        .select_related("parent__parent")
        .defer("boundary", "parent__boundary", "parent__parent__boundary")
    )
    by_pk = areas.in_bulk(pks)
    return [_as_candidate(by_pk[pk]) for pk in dict.fromkeys(pks) if pk in by_pk]


def _as_candidate(area):
    parents = [each.name for each in (area.parent, area.parent and area.parent.parent) if each]
    return {
        "pcode": area.pcode,
        "name": area.name,
        "parents": ", ".join(parents),
        "likeness": None,
        "how": "",
    }


def places_context():
    """Return what templates/maps/places_review/places.html needs."""
    waiting = (
        decisions.waiting()
        .order_by()
        .values("of_import", "of_import__file_name", "of_import__made_at")
        .annotate(places=Count("pk"))
        .order_by("-of_import__made_at")
    )
    known = PlaceAlias.objects.select_related("area__parent", "area__edition", "decided_by").defer(
        "area__boundary", "area__parent__boundary"
    )
    resting = set(aliases.resting().values_list("pk", flat=True))
    return {
        "waiting": waiting,
        "aliases": [
            {
                "alias": alias,
                "level": words.levels()[Level(alias.level).name.lower()],
                "rests": alias.pk in resting,
            }
            for alias in known
        ],
        "resting": len(resting),
        "changes": [(CHANGES[change.how], change) for change in aliases.history()],
    }


def outlines_of(pcodes):
    """Return the areas of these P-codes in the active edition as GeoJSON text."""
    asked = [pcode for pcode in pcodes if is_pcode(pcode)]
    areas = Area.objects.active().filter(pcode__in=asked).with_geojson(OUTLINE)
    features = (
        f'{{"type":"Feature","properties":{json.dumps({"pcode": pcode, "name": name})},"geometry":{shape}}}'
        for pcode, name, shape in areas.values_list("pcode", "name", "geojson")
        if shape
    )
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'
