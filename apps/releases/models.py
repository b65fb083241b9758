"""Releases: folders that were frozen and signed, and the keys that signed them. Nothing here is deleted."""

from pathlib import Path

from django.conf import settings
from django.db import models

from apps.releases.queries import UNDER_WAY, ReleaseQuerySet

DIGEST = "^[0-9a-f]{64}$"


class ReleaseKey(models.Model):
    """A key that signed releases here: its public half. The private one lies in settings.RELEASE_KEY."""

    fingerprint = models.CharField("empreinte", max_length=64, unique=True)
    public_pem = models.TextField("clé publique")
    since = models.DateTimeField("connue depuis")
    until = models.DateTimeField("en usage jusqu’à", null=True, blank=True)
    """When another took its place; its releases stay as they were signed."""

    class Meta:
        verbose_name = "clé"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fingerprint__regex=DIGEST), name="release_key_is_named_by_its_fingerprint"
            ),
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(until=None), name="one_release_key_signs"
            ),
        ]

    def __str__(self):
        return self.fingerprint


class Release(models.Model):
    """
    A release, from when it is asked for. Once it stands, `manifest` and `changes` are what its folder tells,
    without the rows named one by one: pages read them here, the files are read only to be sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "publiée"
        FAILED = "failed", "échouée"

    name = models.CharField("nom", max_length=13)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField("demandée le", auto_now_add=True)

    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=1000, blank=True)
    job_id = models.BigIntegerField(null=True)

    made_at = models.DateTimeField("figée le", null=True)
    key = models.ForeignKey(ReleaseKey, models.PROTECT, null=True, related_name="releases")
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.BigIntegerField(null=True)
    manifest = models.JSONField("manifeste", default=dict, blank=True)
    changes = models.JSONField("ce qui a changé", default=dict, blank=True)
    doi = models.CharField("DOI", max_length=100, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=~models.Q(state="failed"), name="one_living_release_of_a_name"
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=UNDER_WAY),
                name="one_release_is_made_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(
                    manifest_sha256__regex=DIGEST, key__isnull=False, made_at__isnull=False, bytes__gt=0
                ),
                name="release_that_stands_is_signed",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def folder(self) -> Path:
        """Where the release lies once it is made."""
        return settings.RELEASES_DIR / self.name

    @property
    def is_under_way(self):
        return self.state in UNDER_WAY
