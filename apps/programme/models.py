"""What the documents say: targets, rules, works, work plan, indicators, results, the bulletin of 2017."""

from django.contrib.gis.db import models
from django.db.models import F, Q

from apps.boundaries.models import Area, PlacedRow
from apps.sources.models import DocumentRow
from geo.vocabulary import WorksKind, ZoneLogic

YEARS = (2021, 2022, 2023, 2024, 2025)
"""The years of the work plan."""


class TargetCercle(DocumentRow):
    """A cercle the programme document names, and the cercle of the active edition it stands for."""

    cercle_name = models.CharField("cercle selon le document", max_length=100)
    region_name = models.CharField("région selon le document", max_length=100)
    zone_logic = models.CharField(
        "logique de zone", max_length=12, choices=[(z.value, z.value) for z in ZoneLogic]
    )
    objective = models.CharField("objectif", max_length=300, blank=True)
    communes = models.PositiveSmallIntegerField("communes selon le document")
    initiation_phase_region = models.BooleanField("région de la phase d’initiation", null=True)
    initiation_phase_cercle = models.BooleanField("cercle de la phase d’initiation", null=True)
    phase = models.CharField(max_length=300, blank=True)
    volunteer_planned = models.BooleanField("volontaire prévu", null=True)
    slavery_focus = models.CharField(max_length=100, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="targets")

    class Meta:
        verbose_name = "cercle cible du programme"
        verbose_name_plural = "cercles cibles du programme"
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["load", "row"], name="target_cercle_is_once_in_its_load"),
        ]

    def __str__(self):
        return self.cercle_name


class TargetingRule(DocumentRow):
    """
    A rule of the document. Its code begins with C for choice, X exclusion, Z zone, P phasing, S siting,
    V beneficiary, R constraint, L lesson.
    """

    criterion_id = models.CharField("code", max_length=6, unique=True)
    kind = models.CharField("sorte", max_length=20)
    criterion_fr = models.TextField("règle")
    applies_to = models.CharField("s’applique à", max_length=300, blank=True)
    used_for = models.CharField("sert à", max_length=300, blank=True)
    data_source = models.CharField("données", max_length=300, blank=True)
    measurable_as = models.CharField("mesurable par", max_length=300, blank=True)

    class Meta:
        ordering = ["row"]

    def __str__(self):
        return f"{self.criterion_id} {self.criterion_fr}"


class YearlyAmounts(models.Model):
    """US dollars of each year of the work plan, and the total stated. None: the document does not say."""

    usd_2021 = models.IntegerField("USD 2021", null=True)
    usd_2022 = models.IntegerField("USD 2022", null=True)
    usd_2023 = models.IntegerField("USD 2023", null=True)
    usd_2024 = models.IntegerField("USD 2024", null=True)
    usd_2025 = models.IntegerField("USD 2025", null=True)
    usd_total = models.IntegerField("USD au total", null=True)

    class Meta:
        abstract = True

    @property
    def usd_by_year(self):
        """Return the amounts of 2021 to 2025, None where the document does not say."""
        return [getattr(self, f"usd_{year}") for year in YEARS]


class Activity(DocumentRow, YearlyAmounts):
    """A number row of the work plan (section V); `product` ends in .AT for technical support."""

    activity_id = models.CharField("code", max_length=20, unique=True)
    result = models.PositiveSmallIntegerField("résultat")
    product = models.CharField("produit", max_length=10)
    activity_group = models.CharField("groupe", max_length=300, blank=True)
    activity = models.TextField("activité")
    entities_un = models.CharField("entités des Nations Unies", max_length=200, blank=True)
    national_partner = models.CharField("partenaire national", max_length=200, blank=True)
    raw_numbers = models.CharField("nombres du document", max_length=200, blank=True)
    alignment = models.CharField("rapprochement", max_length=300, blank=True)

    class Meta:
        verbose_name = "activité"
        ordering = ["row"]

    def __str__(self):
        return f"{self.activity_id} {self.activity}"


class BudgetLine(DocumentRow, YearlyAmounts):
    """A subtotal or total that the work plan states, and how it differs from its own parts."""

    row_type = models.CharField("sorte de ligne", max_length=30)
    code = models.CharField(max_length=10, unique=True)
    result = models.PositiveSmallIntegerField("résultat", null=True)
    label = models.CharField("libellé", max_length=200)

    class Meta:
        ordering = ["row"]

    def __str__(self):
        return self.label


