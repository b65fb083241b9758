"""What data keepers fill in: a status, an institution, a decision, a judgement on the register."""

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.infrastructure.completeness import TOLD_KINDS
from apps.infrastructure.models import Institution
from geo.vocabulary import PlaceTold
from layers.institutions import COMPLETENESS, INSTITUTION_KINDS, INSTITUTION_STATUSES, PLACES_TOLD
from layers.readers import points
from layers.readers.values import Unfit

SIX_DECIMALS = 0.000001
"""About ten centimetres: finer than anybody measures."""


def told(words, *, first=None):
    """Return the choices of coded values in the reader's language, after a `first` that chooses none."""
    choices = [(code, each.in_language(get_language())) for code, each in words.items()]
    return [("", first), *choices] if first else choices


class Why(forms.Form):
    """What every change is asked: why."""

    why = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        max_length=300,
        help_text=gettext_lazy("D’où vous le savez : visite, liste, appel. Gardé dans l’historique."),
    )


class Dated(Why):
    as_of = forms.DateField(
        label=gettext_lazy("À la date du"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise ValidationError(_("Cette date est à venir : donnez le jour où l’on savait."))
        return day


class StatusForm(Dated):
    field_order = ("status", "as_of", "relocated_to", "percent_of_days", "words", "why")
    status = forms.ChoiceField(
        label=gettext_lazy("État"), choices=lambda: told(INSTITUTION_STATUSES, first=_("choisir"))
    )
    relocated_to = forms.CharField(
        label=gettext_lazy("Relocalisé à"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Seulement pour une institution qui travaille depuis un autre lieu : une localité, "
            "par exemple « Sévaré (cercle de Mopti) »."
        ),
    )
    percent_of_days = forms.FloatField(
        label=gettext_lazy("Part des jours d’ouverture (%)"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=gettext_lazy(
            "Seulement pour une institution qui travaille par périodes : 20 pour un jour sur cinq."
        ),
    )
    words = forms.CharField(label=gettext_lazy("Mots de la source"), required=False, max_length=300)

    def clean(self):
        given = super().clean()
        if given.get("relocated_to") and given.get("status") != "relocated":
            self.add_error("relocated_to", _("Ce lieu n’a de sens que pour l’état « relocalisé »."))
        percent = given.pop("percent_of_days", None)
        if percent is not None and given.get("status") != "periodic":
            self.add_error("percent_of_days", _("Cette part n’a de sens que pour l’état « périodique »."))
        return given | {"share_of_days": None if percent is None else percent / 100}


class InstitutionForm(Why):
    """An institution's kind, name and place, new or corrected."""

    field_order = ("kind", "name", "longitude", "latitude", "place_told", "why")
    kind = forms.ChoiceField(label=gettext_lazy("Sorte"), choices=lambda: told(INSTITUTION_KINDS))
    name = forms.CharField(label=gettext_lazy("Nom"), required=False, max_length=200)
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"),
        widget=forms.NumberInput(attrs={"step": SIX_DECIMALS, "inputmode": "decimal"}),
        help_text=gettext_lazy("En degrés décimaux, par exemple -4.2 : le Mali est surtout à l’ouest."),
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        widget=forms.NumberInput(attrs={"step": SIX_DECIMALS, "inputmode": "decimal"}),
        help_text=gettext_lazy("En degrés décimaux, par exemple 14.5."),
    )
    place_told = forms.ChoiceField(
        label=gettext_lazy("Précision du lieu"), choices=lambda: told(PLACES_TOLD), initial=PlaceTold.EXACT
    )

    @classmethod
    def of(cls, institution):
        """Return the form filled in with what is known of an institution."""
        return cls(
            initial={
                "kind": institution.kind,
                "name": institution.name,
                "longitude": institution.location.x,
                "latitude": institution.location.y,
                "place_told": institution.place_told,
            }
        )

    def clean(self):
        given = super().clean()
        if given.get("longitude") is not None and given.get("latitude") is not None:
            try:
                points.check(given["longitude"], given["latitude"])
            except Unfit:
                self.add_error("longitude", _("Ce point est hors du Mali : longitude, puis latitude."))
        return given

    def told_on(self, institution):
        """Return the institution with what the form says of it."""
        given = self.cleaned_data
        institution.kind, institution.name = given["kind"], given["name"]
        institution.location = Point(given["longitude"], given["latitude"], srid=4326)
        institution.place_told = given["place_told"]
        return institution


class DecisionForm(Why):
    decision = forms.ChoiceField(choices=[(each, each) for each in ("confirm", "reject", "undo")])


class CompletenessForm(Dated):
    """One judgement on several kinds in several cercles."""

    field_order = ("kinds", "cercles", "state", "as_of", "why")
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Sortes d’institution"),
        choices=lambda: told({kind: INSTITUTION_KINDS[kind] for kind in TOLD_KINDS}),
        widget=forms.CheckboxSelectMultiple,
    )
    cercles = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Cercles"),
        queryset=None,
        to_field_name="pcode",
        widget=forms.CheckboxSelectMultiple,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Le registre y est"), choices=lambda: told(COMPLETENESS, first=_("choisir"))
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cercles = Area.objects.cercles().select_related("parent").defer("boundary", "parent__boundary")
        self.fields["cercles"].queryset = cercles.order_by("parent__name", "name")
        self.fields["cercles"].label_from_instance = lambda cercle: f"{cercle.name} ({cercle.parent.name})"
        self.fields["why"].label = _("Sur quelle base")


class RegisterFilter(forms.Form):
    """What a reader of the register asks for; what is empty asks for everything."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Sorte"),
        required=False,
        choices=lambda: told(INSTITUTION_KINDS, first=_("toutes")),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("État"),
        required=False,
        choices=lambda: told(INSTITUTION_STATUSES, first=_("tous")),
    )
    cercle = forms.ChoiceField(label=gettext_lazy("Cercle"), required=False)
    register = forms.ChoiceField(label=gettext_lazy("Registre"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cercles = Area.objects.cercles().order_by("name").values_list("pcode", "name")
        registers = Institution.objects.order_by("register").values_list("register", flat=True).distinct()
        self.fields["cercle"].choices = [("", _("tous")), *cercles]
        self.fields["register"].choices = [("", _("tous")), *((each, each) for each in registers)]
