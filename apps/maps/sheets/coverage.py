"""How many people live beyond reach of each family of institutions, now and with the works planned."""

from apps.coverage.one_area import changes_in
from apps.coverage.questions import DEFAULT_LIMIT_KM, CoverageQuestion, kinds_of
from geo.vocabulary import CoverageSense, InstitutionFamily
from layers.institutions import INSTITUTION_FAMILIES


def coverage_told(place, people, language, *, today):
    """Return who is beyond reach, as intervals, family by family; None where nobody is placed."""
    questions = {
        family: CoverageQuestion(
            kinds=kinds_of(family), sense=CoverageSense.NOMINAL, limit_km=DEFAULT_LIMIT_KM, day=today
        )
        for family in InstitutionFamily
    }
    changes = changes_in(place.area, questions.values())
    if people is None or not any(change.now.people_placed for change in changes):
        return None
    return {
        "limit_km": DEFAULT_LIMIT_KM,
        "people_placed": changes[0].now.people_placed,
        "families": [
            _family(family, change, language) for family, change in zip(questions, changes, strict=True)
        ],
    }


def _family(family, change, language):
    now, later = change.now, change.with_works
    return {
        "family": family.value,
        "family_told": INSTITUTION_FAMILIES[family].in_language(language),
        "people_beyond_low": now.beyond_low,
        "people_beyond_high": now.beyond_high,
        "share_beyond_high": now.beyond_high / now.people_placed,
        "people_beyond_with_works_low": later.beyond_low,
        "people_beyond_with_works_high": later.beyond_high,
        "people_gained_low": change.gained_low,
        "people_gained_high": change.gained_high,
    }
