"""What a data keeper may set of a feed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.feeds.schedule import is_schedule


class FeedForm(forms.Form):
    is_on = forms.BooleanField(label=_("En marche"), required=False)
    cron = forms.CharField(
        label=_("Horaire"),
        max_length=60,
        help_text=_("Minute, heure, jour du mois, mois, jour de la semaine, à l’heure de Bamako : 0 5 * * 1"),
    )
    stale_after_days = forms.IntegerField(
        label=_("Périmé après (jours)"), min_value=1, max_value=32000, required=False
    )

    def __init__(self, *args, feed, **kwargs):
        told = {name: getattr(feed, name) for name in ("is_on", "cron", "stale_after_days")}
        super().__init__(*args, initial=told, auto_id=f"{feed.key}_%s", **kwargs)

    def clean_cron(self):
        cron = self.cleaned_data["cron"].strip()
        if not is_schedule(cron):
            raise forms.ValidationError(_("Cinq champs sont attendus, comme 0 5 * * 1."))
        return cron
