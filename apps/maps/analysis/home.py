"""What the first page of /analyse/ shows: the gallery, one touch for each question."""

from django.urls import reverse
from django.utils.translation import get_language

from apps.analysis.gallery import GALLERY
from apps.analysis.guard import closed_to, may_ask
from apps.analysis.questions import checked
from apps.maps.analysis.address import query_of
from apps.maps.analysis.words import THEMES
from apps.runs.canonical import canonical


def home_context(user):
    """Return what templates/maps/analysis/home.html needs: the questions by theme."""
    closed = closed_to(user)
    keys = dict.fromkeys(each.theme for each in GALLERY)
    return {
        "themes": [
            {
                "key": key,
                "title": THEMES.get(key, key),
                "cards": [_card(each, closed) for each in GALLERY if each.theme == key],
            }
            for key in keys
        ]
    }


def _card(ready, closed):
    language = get_language()
    return {
        "title": ready.title.in_language(language),
        "why": ready.why.in_language(language),
        "is_closed": not may_ask(checked(ready.question), closed),
        "url": f"{reverse('analysis')}?{query_of(ready.question)}",
    }


def ready_title(question):
    """Return the title of the ready question that is this one; empty where it is none of them."""
    asked = canonical(question)
    found = next((each for each in GALLERY if canonical(each.question) == asked), None)
    return found.title.in_language(get_language()) if found else ""
