"""The history of a project in words: one line a field that changed."""

from django.utils.translation import gettext_lazy as _

from apps.projects.history import history_of
from apps.projects.models import Funding, Involvement, Presence, Project

WHAT = {
    (Project, "added"): _("projet ajouté"),
    (Project, "changed"): _("projet"),
    (Presence, "added"): _("lieu ajouté"),
    (Presence, "changed"): _("lieu"),
    (Presence, "removed"): _("lieu retiré"),
    (Funding, "added"): _("financement ajouté"),
    (Funding, "changed"): _("financement"),
    (Funding, "removed"): _("financement retiré"),
    (Involvement, "added"): _("organisation ajoutée"),
    (Involvement, "removed"): _("organisation retirée"),
}
FIELDS = {
    "title": _("titre"),
    "implementers": _("mise en œuvre"),
    "start_year": _("première année"),
    "end_year": _("dernière année"),
    "dates_told": _("dates selon le document"),
    "result_area": _("résultat"),
    "themes": _("thèmes"),
    "sector": _("secteur"),
    "fund": _("fonds"),
    "note": _("doute"),
    "documents": _("documents"),
    "source_passage": _("passage"),
    "donor": _("donateur"),
    "amount": _("montant"),
    "currency": _("monnaie"),
    "told": _("montant selon le document"),
    "last_confirmed": _("confirmé le"),
    "confirmed_by": _("confirmé par"),
    "ended": _("n’y est plus depuis"),
}


def changes_told(project):
    """Return the lines of the history of a project, the latest change first."""
    return [line for change in history_of(project) for line in _lines(change)]


def _lines(change):
    line = {
        "at": change.at,
        "who": change.who,
        "why": change.why,
        "what": WHAT[change.model, change.how],
        "words": change.words,
    }
    if change.how != "changed":
        return [line]
    return [
        line | {"field": FIELDS[name], "before": before, "after": after}
        for name, before, after in change.fields
        if name in FIELDS
    ]
