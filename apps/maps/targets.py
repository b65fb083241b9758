"""Which target cercles are meant, in words: those of the programme document, or of which adoption."""

from django.utils.translation import gettext as _

from apps.maps import formats

HASH_SHOWN = 12
"""Letters of a hash that a line shows: enough to find the run, short enough to read."""


def targets_title(adoption):
    """Return what the target cercles are called: of an adoption, or (None) of the programme document."""
    return _("Cercles cibles adoptés") if adoption else _("Cercles cibles du programme")


def targets_line(adoption):
    """Return who says that these are the target cercles: a document, or a body and the run it adopted."""
    return adoption_line(adoption) if adoption else _("Selon le document de programme.")


def adoption_line(adoption):
    """Return who adopted which run when, with the beginning of its hash."""
    return _("Adoptés par %(body)s le %(day)s : exécution « %(run)s », empreinte %(hash)s.") % {
        "body": adoption.body,
        "day": formats.day(adoption.decided_on),
        "run": adoption.run.name,
        "hash": adoption.run.hash[:HASH_SHOWN],
    }
