"""A file that a reader asked for: made once, kept until it expires, the same for all who ask the same."""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.exports.queries import UNDER_WAY, ExportQuerySet
from geo.vocabulary import AccessClass


class Export(models.Model):
    """
    A file to be taken away. `asked` (canonical JSON) is what it is made from, by what its kind names in
    settings.EXPORT_KINDS; `key` is the hash of that and of the state of the data: asked again of the same
    data, the same file is given.
    """

    class Kind(models.TextChoices):
        LAYER = "layer", "une couche"
        AREA = "area", "une zone en GeoPackage"
        OFFLINE = "offline", "une zone hors ligne"

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "prêt"
        FAILED = "failed", "échoué"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64)
    kind = models.CharField("sorte", max_length=10, choices=Kind)
    asked = models.TextField()
    layers = ArrayField(models.CharField(max_length=40))
    """Whose rows it may hold: who may not read one of them may not have the file."""
    access = models.CharField(
        "accès", max_length=20, choices=[(a.value, a.value) for a in AccessClass], default=AccessClass.PUBLIC
    )
    language = models.CharField("langue", max_length=5)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """None: somebody who was not signed in."""
    created = models.DateTimeField("demandé le", auto_now_add=True)

    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=500, blank=True)
    job_id = models.BigIntegerField(null=True)

    file_name = models.CharField("nom", max_length=200)
    content_type = models.CharField(max_length=100)
    bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField("fait le", null=True)
    expires = models.DateTimeField("expire le", null=True)
    about = models.JSONField("ce que le fichier dit de lui", default=dict, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier"
        ordering = ["-created", "-pk"]
        # What the worker removes, and how many are under way.
        indexes = [models.Index(fields=["state", "expires"], name="export_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(state="failed"), name="one_living_export_of_a_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(sha256__regex="^[0-9a-f]{64}$", bytes__isnull=False, expires__isnull=False),
                name="export_done_has_a_file",
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file lies once it is made."""
        return settings.EXPORTS_DIR / str(self.pk)

    @property
    def compressed(self) -> Path:
        """Where the same lies compressed by gzip, if it is a text."""
        return settings.EXPORTS_DIR / f"{self.pk}.gz"

    @property
    def workplace(self) -> Path:
        """The folder in which it is made, and which is gone afterwards."""
        return settings.EXPORTS_DIR / f"{self.pk}.part"

    @property
    def is_under_way(self):
        return self.state in UNDER_WAY
