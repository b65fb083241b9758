"""Which rows keep their past: who changed what, when, before and after, and why (django-pghistory)."""

import pghistory


def tracked(model):
    """Keep the row after each insertion and change, and before its deletion, with who did it and why."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())(model)
