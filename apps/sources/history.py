"""Which rows keep their past: who changed what, when, before and after, and why (django-pghistory)."""

import pghistory


def tracked(model):
    """Keep the row after each insertion and change, and before its deletion, with who did it and why."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())(model)


def because(why, *, by=None):
    """Return a context whose changes are kept with this reason, and with who made them where told."""
    return pghistory.context(why=why, **({"user": by.pk} if by else {}))
