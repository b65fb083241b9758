"""An import from the picked file to the rows loaded: what was told, matched, found, decided."""

import uuid

from django.conf import settings
from django.db import models

from apps.boundaries.models import Area
from apps.imports.queries import ImportQuerySet
from apps.sources.models import Load
from geo.vocabulary import AccessClass


class Import(models.Model):
    """One file on its way in. Its bytes lie in the folder of uploads under its id."""

    class State(models.TextChoices):
        LOOKING = "looking", "lecture en cours"
        RECEIVED = "received", "reçu"
        """The file is whole and safe to open; its columns are matched, and can be corrected."""
        TRYING = "trying", "essai en cours"
        TRIED = "tried", "essai fait"
        """The difference is known; places may wait for a decision."""
        APPLYING = "applying", "chargement en cours"
        APPLIED = "applied", "chargé"
        REFUSED = "refused", "refusé"
        """The file as a whole cannot be read: `message` says why."""
        CANCELLED = "cancelled", "annulé"
        FAILED = "failed", "interrompu"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("sorte", max_length=30)
    """A name of `layers.imports.kinds.KINDS`."""
    file_name = models.CharField("fichier", max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("octets")
    sheet = models.CharField("feuille ou couche", max_length=200, blank=True)
    publisher = models.CharField("éditeur", max_length=200, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    url = models.CharField("adresse", max_length=500, blank=True)
    access = models.CharField("accès", max_length=20, choices=[(a.value, a.value) for a in AccessClass])
    as_of = models.DateField("date des données", null=True, blank=True)
    edition = models.CharField("édition des codes", max_length=60, blank=True)
    """The boundary edition whose P-codes the file uses, where told."""
    mapping = models.JSONField("colonnes", default=dict)
    """Our field -> the header of the file."""
    options = models.JSONField(default=dict)
    """What the kind needs beside columns: country, source, title of a table, coordinates to swap ..."""
    found = models.JSONField(default=dict)
    """What was seen when it came in: sheets, headers, how each column was matched, the first rows."""
    state = models.CharField("état", max_length=10, choices=State, default=State.LOOKING)
    done = models.PositiveBigIntegerField("fait", default=0)
    total = models.PositiveBigIntegerField("en tout", null=True)
    message = models.TextField(blank=True)
    counts = models.JSONField("différence", default=dict)
    """added, changed, gone, unchanged, refused, waiting."""
    digest = models.CharField(max_length=64, blank=True)
    """Of the difference shown: applying writes that one, or stops and shows what it has become."""
    job_id = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often the work that is under way was begun: it is not begun for ever."""
    is_cancel_asked = models.BooleanField(default=False)
    load = models.ForeignKey(Load, models.SET_NULL, null=True, related_name="+")
    """Made when applied."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="imports")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.kind} {self.file_name}"


class StagedRow(models.Model):
    """A row of the file as it would change what is loaded, or why it cannot."""

    class Action(models.TextChoices):
        ADDED = "added", "nouvelle"
        CHANGED = "changed", "modifiée"
        UNCHANGED = "unchanged", "inchangée"
        GONE = "gone", "disparue"
        REFUSED = "refused", "refusée"
        WAITING = "waiting", "lieu à décider"

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField("ligne", null=True)
    """None for what is gone: it is in no file any more."""
    action = models.CharField(max_length=10, choices=Action)
    key = models.CharField("clé", max_length=200, blank=True)
    values = models.JSONField(default=dict)
    former = models.JSONField(default=dict)
    field = models.CharField("colonne", max_length=100, blank=True)
    told = models.CharField("valeur", max_length=300, blank=True)
    reason = models.CharField("raison", max_length=500, blank=True)
    remedy = models.CharField("remède", max_length=500, blank=True)

    class Meta:
        ordering = ["of_import", "row", "pk"]
        indexes = [models.Index(fields=["of_import", "action", "row"], name="staged_row_by_action")]

    def __str__(self):
        return f"{self.row} {self.action}"


class PlaceQuestion(models.Model):
    """A place told in a file that is not certainly one area: waits for a data keeper, with candidates."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="place_questions")
    told = models.CharField("lieu", max_length=200)
    parent_told = models.CharField("dans", max_length=200, blank=True)
    code_told = models.CharField("code", max_length=20, blank=True)
    level = models.CharField("niveau", max_length=12)
    rows = models.PositiveIntegerField("lignes")
    first_row = models.PositiveIntegerField("première ligne")
    why = models.CharField("pourquoi", max_length=300)
    candidates = models.JSONField(default=list)
    """[{pcode, name, parents, likeness, how, longitude, latitude}], the likeliest first."""
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+")
    """What was decided; None with `decided_at`: no area, the rows are refused."""
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lieu à décider"
        verbose_name_plural = "lieux à décider"
        ordering = ["of_import", "first_row", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_import", "level", "told", "parent_told", "code_told"], name="place_is_asked_once"
            )
        ]

    def __str__(self):
        return self.told


class SavedMapping(models.Model):
    """The columns of a publisher's files, corrected by hand once and taken again for the next file."""

    kind = models.CharField("sorte", max_length=30)
    publisher = models.CharField("éditeur", max_length=200)
    mapping = models.JSONField("colonnes")
    options = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "correspondance de colonnes"
        verbose_name_plural = "correspondances de colonnes"
        ordering = ["kind", "publisher"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "publisher"], name="mapping_is_once_a_kind_and_publisher")
        ]

    def __str__(self):
        return f"{self.kind} · {self.publisher}"
