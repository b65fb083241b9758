"""Which publisher is asked when, how it went, and from what age its data are called stale."""

from django.db import models

from apps.feeds.queries import FeedRunQuerySet
from apps.sources.models import Load


class Feed(models.Model):
    """One publisher's series asked on a schedule. Nothing is asked until an operator switches it on."""

    class Key(models.TextChoices):
        ACLED = "acled", "ACLED, événements"
        UCDP = "ucdp", "UCDP, événements candidats"
        HAPI = "hapi", "HDX HAPI, comptes mensuels"

    key = models.CharField(max_length=10, choices=Key, primary_key=True)
    is_on = models.BooleanField("en marche", default=False)
    cron = models.CharField("horaire", max_length=60)
    """Minute, hour, day of the month, month, day of the week, in the time of Bamako."""
    stale_after_days = models.PositiveSmallIntegerField("périmé après (jours)", null=True, blank=True)
    """None: the age stated in the settings for this kind of data."""
    last_run = models.ForeignKey("FeedRun", models.SET_NULL, null=True, related_name="+")
    next_run = models.DateTimeField("prochain passage", null=True)

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.get_key_display()

    @property
    def load_kind(self):
        """Return the kind of load that this feed brings."""
        return LOAD_KINDS[self.key]


LOAD_KINDS = {
    Feed.Key.ACLED: Load.Kind.EVENTS,
    Feed.Key.UCDP: Load.Kind.UCDP_EVENTS,
    Feed.Key.HAPI: Load.Kind.MONTHLY_COUNTS,
}


class FeedRun(models.Model):
    """One passage: what was asked, what came, what it changed. A failed one leaves the former rows whole."""

    class Outcome(models.TextChoices):
        RUNNING = "running", "en cours"
        DONE = "done", "fait"
        FAILED = "failed", "échoué"

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="runs")
    began_at = models.DateTimeField("commencé", auto_now_add=True)
    ended_at = models.DateTimeField("fini", null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    message = models.TextField(blank=True)
    """Why it failed, in one French sentence without secrets; what is worth knowing of one that did not."""
    counts = models.JSONField(default=dict)
    """added, changed, deleted, unchanged, refused."""
    cursor = models.CharField("jusqu’où", max_length=60, blank=True)
    """The last of the publisher that was taken in: the next passage asks from it."""
    load = models.ForeignKey(Load, models.SET_NULL, null=True, related_name="+")

    objects = FeedRunQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed"], name="feed_runs_one_at_a_time", condition=models.Q(outcome="running")
            )
        ]

    def __str__(self):
        return f"{self.feed_id} {self.began_at:%Y-%m-%d}"
