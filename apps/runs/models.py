"""A question asked of the data, the data it was asked of, and its answer: written once, never changed."""

import uuid

from django.conf import settings
from django.db import models

from apps.runs.queries import RunFileQuerySet, RunQuerySet
from geo.vocabulary import AccessClass


class Run(models.Model):
    """
    One asking and its answer, kept as the text that was hashed.

    `question` is what was asked, `answer` what came of it: canonical JSON (apps.runs.canonical), which holds
    the question, the sources with their hashes, edition, dates, seed and software too. The same question of
    the same data gives the same answer, byte by byte, whatever it is named and whoever asks.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "terminée"
        FAILED = "failed", "échouée"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("sorte", max_length=20)
    name = models.CharField("nom", max_length=120)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="runs"
    )
    """None: the installation itself, by a command."""
    created = models.DateTimeField("créée le", auto_now_add=True)
    forked_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="forks")
    is_public = models.BooleanField("publique", default=False)
    """Read by everybody who has its address; else by those who may see choices."""

    question = models.TextField()
    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=500, blank=True)
    """Why it failed, for who asked."""
    job_id = models.BigIntegerField(null=True)

    inputs = models.CharField(max_length=64, blank=True)
    """Of the kinds that tell it: the hash of all an answer follows from. Asked again, the run is given."""
    answer = models.TextField(blank=True)
    hash = models.CharField("empreinte", max_length=64, blank=True)
    edition = models.CharField("édition", max_length=60, blank=True)
    events_until = models.DateField("événements jusqu’au", null=True)
    known_at = models.DateTimeField("connus au", null=True)
    access = models.CharField(
        "accès", max_length=20, choices=[(a.value, a.value) for a in AccessClass], default=AccessClass.PUBLIC
    )
    """The strictest class of what it rests on: others are shown the choice alone."""
    is_simulated = models.BooleanField("données simulées", default=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "exécution"
        ordering = ["-created", "-pk"]
        # The list of a kind, newest first.
        indexes = [
            models.Index(fields=["kind", "-created"], name="run_by_kind"),
            # Whether the very same was asked before.
            models.Index(fields=["inputs"], name="run_by_inputs", condition=~models.Q(inputs="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(state="done") & ~models.Q(answer="") & models.Q(hash__regex="^[0-9a-f]{64}$")
                )
                | (~models.Q(state="done") & models.Q(answer="", hash="")),
                name="run_has_an_answer_once_it_is_done",
            )
        ]

    def __str__(self):
        return self.name


class RunFile(models.Model):
    """
    A file made of a run for its readers: its memo, its map. Made once, for a run never changes.

    `key` stands for what it shows beside the answer, such as the run's name: with another it is made anew.
    """

    class Kind(models.TextChoices):
        MEMO = "memo", "note de décision"
        MAP = "map", "carte"

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        RUNNING = "running", "en cours"
        DONE = "done", "terminée"
        FAILED = "failed", "échouée"

    run = models.ForeignKey(Run, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    language = models.CharField(max_length=2)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=500, blank=True)
    """Why it could not be made, for who asked; in the language of the file."""

    body = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)

    objects = RunFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier d’une exécution"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "language"], name="run_has_one_file_of_a_kind_in_a_language"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state="done", body__isnull=False, made_at__isnull=False)
                    & models.Q(sha256__regex="^[0-9a-f]{64}$")
                )
                | (~models.Q(state="done") & models.Q(body=None, sha256="", made_at=None)),
                name="file_has_a_body_once_it_is_done",
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.kind} {self.language}"
