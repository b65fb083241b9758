"""What is written of a run and decided on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.targeting.models import LONGEST_TEXT


def text(label, *, help_text="", required=True, rows=5):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CommentForm(forms.Form):
    text = text(
        _("Votre commentaire"), help_text=_("4 000 lettres au plus. Il ne se corrige pas : il se retire.")
    )


class AdoptionForm(forms.Form):
    """`simulated` runs are adopted as an exercise alone: the box is then ticked for good."""

    body = forms.CharField(
        label=_("Adopté par"),
        max_length=200,
        help_text=_("L’organe qui décide, par exemple « Comité de pilotage »."),
    )
    decided_on = forms.DateField(
        label=_("Le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reasons = text(_("Motifs"))
    dissent = text(
        _("Réserves et avis contraires"),
        required=False,
        rows=3,
        help_text=_("Qui n’était pas d’accord, et pourquoi. Vide : aucune n’a été dite."),
    )
    is_exercise = forms.BooleanField(
        label=_("C’est un exercice"),
        required=False,
        help_text=_("Gardé dans l’historique ; ne devient jamais « cercles cibles »."),
    )

    def __init__(self, *arguments, only_exercise=False, **options):
        super().__init__(*arguments, **options)
        if only_exercise:
            self.fields["is_exercise"].initial = True
            self.fields["is_exercise"].required = True


class WithdrawalForm(forms.Form):
    why = text(_("Pourquoi cette adoption est retirée"), rows=3)
