"""Decisions on pairs of events, as data keepers give them."""

from django import forms

from apps.maps.institutions.forms import Why


class DecisionForm(Why):
    decision = forms.ChoiceField(choices=[(each, each) for each in ("confirm", "refuse", "undo")])
