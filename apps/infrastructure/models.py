"""What stands: police, courts, prisons, as far as a register tells. Absence from it is unknown, not none."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models.functions import Greatest, Least

from apps.boundaries.models import Area, PlacedRow
from apps.infrastructure.queries import InstitutionQuerySet, StatusReportQuerySet
from apps.sources.history import tracked
from apps.sources.models import Load
from geo.vocabulary import (
    Completeness,
    InstitutionFamily,
    InstitutionKind,
    InstitutionStatus,
    MechanismKind,
    PlaceTold,
)


def choices(words):
    return [(word.value, word.value) for word in words]


@tracked
class Institution(models.Model):
    """
    An institution of a register. `status` is that of its latest report (`StatusReport`).

    A reload of the register changes all but the fields in `corrected`, which a data keeper set. One
    that is the same place as another, by a confirmed `SamePlace`, is `same_as` it and counted with it.
    """

    family = models.CharField("famille", max_length=10, choices=choices(InstitutionFamily), editable=False)
    kind = models.CharField("sorte", max_length=20, choices=choices(InstitutionKind))
    name = models.CharField("nom", max_length=200, blank=True)
    status = models.CharField(
        "état", max_length=20, choices=choices(InstitutionStatus), default=InstitutionStatus.UNKNOWN
    )
    location = models.PointField("lieu", geography=True)
    place_told = models.CharField(
        "précision du lieu", max_length=10, choices=choices(PlaceTold), default=PlaceTold.EXACT
    )
    register = models.CharField("registre", max_length=60)
    source_id = models.CharField("identifiant de la source", max_length=200, blank=True)
    corrected = ArrayField(
        models.CharField(max_length=20), verbose_name="corrigé ici", default=list, blank=True
    )
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="others"
    )
    load = models.ForeignKey(Load, models.SET_NULL, null=True, blank=True, related_name="institutions")
    updated = models.DateTimeField("mis à jour", auto_now=True)
    region = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")
    commune = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "source_id"],
                condition=~models.Q(source_id=""),
                name="institution_is_once_in_its_register",
            ),
            models.CheckConstraint(
                condition=models.Q(same_as__isnull=True) | ~models.Q(same_as=models.F("pk")),
                name="institution_is_not_the_same_as_itself",
            ),
        ]

    def __str__(self):
        return self.name or self.kind


class Fact(PlacedRow):
    """
    What a document says of a service at a place: one facility, a count, or a sentence.

    `institution` is set where it names a facility; `mechanism` where it tells of a mechanism of peace.
    """

    infra_type = models.CharField("service selon le document", max_length=100)
    mechanism = models.CharField("mécanisme", max_length=20, blank=True, choices=choices(MechanismKind))
    status = models.CharField("état selon le document", max_length=200, blank=True)
    count = models.IntegerField("nombre", null=True)
    count_out_of = models.IntegerField("sur", null=True)
    as_of = models.CharField("date", max_length=60, blank=True)
    fact_kind = models.CharField("sorte de fait", max_length=12)
    holder = models.CharField("tenu par", max_length=100, blank=True)
    institution = models.ForeignKey(Institution, models.SET_NULL, null=True, blank=True, related_name="facts")

    class Meta:
        verbose_name = "fait"
        ordering = ["row"]

    def __str__(self):
        return f"{self.infra_type} {self.place}: {self.status}"


@tracked
class StatusReport(models.Model):
    """How an institution worked at a date, and who says so. The latest one is its status."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="status_reports")
    status = models.CharField("état", max_length=20, choices=choices(InstitutionStatus))
    as_of = models.DateField("à la date du")
    """The first day of the time told: 2021-01-01 for "2021"."""
    as_of_told = models.CharField("date selon la source", max_length=60, blank=True)
    relocated_to = models.CharField("relocalisé à", max_length=200, blank=True)
    relocated_point = models.PointField("lieu de relocalisation", geography=True, null=True, editable=False)
    """Where the place told lies; None when no place, or more than one, bears the name."""
    share_of_days = models.FloatField("part des jours", null=True, blank=True)
    """0 to 1: how often one that works by periods is open; None when not told."""
    words = models.CharField("mots de la source", max_length=300, blank=True)
    fact = models.ForeignKey(Fact, models.SET_NULL, null=True, blank=True, related_name="+")
    """The fact it was read from; empty when a data keeper reported it."""
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why = models.CharField("pourquoi", max_length=300, blank=True)
    reported_at = models.DateTimeField("saisi le", auto_now_add=True)

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = "état daté"
        verbose_name_plural = "états datés"
        ordering = ["institution", "-as_of", "-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share_of_days__isnull=True)
                | models.Q(share_of_days__gte=0, share_of_days__lte=1),
                name="share_of_days_is_from_0_to_1",
            )
        ]

    def __str__(self):
        return f"{self.institution_id} {self.status} {self.as_of}"


