"""What was reached in 2020 and 2021, as documents tell it. A value common to several places is not summed."""

from apps.maps.sheets.cited import date_or_none
from apps.maps.sheets.place import split_by_place, told_of
from apps.programme.models import Result

JOINT = "joint"


def results_told(place, references):
    """Return the results of places in here, and those told of the region around."""
    here, around = split_by_place(told_of(Result.objects.all(), place), place)
    return {
        "here": [_result(row, references) for row in here],
        "of_region": [_result(row, references) for row in around],
    }


def _result(row, references):
    is_common = row.value_scope == JOINT
    return {
        "place": row.place,
        "theme": row.theme,
        "description_en": row.description_en,
        "value": row.value,
        "unit": row.unit or None,
        "is_common": is_common,
        "common_to_places": row.n_places if is_common else None,
        "date": date_or_none(row.year),
        "agencies": row.agency or None,
        "of_which": row.disaggregation or None,
        **references.of(row),
    }
