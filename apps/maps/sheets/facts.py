"""All that the sheet of an area says, as one dict: the page shows it, the JSON file is it."""

from django.utils.translation import get_language

from apps.maps.asked import line, unknown
from apps.maps.sheets.adoption import adoption_told
from apps.maps.sheets.cited import References
from apps.maps.sheets.coverage import coverage_told
from apps.maps.sheets.doubts import doubts_of_rows, general_doubts
from apps.maps.sheets.events import events_told
from apps.maps.sheets.institutions import institutions_told
from apps.maps.sheets.people import area_told, people_told
from apps.maps.sheets.places import cercles_told, communes_told, settlements_told
from apps.maps.sheets.projects import projects_told
from apps.maps.sheets.results import results_told
from apps.maps.sheets.sources import sources_told
from apps.maps.sheets.told_facts import facts_told
from apps.maps.sheets.works import targets_told, works_told


def sheet_facts(place, loads, institutions, *, asked, today, every_settlement=False):
    """
    Return what is known of a region or a cercle, in words of the current language.

    Units are in the names; what is not known is None; dates are as precise as they were told.
    `institutions` are the rows that the reader may see, and how many are left out; `asked` tells whose
    events count, until when and as known when.
    """
    language, references, area = get_language(), References(), place.area
    people = people_told(area, language)
    targets = targets_told(place, references, language)
    sheet = {
        "area": area_told(area),
        "language": language,
        "asked_on": today.isoformat(),
        "people": people,
        "events": events_told(area, people and people["people"], asked),
        "events_asked": asked.told() | {"sentence": line(asked), "unknown": unknown(asked)},
        "institutions": institutions_told(place, *institutions, language),
        "targets": targets,
        "adoption": adoption_told(place),
        "works": works_told(place, references, language, is_target=bool(targets)),
        "coverage": coverage_told(place, people, language, today=today),
        "projects": projects_told(place, references),
        **facts_told(place, references, language),
        "results": results_told(place, references),
        "cercles": cercles_told(place, asked),
        "communes": communes_told(place),
        "settlements": settlements_told(area, language, every=every_settlement),
    }
    return sheet | {
        "doubts": general_doubts(sheet),
        "doubts_of_documents": doubts_of_rows(sheet),
        "documents": references.told(),
        "sources": sources_told(loads),
    }
