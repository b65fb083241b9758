"""Who works where: projects, who pays for them, where they are present, and the zones that documents name."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField

from apps.accounts.models import Organisation
from apps.boundaries.models import Area
from apps.projects.queries import PresenceQuerySet, ProjectQuerySet
from apps.sources.history import tracked
from geo.vocabulary import PlaceTold


@tracked
class NamedZone(models.Model):
    """
    A zone that documents name without bounds (Liptako-Gourma, Centre): an editable set of cercles.

    `cercle_names` keeps the cercles by name across editions; none: nobody said yet which.
    """

    name = models.CharField("nom", max_length=100, unique=True)
    note = models.TextField("ce qu’on en sait", blank=True)
    outside_mali = models.BooleanField("hors du Mali", default=False)
    cercle_names = ArrayField(
        models.CharField(max_length=100), verbose_name="cercles", default=list, blank=True
    )
    cercles = models.ManyToManyField(Area, related_name="zones", blank=True)

    class Meta:
        verbose_name = "zone nommée"
        verbose_name_plural = "zones nommées"
        ordering = ["name"]

    def __str__(self):
        return self.name


@tracked
class Project(models.Model):
    """
    A project, as a document tells it or as its organisation entered it.

    None and "" mean that nobody said. A reload of the documents changes all but the fields in
    `corrected`, which its organisation or a data keeper set; one that was entered it leaves alone.
    """

    class Register(models.TextChoices):
        ANNEX_1 = "annex_1", "annexe 1 du document de programme"
        RESOURCES = "resources", "ressources du programme"
        MENTIONED = "mentioned", "cité dans le texte"
        BULLETIN_2017 = "bulletin_2017", "bulletin de juin 2017"
        WORK_PLAN = "work_plan", "plan de travail du programme"
        ENTERED = "entered", "saisi par son organisation"

    register = models.CharField("registre", max_length=14, choices=Register)
    code = models.CharField(max_length=20)
    title = models.CharField("titre", max_length=500)
    implementers = models.CharField("mise en œuvre selon le document", max_length=400, blank=True)
    organisations = models.ManyToManyField(
        Organisation, through="Involvement", related_name="projects", blank=True
    )
    """Those of the register of organisations whose members may change the project."""
    start_year = models.PositiveSmallIntegerField("début", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("fin", null=True, blank=True)
    dates_told = models.CharField("dates selon le document", max_length=60, blank=True)
    result_area = models.PositiveSmallIntegerField("résultat", null=True, blank=True)
    themes = models.CharField("thèmes", max_length=300, blank=True)
    fund = models.CharField("fonds", max_length=20, blank=True)
    sector = models.CharField("secteur", max_length=100, blank=True)
    documents = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    source_passage = models.CharField("passage", max_length=500, blank=True)
    note = models.TextField("doute", blank=True)
    corrected = ArrayField(
        models.CharField(max_length=20), verbose_name="corrigé ici", default=list, blank=True
    )
    updated = models.DateTimeField("mis à jour", auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "projet"
        ordering = ["register", "code"]
        constraints = [
            models.UniqueConstraint(fields=["register", "code"], name="project_is_once_in_its_register"),
            models.CheckConstraint(
                condition=models.Q(start_year__isnull=True)
                | models.Q(end_year__isnull=True)
                | models.Q(end_year__gte=models.F("start_year")),
                name="project_ends_no_earlier_than_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def is_entered(self):
        """Tell whether its organisation entered it, rather than a document told it."""
        return self.register == self.Register.ENTERED


@tracked
class Involvement(models.Model):
    """An organisation of the register takes part in a project: its members may change it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="involvements")

    class Meta:
        verbose_name = "participation"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"], name="organisation_is_involved_once_in_a_project"
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.project_id}"


@tracked
class Funding(models.Model):
    """What one donor gives to a project; amounts stay in the currency told."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="fundings")
    line = models.PositiveSmallIntegerField("ligne", default=1)
    donor = models.CharField("donateur", max_length=200, blank=True)
    amount = models.DecimalField("montant", max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField("monnaie", max_length=3, blank=True)
    told = models.CharField("montant selon le document", max_length=200, blank=True)
    is_entered = models.BooleanField("saisi ici", default=False)
    """Entered by its organisation or a data keeper: a reload of the documents leaves it alone."""

    class Meta:
        verbose_name = "financement"
        ordering = ["project", "line"]
        constraints = [
            models.UniqueConstraint(fields=["project", "line"], name="funding_line_is_once_in_its_project"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | ~models.Q(currency=""),
                name="funding_amount_has_a_currency",
            ),
        ]

    def __str__(self):
        return f"{self.donor} {self.told}"


@tracked
class Presence(models.Model):
    """
    A place where a project is said to work. A project without any is present nobody knows where.

    An area or a zone says where; a point has its location too. Neither: the place is told but not found
    (`place` keeps the words), or it is the whole country. `ended` since somebody said that the project
    is no longer there.
    """

    class Reach(models.TextChoices):
        POINT = "point", "lieu"
        COMMUNE = "commune", "commune"
        CERCLE = "cercle", "cercle"
        REGION = "region", "région"
        ZONE = "zone", "zone nommée"
        COUNTRY = "country", "pays entier"

    project = models.ForeignKey(Project, models.CASCADE, related_name="presences")
    reach = models.CharField("étendue", max_length=10, choices=Reach)
    place = models.CharField("lieu", max_length=200)
    parent_told = models.CharField("région ou cercle selon le document", max_length=100, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="presences")
    """The region, cercle or commune; for a point, the cercle it lies in."""
    zone = models.ForeignKey(NamedZone, models.PROTECT, null=True, blank=True, related_name="presences")
    location = models.PointField("point", geography=True, null=True, blank=True)
    place_told = models.CharField(max_length=10, blank=True, choices=[(p.value, p.value) for p in PlaceTold])
    last_confirmed = models.DateField("confirmé le", null=True, blank=True)
    confirmed_by = models.CharField("confirmé par", max_length=200, blank=True)
    ended = models.DateField("n’y est plus depuis", null=True, blank=True)
    is_entered = models.BooleanField("saisi ici", default=False)
    note = models.TextField(blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "présence"
        ordering = ["project", "reach", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "reach", "place", "parent_told"], name="presence_is_once_in_its_project"
            ),
            models.CheckConstraint(
                condition=models.Q(location__isnull=True) | models.Q(reach="point"),
                name="presence_with_a_location_is_a_point",
            ),
        ]

    def __str__(self):
        return f"{self.project_id}: {self.place}"
