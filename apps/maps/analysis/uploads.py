"""Files sent with the form of a question: each becomes the shape of its end of a step."""

import json

from django.utils.translation import get_language
from rest_framework.exceptions import ValidationError

from apps.analysis import shapes
from apps.maps.analysis.refusals import reasons

FILE = ".file"


def with_uploads(form, files):
    """
    Return the form with the shapes of the files sent, why some were refused, and what was done to others.

    A file that is refused leaves the shape that was there.
    """
    refusals, told = [], []
    for field, file in files.items():
        if not field.endswith(FILE):
            continue
        prefix = field.removesuffix(FILE)
        try:
            found = shapes.from_upload(file.name, file.read(shapes.LARGEST_BYTES + 1))
        except ValidationError as error:
            refusals += reasons(error)
            continue
        form[f"{prefix}.shape"] = json.dumps(found.geometry, separators=(",", ":"))
        form[f"{prefix}.shape_name"] = form.get(f"{prefix}.shape_name") or found.name
        told += [each[get_language()] for each in found.said]
    return form, refusals, told
