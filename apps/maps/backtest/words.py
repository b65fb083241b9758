"""What the page of back-tests says of fates, of criteria left out, and of what stands beside."""

from django.utils.translation import gettext_lazy as _

from apps.maps import formats
from apps.maps.runs.told import day_of

FATES = {
    "recovered": (_("retrouvé"), _("R")),
    "missed": (_("manqué"), _("M")),
    "false": (_("choisi à tort"), _("T")),
    "neither": (_("ni l’un ni l’autre"), ""),
}
"""What became of a cercle, and its letter on the map."""

REASONS = {
    "told_after": _("connu du programme lui-même, donc dit après son choix"),
    "register": _("le registre des institutions n’a pas de date : il dit l’état d’aujourd’hui"),
    "people_later": _("repose sur la population de %(dated_to)s, une année postérieure au choix"),
    "period_later": _("sa période commence après le choix, le %(dated_to)s"),
    "not_supplied": _("aucun tableau n’est fourni"),
    "table_undated": _("son tableau n’a pas de date"),
    "table_later": _("son tableau est du %(dated_to)s, après le choix"),
    "no_data": _("aucune donnée pour ces cercles à cette date"),
    "no_weight": _("sans poids dans la question"),
}

ALONE = {
    "violent_events": _("Violence seule : nombre d’événements violents"),
    "violent_per_100k": _("Violence seule : événements violents pour 100 000 habitants"),
}

CASES = {
    ("centre_nord_2019", "programme"): _("Centre-Nord, jusqu’en décembre 2019"),
    ("centre_nord_2019", "national"): _("Centre-Nord, jusqu’en décembre 2019, parmi tous les cercles"),
    ("all_2020", "national"): _("Les 21 cercles, jusqu’en octobre 2020, un seul classement du pays"),
    ("all_2020", "programme"): _("Les 21 cercles, jusqu’en octobre 2020, par zone du programme"),
}


def reason(left_out):
    """Return why a criterion is left out, with its own date."""
    dated_to = left_out["dated_to"]
    is_day = isinstance(dated_to, str)
    return REASONS[left_out["reason"]] % {"dated_to": formats.day(day_of(dated_to)) if is_day else dated_to}
