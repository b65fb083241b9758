"""How data past their age are called, the same words on every page."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.maps import formats
from apps.sources.freshness import freshness_of_loads

DAYS_OF_A_YEAR = 365


def stale_words(fresh):
    """Return « périmé : données du 31 oct. 2020, plus de 31 jours »; "" for data that are not stale."""
    if not fresh.is_stale:
        return ""
    years, rest = divmod(fresh.stale_after, DAYS_OF_A_YEAR)
    if years > 1 and not rest:
        return _("périmé : données du %(day)s, plus de %(years)s ans") % {
            "day": formats.day(fresh.told_on),
            "years": formats.number(years),
        }
    return ngettext(
        "périmé : données du %(day)s, plus d’un jour",
        "périmé : données du %(day)s, plus de %(limit)s jours",
        fresh.stale_after,
    ) % {"day": formats.day(fresh.told_on), "limit": formats.number(fresh.stale_after)}


def stale_loads():
    """Return {number of the load: words} of the loads in use whose data are stale."""
    fresh = freshness_of_loads(timezone.localdate())
    return {load.pk: stale_words(each) for load, each in fresh if each.is_stale}


def marked(told, words):
    """Return what a line says of a source, with the mark of stale data where there is one."""
    return _("%(told)s (%(stale)s)") % {"told": told, "stale": words} if words else told
