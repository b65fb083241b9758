"""What the modules in `static/js` say. Here, so that one catalogue holds every word."""

from django.urls import reverse
from django.utils.translation import gettext as _


def every_page():
    """Return words and addresses that `page.js` and `format.js` need."""
    return {
        "search": {
            "url": reverse("search"),
            "none": _("Aucun lieu de ce nom. Essayez une autre orthographe ou un nom plus court."),
            "waiting": _("Recherche…"),
            "failed": _("La recherche n'a pas répondu. Vérifiez la connexion, puis réessayez."),
            "found": {"one": _("{n} lieu trouvé"), "other": _("{n} lieux trouvés")},
        },
        "missing": {"short": _("n. d."), "long": _("pas de donnée")},
        "menu": {"open": _("Ouvrir le menu"), "close": _("Fermer le menu")},
    }