class PlannedWork(PlacedRow, YearlyAmounts):
    """
    A building, transformation or equipment line of the programme.

    Rows with the same `activity_id` and alignment confidence "joint" share one amount: count it once.
    """

    infra_id = models.CharField("code", max_length=10, unique=True)
    infra_type = models.CharField("ouvrage selon le document", max_length=100)
    kind = models.CharField("sorte", max_length=24, choices=[(k.value, k.value) for k in WorksKind])
    action = models.CharField("action", max_length=200)
    status = models.CharField("état", max_length=60)
    activity_id = models.CharField("activité", max_length=20, blank=True)
    product = models.CharField("produit", max_length=10, blank=True)
    entities_un = models.CharField("entités des Nations Unies", max_length=200, blank=True)
    national_partner = models.CharField("partenaire national", max_length=200, blank=True)
    raw_numbers = models.CharField("nombres du document", max_length=200, blank=True)
    alignment = models.CharField("rapprochement", max_length=300, blank=True)
    alignment_confidence = models.CharField("confiance", max_length=10, blank=True)

    class Meta:
        verbose_name = "ouvrage prévu"
        verbose_name_plural = "ouvrages prévus"
        ordering = ["row"]

    def __str__(self):
        return f"{self.infra_id} {self.infra_type} {self.place}"


class Indicator(DocumentRow):
    """An indicator of the results framework, in the variant of 21 or of 17 cercles."""

    indicator_id = models.CharField(max_length=10)
    framework = models.CharField("cadre", max_length=20)
    result = models.PositiveSmallIntegerField("résultat")
    result_title = models.CharField("intitulé du résultat", max_length=300)
    product = models.CharField("produit", max_length=10, blank=True)
    product_title = models.CharField("intitulé du produit", max_length=300, blank=True)
    indicator_code = models.CharField("code", max_length=10)
    indicator = models.TextField("indicateur")
    unit = models.CharField("unité", max_length=40)
    baseline = models.CharField("référence", max_length=200, blank=True)
    baseline_num = models.FloatField(null=True)
    target_2021 = models.CharField("cible 2021", max_length=200, blank=True)
    target_2022 = models.CharField("cible 2022", max_length=200, blank=True)
    target_2023 = models.CharField("cible 2023", max_length=200, blank=True)
    target_2024 = models.CharField("cible 2024", max_length=200, blank=True)
    target_2025 = models.CharField("cible 2025", max_length=200, blank=True)
    cumulative = models.BooleanField("cumulé")
    source = models.CharField("source de mesure", max_length=300, blank=True)
    disaggregation = models.CharField("ventilation", max_length=200, blank=True)

    class Meta:
        verbose_name = "indicateur"
        ordering = ["framework", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "indicator_id"], name="indicator_is_once_in_its_framework"
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} ({self.framework})"


class ParentIndicator(DocumentRow):
    """An indicator of the frameworks above the programme: UNSDCF, UNDP country programme."""

    framework = models.CharField("cadre", max_length=40)
    indicator_code = models.CharField("code", max_length=20)
    indicator = models.TextField("indicateur")
    baseline = models.CharField("référence", max_length=200, blank=True)
    target = models.CharField("cible", max_length=200, blank=True)
    disaggregation = models.CharField("ventilation", max_length=200, blank=True)

    class Meta:
        ordering = ["row"]

    def __str__(self):
        return f"{self.framework} {self.indicator_code}"


class Result(PlacedRow):
    """
    A result of 2020-21 at a place. `value_scope` "joint": one value for all the places of the
    `result_id`, never to be summed.
    """

    result_id = models.CharField("code", max_length=10)
    theme = models.CharField("thème", max_length=60)
    description_en = models.CharField("résultat (en anglais)", max_length=400)
    value = models.FloatField("valeur", null=True)
    unit = models.CharField("unité", max_length=40, blank=True)
    value_scope = models.CharField("portée de la valeur", max_length=10)
    n_places = models.PositiveSmallIntegerField("nombre de lieux")
    year = models.CharField("année", max_length=10)
    agency = models.CharField("agences du produit", max_length=200, blank=True)
    disaggregation = models.CharField("ventilation", max_length=300, blank=True)

    class Meta:
        verbose_name = "résultat"
        ordering = ["row"]

    def __str__(self):
        return f"{self.result_id} {self.place}"


