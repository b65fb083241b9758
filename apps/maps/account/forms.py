"""What is filled in to make a token."""

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from apps.accounts.access import Scope
from apps.accounts.tokens import MOST_DAYS, USUAL_DAYS

LENT = {
    "public": (Scope.PUBLIC,),
    "read": (Scope.READ,),
    "write": (Scope.READ, Scope.WRITE),
}
"""What a choice of the form lends."""

TOLD = {
    "public": gettext_lazy("Lire ce qui est public, avec une limite à lui"),
    "read": gettext_lazy("Lire tout ce que vous pouvez lire"),
    "write": gettext_lazy("Lire, et saisir ou changer ce que vous pouvez changer"),
}

LIVES = (7, 30, USUAL_DAYS, 180, MOST_DAYS)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=80,
        help_text=gettext_lazy(
            "Où il servira : « QGIS du bureau », « tableau de bord ». Un jeton par programme."
        ),
    )
    lends = forms.ChoiceField(
        label=gettext_lazy("Ce qu’il permet"),
        choices=list(TOLD.items()),
        initial="read",
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Durée"),
        coerce=int,
        choices=lambda: [(days, ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}) for days in LIVES],
        initial=USUAL_DAYS,
        help_text=gettext_lazy(
            "Choisissez la plus courte qui convienne : un jeton perdu ne sert alors pas longtemps."
        ),
    )

    def scopes(self):
        return LENT[self.cleaned_data["lends"]]
