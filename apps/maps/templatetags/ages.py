"""Instants on a page, in the time of Bamako, and the mark of data that are past their age."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from apps.maps import formats
from apps.maps.staleness import stale_words
from apps.maps.templatetags.maillage import or_missing
from apps.sources.freshness import freshness

register = template.Library()


@register.filter
def moment(instant):
    """Return 22 nov. 2026, 05:00."""
    if instant is None:
        return or_missing(None)
    local = timezone.localtime(instant)
    return f"{formats.day(local.date())}, {local:%H:%M}"


@register.simple_tag
def stale_mark(load):
    """Return the mark of a load (or of what a sheet tells of it) whose data are past their age; else ""."""
    words = load["stale"] if isinstance(load, dict) else stale_words(freshness(load, timezone.localdate()))
    return format_html(' <span class="badge badge--stale">{}</span>', words) if words else ""
