"""What a file of chosen cercles tells of itself as a whole, from what is told of its layers."""

from django.utils.translation import gettext as _

from apps.exports.doubts import DOUBTS, licence_of
from apps.packs.gathered import layers_of_an_area
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS

AROUND = "regions"
"""Layer of which every outline is drawn: it shows where the cercles lie."""
MOST_NAMED = 8
"""Cercles whose names a title can hold."""
WARNINGS = ("simulated", "approximate", "stale")


def summary(abouts, order, *, title):
    """Return what the waiting page and the metadata tell of a file that holds these layers (`About`)."""
    return {
        "title": title,
        "language": order["language"],
        "filter": {"cercle": ",".join(order["cercles"])},
        "rows": sum(each.rows for each in abouts),
        "licence": _joined(licence_of(each) for each in abouts),
        "attribution": _joined(each.attribution for each in abouts),
        "publisher": _joined(each.publisher for each in abouts),
        "edition": _joined(each.edition for each in abouts),
        "changed_at": max((each.changed_at for each in abouts), default=""),
        **{name: any(getattr(each, name) for each in abouts) for name in WARNINGS},
        "sources": [],
    }


def restrictions(access):
    """Return what who has rows of this access class must know: a sentence, none for public ones."""
    if access == AccessClass.PUBLIC:
        return []
    return [_("Données réservées : ne les transmettez pas à qui ne peut pas les lire.")]


def doubts_of_all(abouts):
    """Return each doubt of these layers once, with the layers it is of unless it is of all that have rows."""
    filled = [each for each in abouts if each.rows]
    for name, doubt in DOUBTS.items():
        of = [each for each in filled if getattr(each, name)]
        if not of:
            continue
        told = {"doubt": doubt.in_language(of[0].language), "layers": ", ".join(each.title for each in of)}
        yield told["doubt"] if len(of) == len(filled) else _("%(doubt)s Couches : %(layers)s.") % told


def absences(order):
    """Return which layers are not in the file, and why."""
    language = order["language"]
    placed = {each.name: each for each in layers_of_an_area()}
    closed = [each for name, each in placed.items() if name not in order["layers"]]
    placeless = [each for name, each in LAYERS.items() if name not in placed and name != AROUND]

    def titles(layers):
        return ", ".join(each.title.in_language(language) for each in layers)

    if closed:
        yield _("Réservées à certains lecteurs, absentes de ce fichier : %(layers)s.") % {
            "layers": titles(closed)
        }
    if placeless:
        yield _("Sans lien avec un cercle, absentes de ce fichier : %(layers)s.") % {
            "layers": titles(placeless)
        }


def title_of(names):
    """Return the title of a file of the cercles of these names."""
    return _("Ma zone : %(cercles)s") % {"cercles": named(names)}


def named(names):
    """Return these cercles in words: their names, or of many how many."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return _("%(count)s cercles") % {"count": len(names)}


def _joined(texts):
    """Return each text once; one that several tell together is taken apart first."""
    return "; ".join(dict.fromkeys(part for text in texts for part in text.split("; ") if part))
