"""Telling everybody who answers from institutions that they changed."""

from django.conf import settings
from django.utils.module_loading import import_string

from apps.sources import services as sources


def changed():
    """Say that institutions changed: bodies rendered before are out of date, and followers compute again."""
    sources.touch("institutions")
    for path in settings.INSTITUTION_FOLLOWERS:
        import_string(path)()
