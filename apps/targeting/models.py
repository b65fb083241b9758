"""Choices of cercles that somebody saved, and what was said and decided of runs."""

from django.conf import settings
from django.db import models

from apps.boundaries.models import Area
from apps.runs.models import Run
from apps.sources.history import tracked
from apps.targeting.queries import AdoptionQuerySet


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


LONGEST_TEXT = 4_000
"""Letters of a comment, of reasons, of dissent."""


class Comment(models.Model):
    """What a reader says of a run: never edited; its author may withdraw it, and that shows."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("commentaire", max_length=LONGEST_TEXT)
    created = models.DateTimeField("écrit le", auto_now_add=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True)

    class Meta:
        verbose_name = "commentaire"
        ordering = ["created", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_says_something")]

    def __str__(self):
        return f"{self.author} · {self.run}"


@tracked
class Adoption(models.Model):
    """
    A body adopted the choice of a run, as an account recorded it. Nothing is deleted.

    The one in force is the last recorded that is neither an exercise nor withdrawn: an adoption replaces
    the one before, and when it is withdrawn that one is back.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="adoptions")
    body = models.CharField("adopté par", max_length=200)
    decided_on = models.DateField("le")
    reasons = models.TextField("motifs", max_length=LONGEST_TEXT)
    dissent = models.TextField("réserves", max_length=LONGEST_TEXT, blank=True)
    is_exercise = models.BooleanField("exercice", default=False)
    """Never becomes target cercles."""
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("enregistrée le", auto_now_add=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField("motif du retrait", max_length=LONGEST_TEXT, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "adoption"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (
                    models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~models.Q(withdrawn_why="")
                ),
                name="adoption_is_withdrawn_by_somebody_with_a_reason",
            )
        ]

    def __str__(self):
        return f"{self.body} · {self.run}"


class AdoptedCercle(models.Model):
    """A cercle of an adoption as its run told it, and the cercle of the active edition it stands for."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="cercles")
    pcode = models.CharField("P-code", max_length=8)
    name = models.CharField("nom", max_length=100)
    region_name = models.CharField("région", max_length=100)
    zone_title = models.CharField("zone", max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField("rang", null=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="adopted")

    class Meta:
        verbose_name = "cercle adopté"
        ordering = ["region_name", "name", "pcode"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "pcode"], name="adopted_cercle_is_once_in_its_adoption"
            )
        ]

    def __str__(self):
        return self.name
