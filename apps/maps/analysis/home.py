"""What the first page of /analyse/ shows: the gallery, one touch for each question."""

from django.urls import reverse
from django.utils.translation import get_language

from apps.analysis.gallery import GALLERY
from apps.maps.analysis.address import query_of
from apps.maps.analysis.words import THEMES
from apps.runs.canonical import canonical


def home_context():
    """Return what templates/maps/analysis/home.html needs: the questions by theme."""
    keys = dict.fromkeys(each.theme for each in GALLERY)
    return {
        "themes": [
            {
                "key": key,
                "title": THEMES.get(key, key),
                "cards": [_card(each) for each in GALLERY if each.theme == key],
            }
            for key in keys
        ]
    }


def _card(ready):
    language = get_language()
    return {
        "title": ready.title.in_language(language),
        "why": ready.why.in_language(language),
        "url": f"{reverse('analysis')}?{query_of(ready.question)}",
    }


def ready_title(question):
    """Return the title of the ready question that is this one; empty where it is none of them."""
    asked = canonical(question)
    found = next((each for each in GALLERY if canonical(each.question) == asked), None)
    return found.title.in_language(get_language()) if found else ""
