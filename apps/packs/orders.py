"""What is asked of the worker for chosen cercles: the same order for the page and for the command."""

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.accounts.access import strictest, visible_classes
from apps.boundaries.models import Area
from apps.exports.models import Export
from apps.exports.orders import Order
from apps.packs.gathered import access_of, readable_layers
from geo.vocabulary import AccessClass

KINDS = {
    Export.Kind.AREA: ("gpkg", "application/geopackage+sqlite3"),
    Export.Kind.OFFLINE: ("html", "text/html; charset=utf-8"),
}
"""Extension and type of the file of each kind."""

MOST_NAMED = 3
"""Cercles named in the name of a file; of more it tells how many."""


class WrongCercles(ValueError):
    """No cercle is chosen, or codes that are none; the message names them, for who chose."""


def ordered(user, pcodes, *, kind, language, with_closed):
    """
    Return the order of a file (`Export.Kind`) of these cercles for `user`.

    `with_closed` takes in the layers that not everybody may read, of those that `user` may. Raises
    WrongCercles.
    """
    cercles = chosen(pcodes)
    readable = tuple(visible_classes(user)) if with_closed else (AccessClass.PUBLIC,)
    layers = readable_layers(user, with_closed=with_closed)
    access = strictest(access_of(layers, readable))
    extension, content_type = KINDS[kind]
    today = timezone.localdate().isoformat()
    return Order(
        kind=kind,
        asked={
            "cercles": [pcode for pcode, _name in cercles],
            "layers": [layer.name for layer, _access in layers],
            "readable": [str(each) for each in readable],
            "access": str(access),
            "language": language,
            "day": today,
        },
        layers=tuple(layer for layer, _access in layers),
        access=access,
        language=language,
        file_name=f"{_named(cercles)}_{today}.{extension}",
        content_type=content_type,
    )


def chosen(pcodes):
    """Return (P-code, name) of these cercles of the edition in use, each once. Raises WrongCercles."""
    wanted = set(pcodes)
    found = Area.objects.cercles().filter(pcode__in=wanted).order_by("pcode").values_list("pcode", "name")
    if unknown := sorted(wanted - {pcode for pcode, _name in found}):
        raise WrongCercles(
            _("Aucun cercle des limites en usage n’a ce P-code : %(unknown)s. Choisissez dans la liste.")
            % {"unknown": ", ".join(unknown)}
        )
    if not found:
        raise WrongCercles(_("Choisissez au moins un cercle."))
    return list(found)


def _named(cercles):
    if len(cercles) > MOST_NAMED:
        return f"maillage_{len(cercles)}-cercles"
    return "_".join(["maillage", *(slugify(name) for _pcode, name in cercles)])
