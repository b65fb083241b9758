"""Choices of cercles that somebody saved under a name."""

from django.conf import settings
from django.db import models


class Selection(models.Model):
    """A choice of cercles, with the weights, the period and the data it was made on."""

    name = models.CharField("nom", max_length=120)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="selections")
    created = models.DateTimeField("enregistré le", auto_now_add=True)
    since = models.DateField("depuis")
    until = models.DateField("jusqu’à")
    source = models.CharField("source des événements", max_length=10, blank=True)
    events_until = models.DateField("événements jusqu’au", null=True, blank=True)
    known_at = models.DateTimeField("connus au", null=True, blank=True)
    """None: as they were known when the choice was saved."""
    weights = models.JSONField("poids")
    cercles = models.JSONField("P-codes choisis")
    edition = models.CharField("édition", max_length=60)
    ranking = models.JSONField("classement au moment du choix")
    snapshot = models.JSONField("sources au moment du choix")
    is_simulated = models.BooleanField("données simulées", default=False)

    class Meta:
        verbose_name = "choix de cercles"
        verbose_name_plural = "choix de cercles"
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="selection_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return self.name
