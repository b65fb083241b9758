"""The licences of a layer in plain words, and whom to ask for what is closed."""

from django.conf import settings
from django.utils.translation import get_language

from layers.licences import licences_of


def licences_told(loads):
    """Return each licence that the loads of a layer were published under, once."""
    found = {}
    for load in loads:
        for written, known in licences_of(load.licence):
            found.setdefault(written, _told(written, known, load))
    return list(found.values())


def _told(written, licence, load):
    language = get_language()

    def words(what):
        told = getattr(licence, what) if licence else None
        return told.in_language(language) if told else ""

    return {
        "written": written,
        "url": load.licence_url,
        "publisher": load.publisher or load.file_name,
        "is_known": licence is not None,
        "title": words("title"),
        "may": words("may"),
        "must": words("must"),
        "may_not": words("may_not"),
    }


def contact():
    """Return (text, address to follow or "") of whom readers ask; None where the operator named nobody."""
    told = settings.CONTACT
    if not told:
        return None
    if told.startswith(("https://", "http://")):
        return told, told
    return told, f"mailto:{told}" if "@" in told and " " not in told else ""
