"""What people type into forms, as values."""

import re
from math import isfinite

from django.utils.translation import get_language


def number(text):
    """
    Return a number as people type it; None of nothing, the text of what is no number.

    A comma is that of decimals (« 7,5 »), and in English also that of thousands (3,015,000).
    """
    typed = re.sub(r"\s", "", text or "")
    if not typed:
        return None
    if get_language() == "en":
        typed = re.sub(r",(?=\d{3}(?!\d))", "", typed)
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return text
    if not isfinite(value):
        return text
    return int(value) if value.is_integer() else value
