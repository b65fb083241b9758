"""One way to write a value as JSON, so that the same values give the same bytes and the same hash."""

import hashlib
import json
import math
from datetime import date, datetime
from enum import Enum

DECIMALS = 9
"""Of every number written: the last bits of a logarithm differ between machines."""


def canonical(value):
    """
    Return the value as JSON: keys sorted, no spaces, numbers to `DECIMALS` decimals, days as ISO 8601.

    A number that is not known (NaN) is null. Raises ValueError for an infinite one, TypeError for what has
    no place in JSON.

    >>> canonical({"b": 0.1 + 0.2, "a": [1.0, -0.0, float("nan")]})
    '{"a":[1,0,null],"b":0.3}'
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(text):
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    return value


def _number(value):
    if math.isnan(value):
        return None
    rounded = round(float(value), DECIMALS)
    # 1.0 and 1 are one number, 0 and -0 too.
    return int(rounded) if rounded == int(rounded) else rounded
