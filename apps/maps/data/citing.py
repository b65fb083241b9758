"""How a layer is cited: who made it, which edition, of when, where it was read and on which day."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.catalogue.loads import joined
from apps.maps import formats


def citations(layer, loads, *, address, today, is_approximate):
    """Return (code of the language, the citation in it) of each language of the site."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            text = citation(layer, loads, address=address, today=today, is_approximate=is_approximate)
            found.append((code, text))
    return found


def citation(layer, loads, *, address, today, is_approximate):
    """Return the citation of a layer in the language of now."""
    title = layer.title.in_language("fr" if formats.locale() == "fr" else "en")
    edition = joined(load.edition for load in loads)
    parts = [
        joined(load.publisher for load in loads) or "Maillage",
        f"{title} ({edition})" if edition else title,
        _dates(loads),
        _("données simulées") if any(load.is_simulated for load in loads) else "",
        _("limites approximatives") if is_approximate else "",
        _licence(loads),
        _("Maillage, %(address)s, consulté le %(day)s") % {"address": address, "day": formats.day(today)},
    ]
    return ". ".join(part[:1].upper() + part[1:] for part in parts if part) + "."


def _dates(loads):
    days = joined(formats.day(load.as_of) for load in loads if load.as_of)
    return _("données du %(days)s") % {"days": days} if days else ""


def _licence(loads):
    licence = joined(load.licence for load in loads)
    return _("licence : %(licence)s") % {"licence": licence} if licence else _("licence non précisée")
