"""What a data keeper tells of a file to import."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.boundaries.codes import KnownEditions, UnknownEdition
from apps.imports.models import Import
from apps.maps.load_words import ACCESS
from geo.vocabulary import AccessClass, EventSource
from layers.imports.formats import LARGEST_BYTES
from layers.imports.kinds import KINDS

MOST_SUGGESTED = 50


class FileForm(forms.Form):
    """The file, what is in it, where it comes from and who may read it."""

    kind = forms.ChoiceField(label=_("Ce que le fichier contient"))
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV, XLSX, XLS, ODS, GeoJSON, GeoPackage ou Shapefile zippé, jusqu’à 200 Mo."),
        max_length=255,
    )
    publisher = forms.CharField(
        label=_("Éditeur"),
        max_length=200,
        help_text=_("Qui a fait ce fichier. Ses colonnes corrigées une fois sont reprises à la suivante."),
    )
    licence = forms.CharField(
        label=_("Licence"),
        max_length=200,
        help_text=_("Telle que l’éditeur la dit ; « non précisée par la source » si rien ne le dit."),
    )
    access = forms.ChoiceField(
        label=_("Qui pourra lire ces lignes"),
        help_text=_("Les lignes d’ACLED sont réservées aux personnes connectées."),
    )
    as_of = forms.DateField(
        label=_("Date des données"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Le jour que les données décrivent, pas celui du téléchargement."),
    )
    edition = forms.CharField(
        label=_("Édition des P-codes"),
        required=False,
        max_length=60,
        help_text=_("L’année ou le nom des limites dont le fichier emploie les codes, par exemple 2015."),
    )
    url = forms.URLField(
        label=_("Adresse de la source"), required=False, max_length=500, assume_scheme="https"
    )
    country = forms.CharField(
        label=_("Pays des événements"),
        required=False,
        max_length=60,
        help_text=_("Seulement si le fichier contient plusieurs pays, ou un autre que le Mali."),
    )
    source = forms.ChoiceField(label=_("Source des événements"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        language = get_language()
        titles = [(name, kind.title.in_language(language)) for name, kind in KINDS.items()]
        self.fields["kind"].choices = [("", "—"), *titles]
        self.fields["access"].choices = list(ACCESS.items())
        self.fields["access"].initial = AccessClass.PUBLIC
        self.fields["source"].choices = [
            ("", _("d’après ses colonnes")),
            (EventSource.ACLED, "ACLED"),
            (EventSource.UCDP, "UCDP"),
        ]
        for name in ("publisher", "licence", "edition"):
            self.fields[name].widget.attrs["list"] = f"known-{name}"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("Ce fichier pèse plus de 200 Mo : coupez-le en plusieurs."))
        return file

    def clean(self):
        told = super().clean()
        if told.get("edition") and told.get("kind") != "boundaries":
            self._check_edition(told["edition"])
        return told

    def _check_edition(self, edition):
        known = KnownEditions()
        try:
            known.meant(edition)
        except UnknownEdition:
            said = _("Cette édition n’est pas connue ici. Connues : %(known)s.")
            self.add_error("edition", said % {"known": ", ".join(known.names)})

    def about(self):
        """Return what is told of the file, as `receive` takes it."""
        told = self.cleaned_data
        options = {name: told[name] for name in ("country", "source") if told[name]}
        kept = ("kind", "publisher", "licence", "access", "as_of", "edition", "url")
        return {**{name: told[name] for name in kept}, "options": options}


def suggestions():
    """Return what the fields offer: publishers and licences of before, the editions whose codes are known."""
    former = {
        f"known_{name}": Import.objects.exclude(**{name: ""})
        .order_by(name)
        .values_list(name, flat=True)
        .distinct()[:MOST_SUGGESTED]
        for name in ("publisher", "licence")
    }
    return {**former, "known_edition": KnownEditions().names}
