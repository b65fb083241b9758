"""A question in an address: its JSON, deflated, in base64url. What a form tells that is wrong travels too."""

import binascii
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.utils.translation import gettext as _

from apps.maps.questions import WrongParameter
from apps.targeting.questions import MOST_CRITERIA, MOST_ZONES

MOST_BYTES = 100_000
"""Of a question unpacked: several times the longest that a form can tell."""

ONE = object()
"""A number, a text, yes or no, or nothing."""

MANY = [ONE]
BY_NAME = {"*": ONE}

MEANT = ("concentration",)
"""What is not the same left out as said to be nothing."""

SHAPE = {
    "zones": [
        {"regions": MANY, "areas": MANY, "criteria": [{"band": MANY, "bounds": MANY, "kinds": MANY}]},
    ],
    "rules": dict.fromkeys(("costs", "floors", "ceilings", "must", "must_not", "no_access"), BY_NAME),
    "robustness": {"normalisations": MANY, "aggregations": MANY},
}
"""Where lists and objects stand in a question; everything else is one value."""


def packed(told):
    """Return a question as `q` of an address holds it; what is left open is left out."""
    text = json.dumps(_without_nothing(told), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def _without_nothing(told):
    if isinstance(told, dict):
        kept = {name: _without_nothing(value) for name, value in told.items()}
        return {
            name: value
            for name, value in kept.items()
            if name in MEANT or (value is not None and value != {})
        }
    return [_without_nothing(value) for value in told] if isinstance(told, list) else told


def unpacked(text):
    """Return the question that `q` of an address holds, of the shape of one; raises WrongParameter."""
    try:
        packed_bytes = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        told = json.loads(zlib.decompressobj().decompress(packed_bytes, MOST_BYTES))
    except (binascii.Error, zlib.error, ValueError) as error:
        raise _damaged() from error
    if not is_shaped(told):
        raise _damaged()
    return told


def is_shaped(told):
    """Tell whether a JSON value has the shape of a question, whatever its values."""
    if not _fits(told, SHAPE) or not isinstance(told.get("zones"), list):
        return False
    zones = told["zones"]
    return 1 <= len(zones) <= MOST_ZONES and all(
        isinstance(zone, dict)
        and isinstance(zone.get("criteria"), list)
        and len(zone["criteria"]) <= MOST_CRITERIA
        and all(isinstance(criterion, dict) for criterion in zone["criteria"])
        for zone in zones
    )


def _fits(value, shape):
    if value is None:
        return True
    if isinstance(shape, dict):
        usual = shape.get("*", ONE)
        return isinstance(value, dict) and all(
            _fits(each, shape.get(name, usual)) for name, each in value.items()
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(each, shape[0]) for each in value)
    return isinstance(value, str | int | float | bool)


def _damaged():
    return WrongParameter(
        _("La question de l’adresse est abîmée : recopiez l’adresse entière, ou repartez des trois curseurs.")
    )
