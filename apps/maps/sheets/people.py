"""The area itself and the people who live in it."""

from django.urls import reverse

from geo.vocabulary import PeopleMethod
from layers.areas import PEOPLE_METHODS


def area_told(area):
    """Return what the sheet says of the area as such."""
    return {
        "pcode": area.pcode,
        "name": area.name,
        "level": "cercle" if area.parent else "region",
        "region_pcode": area.parent.pcode if area.parent else None,
        "region_name": area.parent.name if area.parent else None,
        "area_km2": round(area.area_km2, 1),
        "edition": area.edition.name,
        "edition_valid_from": area.edition.valid_from.isoformat(),
        "is_approximate": area.edition.is_approximate,
        "page": reverse("cercle-sheet" if area.parent else "region-sheet", args=[area.pcode]),
    }


def people_told(area, language):
    """Return the figure of people with its year and method; None where there is none."""
    population = getattr(area, "population", None)
    if population is None:
        return None
    return {
        "people": population.people,
        "men": population.men,
        "women": population.women,
        "year": population.year,
        "is_estimated": population.method == PeopleMethod.ESTIMATED,
        "method": PEOPLE_METHODS[population.method].in_language(language),
        "people_per_km2": round(population.people / area.area_km2, 2),
    }