class BulletinRow(PlacedRow):
    """A row of the bulletin of June 2017: a count, a share, a contribution or a named project."""

    row_id = models.CharField("code", max_length=10, unique=True)
    row_type = models.CharField("sorte de ligne", max_length=30)
    fund = models.CharField("fonds", max_length=10, blank=True)
    title = models.CharField("titre", max_length=300)
    sector = models.CharField("secteur", max_length=100, blank=True)
    value = models.FloatField("valeur", null=True)
    unit = models.CharField("unité", max_length=40, blank=True)
    cost_usd = models.FloatField("USD", null=True)
    date = models.CharField(max_length=40, blank=True)
    duration_months = models.FloatField("durée (mois)", null=True)
    sponsor = models.CharField("porteur", max_length=200, blank=True)
    partner = models.CharField("partenaire", max_length=200, blank=True)
    donor = models.CharField("donateur", max_length=200, blank=True)
    beneficiaries = models.CharField("bénéficiaires", max_length=300, blank=True)
    raw_numbers = models.CharField("nombres du document", max_length=300, blank=True)

    class Meta:
        ordering = ["row"]

    def __str__(self):
        return f"{self.row_id} {self.title}"


class Risk(DocumentRow):
    number = models.PositiveSmallIntegerField("numéro", unique=True)
    risk = models.TextField("risque")
    category = models.CharField("catégorie", max_length=60)
    probability = models.CharField("probabilité", max_length=40)
    impact = models.CharField("impact", max_length=40)
    mitigation_summary_en = models.TextField("réponse (en anglais)", blank=True)

    class Meta:
        verbose_name = "risque"
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.risk}"


class Stakeholder(DocumentRow):
    """An actor of annex 3 of the programme document."""

    actor = models.CharField("acteur", max_length=300)
    level = models.CharField("échelon", max_length=20)
    kind = models.CharField("sorte", max_length=60)
    situation_en = models.TextField("situation (en anglais)", blank=True)
    engagement_en = models.TextField("engagement (en anglais)", blank=True)
    is_risk = models.BooleanField("est un risque", null=True)

    class Meta:
        verbose_name = "acteur"
        ordering = ["row"]

    def __str__(self):
        return self.actor


class Acronym(DocumentRow):
    acronym = models.CharField("sigle", max_length=40)
    expansion_fr = models.CharField("développé", max_length=300)
    gloss_en = models.CharField("en anglais", max_length=300, blank=True)
    expansion_origin = models.CharField("origine", max_length=40)

    class Meta:
        verbose_name = "sigle"
        ordering = ["acronym", "row"]

    def __str__(self):
        return self.acronym


class ContextStatistic(PlacedRow):
    """A national or regional figure that the documents quote, with its own source and date."""

    stat_id = models.CharField("code", max_length=10, unique=True)
    topic = models.CharField("sujet", max_length=200)
    value = models.FloatField("valeur", null=True)
    """None where the document gives no single number: "40-70"."""
    value_told = models.CharField("valeur selon le document", max_length=40)
    unit = models.CharField("unité", max_length=40)
    as_of = models.CharField("date", max_length=40, blank=True)
    original_source = models.CharField("source d’origine", max_length=300, blank=True)
    disaggregation = models.CharField("ventilation", max_length=300, blank=True)

    class Meta:
        ordering = ["row"]

    def __str__(self):
        return f"{self.stat_id} {self.topic}"


class PlaceMention(PlacedRow):
    """
    A (place, level) pair that the documents name.

    `count_total` counts the name, all levels together: add up ranks 1 only. None: not counted.
    """

    parent_basis = models.CharField("d’où on le sait", max_length=40, blank=True)
    level_evidence = models.CharField("d’où vient le niveau", max_length=300, blank=True)
    name_level_rank = models.PositiveSmallIntegerField("rang du niveau")
    n_levels = models.PositiveSmallIntegerField("niveaux de ce nom")
    variants_in_source = models.CharField("autres formes", max_length=300, blank=True)
    count_total = models.PositiveSmallIntegerField("mentions", null=True)
    is_target_cercle = models.BooleanField("cercle cible", null=True)

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["place", "level"], name="place_is_mentioned_once_a_level"),
            models.CheckConstraint(
                condition=Q(name_level_rank__lte=F("n_levels")), name="place_mention_rank_is_among_its_levels"
            ),
        ]

    def __str__(self):
        return f"{self.place} ({self.level})"