@tracked
class SamePlace(models.Model):
    """Two rows that may be one institution: proposed, then decided by a data keeper, undoable."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposé"
        CONFIRMED = "confirmed", "confirmé"
        REJECTED = "rejected", "écarté"

    class Reason(models.TextChoices):
        TOLD_NEAR = "told_near", "lieu dit par un document, près d’un lieu exact"
        CLOSE = "close", "deux lieux exacts presque confondus"

    kept = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    """Stays: its kind, name and reports."""
    other = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    """Becomes `same_as` the kept one, and lends it its location when that is better known."""
    metres = models.FloatField("distance (m)")
    reason = models.CharField("raison", max_length=10, choices=Reason)
    state = models.CharField("décision", max_length=10, choices=State, default=State.PROPOSED)
    former_location = models.PointField(geography=True, null=True)
    """Where the kept one was before it took the other's location: to undo."""
    former_place_told = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField("pourquoi", max_length=300, blank=True)

    class Meta:
        verbose_name = "même lieu"
        verbose_name_plural = "mêmes lieux"
        ordering = ["state", "metres", "pk"]
        constraints = [
            # A = B and B = A are one.
            models.UniqueConstraint(
                Least("kept", "other"), Greatest("kept", "other"), name="pair_is_proposed_once_either_way"
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("other")), name="pair_is_of_two_institutions"
            ),
        ]

    def __str__(self):
        return f"{self.kept_id} = {self.other_id}?"


@tracked
class RegisterCompleteness(models.Model):
    """
    How complete the register is for a kind in a cercle, as a data keeper judges. No row: unknown.

    The cercle is kept by name across editions.
    """

    cercle_name = models.CharField("cercle", max_length=100)
    region_name = models.CharField("région", max_length=100)
    cercle = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")
    kind = models.CharField("sorte", max_length=20, choices=choices(InstitutionKind))
    state = models.CharField("complétude", max_length=10, choices=choices(Completeness))
    as_of = models.DateField("à la date du")
    why = models.CharField("sur quelle base", max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField("saisi le", auto_now=True)

    class Meta:
        verbose_name = "complétude du registre"
        verbose_name_plural = "complétudes du registre"
        ordering = ["region_name", "cercle_name", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_name", "cercle_name", "kind"],
                name="completeness_is_told_once_a_kind_and_cercle",
            ),
        ]

    def __str__(self):
        return f"{self.cercle_name} {self.kind}: {self.state}"


class Jurisdiction(models.Model):
    """
    The court of a kind that the law gives an area: a commune, or every commune of a cercle not told apart.

    The area is kept by name across editions, the court by name across registers: either may be found anew.
    """

    pcode = models.CharField("P-code", max_length=12, blank=True)
    region_name = models.CharField("région", max_length=100, blank=True)
    cercle_name = models.CharField("cercle", max_length=100, blank=True)
    commune_name = models.CharField("commune", max_length=100, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, editable=False, related_name="+")
    court_kind = models.CharField("sorte de juridiction", max_length=20, choices=choices(InstitutionKind))
    court_name = models.CharField("juridiction", max_length=200)
    location = models.PointField("lieu", geography=True, null=True, blank=True)
    """Where the file puts the court; None when it does not."""
    institution = models.ForeignKey(Institution, models.SET_NULL, null=True, blank=True, related_name="+")
    """The court on the register; None when none there bears its name."""
    load = models.ForeignKey(Load, models.CASCADE, related_name="jurisdictions")
    row = models.PositiveIntegerField()

    class Meta:
        verbose_name = "ressort"
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(
                fields=["load", "court_kind", "area"], name="an_area_has_one_court_of_a_kind"
            )
        ]

    def __str__(self):
        return f"{self.commune_name or self.cercle_name}: {self.court_name}"
