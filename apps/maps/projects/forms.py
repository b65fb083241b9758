"""What an organisation or a data keeper may write of a project."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.boundaries.models import Area
from apps.projects.models import NamedZone, Project
from geo.vocabulary import Level

CURRENCIES = ("XOF", "USD", "EUR", "GBP", "CHF", "DKK", "SEK", "NOK", "CAD")
EARLIEST_YEAR, LATEST_YEAR = 1960, 2060


class Why(forms.Form):
    """Why something changes: kept in the history."""

    why = forms.CharField(label=_("Pourquoi ce changement"), max_length=300, required=False)


class ProjectForm(forms.ModelForm):
    why = forms.CharField(
        label=_("Pourquoi ce changement"),
        max_length=300,
        required=False,
        help_text=_("Gardé dans l’historique, avec votre nom et la date."),
    )

    class Meta:
        model = Project
        fields = ("title", "implementers", "start_year", "end_year", "result_area", "themes", "sector")
        labels = {
            "title": _("Titre"),
            "implementers": _("Mise en œuvre par"),
            "start_year": _("Première année"),
            "end_year": _("Dernière année"),
            "result_area": _("Résultat du programme auquel il contribue"),
            "themes": _("Thèmes"),
            "sector": _("Secteur"),
        }
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "result_area": forms.Select(choices=[("", "—"), *((n, str(n)) for n in range(1, 5))]),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("start_year", "end_year"):
            self.fields[name].min_value = EARLIEST_YEAR
            self.fields[name].widget.attrs |= {"min": EARLIEST_YEAR, "max": LATEST_YEAR}

    def clean(self):
        told = super().clean()
        start, end = told.get("start_year"), told.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("La dernière année est avant la première."))
        return told

    def values(self):
        """Return the values of the project, without the reason."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class InvolvementForm(forms.Form):
    """Which organisations of the register take part: their members may change the project."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.all(),
        label=_("Organisations qui le tiennent à jour"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leurs membres pourront changer ce projet et en confirmer les lieux."),
    )
    new_organisation = forms.CharField(
        label=_("Ou une organisation qui n’est pas dans la liste"), max_length=200, required=False
    )


class FundingForm(forms.Form):
    donor = forms.CharField(label=_("Donateur"), max_length=200)
    amount = forms.DecimalField(
        label=_("Montant"), max_digits=16, decimal_places=2, min_value=0, required=False
    )
    currency = forms.ChoiceField(
        label=_("Monnaie"),
        choices=[(each, each) for each in CURRENCIES],
        help_text=_("Le montant reste dans sa monnaie : rien n’est converti."),
    )


class PresenceForm(forms.Form):
    area = forms.ChoiceField(
        label=_("Région, cercle ou commune"),
        help_text=_("Choisissez le plus petit lieu dont vous êtes sûr."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.areas = {
            area.pcode: area for area in Area.objects.active().select_related("parent").order_by("name")
        }
        self.fields["area"].choices = [("", "—"), *grouped(self.areas.values())]

    def clean_area(self):
        return self.areas[self.cleaned_data["area"]]


def grouped(areas):
    """Return the choices of a list of areas: the regions, then each cercle with its communes below it."""
    areas = list(areas)
    communes = {}
    for area in areas:
        if area.level == Level.COMMUNE:
            communes.setdefault(area.parent_id, []).append((area.pcode, area.name))
    regions = [(area.pcode, area.name) for area in areas if area.level == Level.REGION]
    whole = _("%(name)s, cercle entier")
    return [
        (_("Régions"), regions),
        *(
            (area.name, [(area.pcode, whole % {"name": area.name}), *communes.get(area.pk, [])])
            for area in areas
            if area.level == Level.CERCLE
        ),
    ]


class ZoneForm(forms.Form):
    cercles = forms.ModelMultipleChoiceField(
        Area.objects.cercles(), label=_("Cercles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Ce qu’on en sait, et d’après qui"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(label=_("Pourquoi ce changement"), max_length=300, required=False)

    def __init__(self, *args, zone: NamedZone, **options):
        super().__init__(*args, initial={"cercles": zone.cercles.all(), "note": zone.note}, **options)
        cercles = Area.objects.cercles().select_related("parent").order_by("parent__name", "name")
        self.fields["cercles"].queryset = cercles.defer("boundary", "parent__boundary")
        self.fields["cercles"].label_from_instance = lambda cercle: f"{cercle.name} ({cercle.parent.name})"
