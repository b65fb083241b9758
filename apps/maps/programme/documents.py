"""How documents are named on a page: title, publisher and date, never the name of a file."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from apps.maps import formats
from apps.sources.models import Document

TOLD = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
"""A month or a day."""


@dataclass(frozen=True)
class Cited:
    """A document as a page names it."""

    title: str
    publisher: str
    told: str


def cited():
    """Return {key: the document as this page names it}."""
    is_english = get_language() == "en"
    return {
        document.key: Cited(
            title=document.title_en if is_english else document.title_fr,
            publisher=document.publisher,
            told=told_date(document.date_told),
        )
        for document in Document.objects.all()
    }


def told_date(text):
    """Return a date as precisely as it was told: 2021, juin 2017, 31 juil. 2021. Other words stay."""
    found = TOLD.fullmatch(text)
    if not found:
        return text
    year, month, day = (int(part) if part else None for part in found.groups())
    return formats.day(date(year, month, day)) if day else formats.month(date(year, month, 1))


def of_rows(rows, documents):
    """Return the documents that these rows were drawn from, each once."""
    keys = dict.fromkeys(key for row in rows for key in row.documents)
    return [documents[key] for key in keys if key in documents]
