"""What a data keeper fills in to change a speed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.travel.models import FASTEST_KMH
from layers.travel import KIND_WORDS, NO_CLASS, WALKING, WALKING_WORDS, TravelKind


def group_words(what):
    """Return what a group of speeds is called, in the reader's language."""
    words = WALKING_WORDS if what == WALKING else KIND_WORDS[TravelKind(what)]
    return words.in_language(get_language())


class SpeedForm(forms.Form):
    """The speed of one class: another one, or its default again."""

    of_class = forms.ChoiceField(label=gettext_lazy("Classe"))
    kmh = forms.FloatField(
        label=gettext_lazy("Vitesse (km/h)"),
        required=False,
        min_value=0,
        max_value=FASTEST_KMH,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=gettext_lazy("0 : rien ne passe. Vide : la valeur par défaut vaut de nouveau."),
    )
    why = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        max_length=300,
        help_text=gettext_lazy("D’où vous le savez : enquête, mesure, avis. Gardé dans l’historique."),
    )

    def __init__(self, speeds, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.changed = {f"{each.what}:{each.of_class}": each.changed for each in speeds}
        self.fields["of_class"].choices = [
            (f"{each.what}:{each.of_class}", f"{group_words(each.what)} · {_words(each)}") for each in speeds
        ]

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        what, _colon, of_class = given["of_class"].partition(":")
        if what == WALKING and given["kmh"] == 0:
            raise ValidationError(_("À pied on avance : donnez une vitesse au-dessus de 0."))
        if given["kmh"] is None and not self.changed[given["of_class"]]:
            raise ValidationError(_("C’est déjà la valeur par défaut : donnez une vitesse."))
        return given | {"what": what, "of_class": of_class}


def _words(speed):
    told = speed.default.words.in_language(get_language())
    return told if speed.of_class in (told, NO_CLASS) else f"{told} ({speed.of_class})"
