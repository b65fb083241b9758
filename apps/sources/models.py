"""What was loaded, when, from which file, and what was refused; and when each layer last changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.sources.queries import LayerRevisionQuerySet, LayerUseQuerySet, LoadQuerySet
from geo.vocabulary import AccessClass


class Load(models.Model):
    """One reading of one file (or of several that belong together), whatever came of it."""

    class Kind(models.TextChoices):
        BOUNDARIES = "boundaries", "limites administratives"
        POPULATION = "population", "population"
        COMMUNE_PEOPLE = "commune_people", "population par commune"
        SETTLEMENTS = "settlements", "localités"
        DENSITY = "density", "densité de population"
        EVENTS = "events", "événements"
        UCDP_EVENTS = "ucdp_events", "événements de l’UCDP"
        MONTHLY_COUNTS = "monthly_counts", "comptes mensuels d’un éditeur"
        AREA_TABLE = "area_table", "tableau par P-code"
        CODES = "codes", "codes des éditions"
        PROJECTS = "projects", "projets"
        INSTITUTIONS = "institutions", "institutions"
        PROGRAMME = "programme", "tables du programme"
        TRAVEL_ROADS = "travel_roads", "routes et pistes"
        TRAVEL_RIVERS = "travel_rivers", "cours d’eau"
        TRAVEL_BARRIERS = "travel_barriers", "obstacles aux déplacements"
        TRAVEL_LAND_COVER = "travel_land_cover", "couverture du sol"
        TRAVEL_SLOPE = "travel_slope", "pente"
        TRAVEL_FRICTION = "travel_friction", "temps de déplacement par mètre"
        JUDICIAL_MAP = "judicial_map", "carte judiciaire"

    kind = models.CharField(max_length=20, choices=Kind)
    file_name = models.CharField("fichier", max_length=300)
    sha256 = models.CharField(max_length=64)
    publisher = models.CharField("éditeur", max_length=200, blank=True)
    url = models.CharField("adresse", max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    licence_url = models.CharField("adresse de la licence", max_length=500, blank=True)
    attribution = models.CharField("mention", max_length=500, blank=True)
    access = models.CharField("accès", max_length=20, choices=[(a.value, a.value) for a in AccessClass])
    edition = models.CharField("édition", max_length=60, blank=True)
    retrieved = models.DateField("obtenu le", null=True, blank=True)
    as_of = models.DateField("date des données", null=True, blank=True)
    is_simulated = models.BooleanField("simulé", default=False)
    is_approximate = models.BooleanField("approximatif", default=False)
    note = models.TextField(blank=True)
    rows_read = models.PositiveIntegerField("lignes lues", default=0)
    rows_written = models.PositiveIntegerField("lignes écrites", default=0)
    rows_refused = models.PositiveIntegerField("lignes refusées", default=0)
    counts = models.JSONField("détail", default=dict, blank=True)
    in_use = models.BooleanField("en usage", default=False)
    loaded_at = models.DateTimeField("chargé le", auto_now_add=True)
    last_checked = models.DateTimeField("vérifié le")

    objects = LoadQuerySet.as_manager()

    class Meta:
        verbose_name = "chargement"
        ordering = ["-loaded_at", "-pk"]
        # /donnees/ and the catalogue ask for what is in use, kind by kind.
        indexes = [models.Index(fields=["kind", "in_use"], name="load_by_kind_in_use")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rows_written__lte=models.F("rows_read")),
                name="load_writes_no_more_than_it_read",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.file_name}"


class Refusal(models.Model):
    """A row that was not loaded, or was loaded with a doubt, and why."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="refusals")
    where = models.CharField("où", max_length=200)
    row = models.PositiveIntegerField("ligne", null=True)
    field = models.CharField("colonne", max_length=100, blank=True)
    value = models.CharField("valeur", max_length=300, blank=True)
    reason = models.CharField("raison", max_length=500)
    remedy = models.CharField("remède", max_length=500, blank=True)
    is_doubt = models.BooleanField("doute", default=False)
    """True: the row was loaded all the same, and the doubt is told."""

    class Meta:
        verbose_name = "refus"
        verbose_name_plural = "refus"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.where}: {self.reason}"


class Document(models.Model):
    """A published document that facts were taken from by hand."""

    key = models.CharField("clé", max_length=60, primary_key=True)
    """The name of the text file that the tables cite; readers are shown title, publisher and date."""
    title_fr = models.CharField("titre", max_length=300)
    title_en = models.CharField("titre en anglais", max_length=300)
    publisher = models.CharField("éditeur", max_length=200)
    date_told = models.CharField("date", max_length=40)
    """As precisely as the document says it: 2021, 2017-06, 2021-07-31."""
    load = models.ForeignKey(Load, models.CASCADE, related_name="documents")

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.title_fr


class DocumentRow(models.Model):
    """A row of a table drawn from documents: which ones, where in them, and the doubt about it."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="+")
    row = models.PositiveSmallIntegerField("ligne du fichier")
    documents = ArrayField(models.CharField(max_length=60), default=list)
    """Keys of `Document`."""
    source_passage = models.CharField("passage", max_length=500, blank=True)
    note = models.TextField("doute", blank=True)

    class Meta:
        abstract = True


class LayerRevision(models.Model):
    """How often the rows of a layer have changed: cached bodies carry the number they were made at."""

    layer = models.CharField(max_length=40, primary_key=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects = LayerRevisionQuerySet.as_manager()

    def __str__(self):
        return f"{self.layer} {self.revision}"


class LayerUse(models.Model):
    """How often a layer was read on a day by one door in one format. Nobody's name, nobody's address."""

    class Door(models.TextChoices):
        API = "api", "API"
        OGC = "ogc", "OGC API - Features"
        TILES = "tiles", "tuiles"
        DOWNLOAD = "download", "fichiers"

    layer = models.CharField(max_length=40)
    day = models.DateField("jour")
    door = models.CharField(max_length=10, choices=Door)
    format = models.CharField(max_length=20)
    uses = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()

    objects = LayerUseQuerySet.as_manager()

    class Meta:
        constraints = [
            # Its index also finds the last days of a layer.
            models.UniqueConstraint(
                fields=["layer", "day", "door", "format"], name="one_count_of_uses_of_a_layer_a_day"
            )
        ]

    def __str__(self):
        return f"{self.layer} {self.day} {self.door} {self.format}"
