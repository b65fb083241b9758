"""How old the data of a load are, and from what age they are called stale (docs/methods.md)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.module_loading import import_string

from apps.sources.models import Load

_AGES = "ages_of_stale_data"
AGES_KEPT_S = 60
"""Every page asks for the ages: a web process asks the database once a minute."""


@dataclass(frozen=True)
class Freshness:
    """
    `told_on` is the day that the age counts from: of the data, else (not `is_dated`) of when they were
    obtained or loaded, which says only that they are no younger.

    `stale_after` is in days; None: no age makes data of this kind stale.
    """

    told_on: date
    age_days: int
    stale_after: int | None
    is_simulated: bool
    is_dated: bool

    @property
    def is_stale(self):
        """Return whether they are older than stated, by a day or more; simulated data never are."""
        return not self.is_simulated and self.stale_after is not None and self.age_days > self.stale_after


def stale_ages():
    """Return {kind of load: days after which data are stale}: of the settings, or set by a keeper."""
    set_by_keepers = cache.get_or_set(_AGES, import_string(settings.STALE_AGES), AGES_KEPT_S)
    return settings.STALE_AFTER_DAYS | set_by_keepers


def freshness(load, today, *, ages=None):
    """Return how fresh the data of a load are; `ages` are those of `stale_ages`, where known already."""
    told_on = load.as_of or load.retrieved or timezone.localdate(load.loaded_at)
    limits = stale_ages() if ages is None else ages
    return Freshness(
        told_on,
        (today - told_on).days,
        limits.get(load.kind),
        load.is_simulated,
        is_dated=load.as_of is not None,
    )


def freshness_of_loads(today):
    """Return (load, its freshness) for every load in use."""
    ages = stale_ages()
    return [(load, freshness(load, today, ages=ages)) for load in Load.objects.in_use()]


def is_stale(load, today):
    """Return whether the data of a load are stale; of no load nothing is."""
    return load is not None and freshness(load, today).is_stale


def forget_ages():
    """Ask again for the ages that were set: one was changed."""
    cache.delete(_AGES)
