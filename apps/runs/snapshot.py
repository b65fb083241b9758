"""Which data a run rests on: the loads in use, by their hashes."""

from django.utils.translation import gettext as _

from apps.accounts.access import strictest
from apps.boundaries.models import Edition
from apps.runs.services import RunFailed
from apps.sources.models import Load


def snapshot(kinds, *, also=()):
    """Return the sources in use of these kinds, and the loads `also` named, for an answer: sorted, plain."""
    loads = {load.pk: load for load in (*Load.objects.in_use().filter(kind__in=kinds), *also)}
    told = [
        {
            "kind": load.kind,
            "file": load.file_name,
            "sha256": load.sha256,
            "publisher": load.publisher,
            "licence": load.licence,
            "edition": load.edition,
            "as_of": load.as_of,
            "rows": load.rows_written,
            "is_simulated": load.is_simulated,
            "is_approximate": load.is_approximate,
        }
        for load in loads.values()
    ]
    return sorted(told, key=lambda each: (each["kind"], each["file"], each["sha256"]))


def access_of(loads):
    """Return the strictest access class of these loads."""
    return strictest(load.access for load in loads)


def edition_of(asked_for):
    """Return the edition in use; raises RunFailed where the question is of another."""
    edition = Edition.objects.filter(is_active=True).first()
    if edition is None:
        raise RunFailed(_("Aucune limite n’est chargée : lancez manage.py load_country."))
    if asked_for["edition"] not in (None, edition.name):
        raise RunFailed(
            _("La question est de l’édition %(asked)s, et %(active)s est en usage : activez l’autre d’abord.")
            % {"asked": asked_for["edition"], "active": edition.name}
        )
    return edition
