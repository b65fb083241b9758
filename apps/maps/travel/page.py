"""What the page of travel shows: the grid, what is loaded, the speeds and their sources."""

from itertools import groupby

from django.utils.translation import get_language

from apps.maps import formats
from apps.maps.travel.forms import SpeedForm, group_words
from apps.travel.history import changes_of_speeds
from apps.travel.known import Known
from apps.travel.speeds import speeds_in_force
from geo.grid import GREATEST_DETOUR, GREATEST_LENGTH_ERROR, MALI
from layers.travel import NO_CLASS, REFERENCES, WALKING, TravelKind, default_speed


def travel_context(*, keeps, form=None):
    """Return what templates/maps/travel/travel.html shows; the form and the history for data keepers."""
    speeds = speeds_in_force()
    known = Known.now()
    walking_kmh = next(each.kmh for each in speeds if each.what == WALKING)
    return {
        "keeps": keeps,
        "walking_only": known.is_walking_only,
        "walking_kmh": formats.number(walking_kmh, _decimals(walking_kmh)),
        "edition": known.edition,
        "layers": [(group_words(kind), known.layers.get(kind)) for kind in TravelKind],
        "grid": MALI,
        "length_error": GREATEST_LENGTH_ERROR,
        "detour": GREATEST_DETOUR,
        "groups": [
            (group_words(what), [_row(each) for each in of_group])
            for what, of_group in groupby(speeds, key=lambda each: each.what)
        ],
        "references": REFERENCES,
        "form": (form or SpeedForm(speeds)) if keeps else None,
        "changes": [_change(each) for each in changes_of_speeds()] if keeps else None,
    }


def _row(speed):
    language = get_language()
    return {
        "speed": speed,
        "words": speed.default.words.in_language(language),
        "code": "" if speed.of_class in (NO_CLASS, speed.default.words.fr) else speed.of_class,
        "decimals": _decimals(speed.kmh),
        "default_decimals": _decimals(speed.default.kmh),
        "source": speed.source.in_language(language),
        "default_source": speed.default.source.in_language(language),
    }


def _change(change):
    words = default_speed(change.what, change.of_class).words.in_language(get_language())
    return {
        "change": change,
        "words": f"{group_words(change.what)} · {words}",
        "before_decimals": _decimals(change.before),
        "after_decimals": _decimals(change.after),
    }


def _decimals(kmh):
    return 0 if kmh is None or kmh == int(kmh) else 1
