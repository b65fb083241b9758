"""What templates/maps/packs/choose.html needs: cercles by region, what a file holds, what is chosen."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.catalogue.loads import active_edition
from apps.exports.models import Export
from apps.maps.cercles import cercles_by_region
from apps.packs.gathered import readable_layers
from geo.vocabulary import AccessClass

MOST_ASKED = 2_000
"""Codes read from one form: the country has far fewer cercles."""


@dataclass(frozen=True)
class Asked:
    """What a form says, before it is known to make sense."""

    pcodes: tuple[str, ...]
    kind: str
    language: str
    with_closed: bool


def asked_in(data):
    """Return what is asked in a query or a form (QueryDict); what it does not say is as the page opens."""
    kind, language = data.get("kind"), data.get("lang")
    told = [pcode.strip() for each in data.getlist("cercle")[:MOST_ASKED] for pcode in each.split(",")]
    return Asked(
        pcodes=tuple(dict.fromkeys(pcode for pcode in told if pcode)),
        kind=kind if kind in dict(kinds()) else Export.Kind.AREA,
        language=language if language in dict(settings.LANGUAGES) else get_language(),
        with_closed="closed" in data,
    )


def kinds():
    """Return (kind, (label, what it is good for)) of the files to choose from."""
    return [
        (
            Export.Kind.AREA,
            (
                _("GeoPackage"),
                _("Pour QGIS et ArcGIS : une table par couche, styles et métadonnées comprises."),
            ),
        ),
        (
            Export.Kind.OFFLINE,
            (
                _("Page hors ligne"),
                _(
                    "Pour un téléphone ou un ordinateur sans réseau : carte, recherche et tableaux en un "
                    "fichier de moins de 5 Mo."
                ),
            ),
        ),
    ]


def choose_context(request, asked, *, refusal=""):
    """Return the context of the page; `refusal` says why what was asked could not be begun."""
    return {
        "asked": asked,
        "refusal": refusal,
        "regions": cercles_by_region(),
        "edition": active_edition(),
        "kinds": [(kind, label, told) for kind, (label, told) in kinds()],
        "languages": settings.LANGUAGES,
        **layers_told(request.user),
    }


def layers_told(user):
    """Return the titles of the layers that everybody may read, and of those that this reader may besides."""
    readable = readable_layers(user, with_closed=True)
    titles = {True: [], False: []}
    for layer, access in readable:
        titles[access == AccessClass.PUBLIC].append(layer.title.in_language(get_language()))
    return {"open_layers": titles[True], "closed_layers": titles[False]}
