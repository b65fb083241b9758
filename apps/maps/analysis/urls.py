"""Addresses of spatial questions, under /analyse/."""

from django.urls import path

from apps.analysis.runs import KIND
from apps.maps.analysis import run_views, views
from apps.maps.runs import opening

OF = {"kind": KIND}

urlpatterns = [
    path("", views.analysis_page, name="analysis"),
    path("composer/", views.form_page, name="analysis-form"),
    path("reponse.<str:extension>", views.answer_file, name="analysis-file"),
    path("questions/", run_views.runs_page, name="analysis-runs"),
    path("questions/enregistrer/", run_views.save_question, name="analysis-save"),
    path("questions/<uuid:pk>/", run_views.run_page, name="analysis-run"),
    path("questions/<uuid:pk>/etat.json", opening.run_state, OF, name="analysis-run-state"),
    path("questions/<uuid:pk>/publier/", opening.run_publish, OF, name="analysis-run-publish"),
    path("questions/<uuid:pk>/arreter/", opening.run_stop, OF, name="analysis-run-stop"),
    path("questions/<uuid:pk>/encore/", run_views.ask_again, name="analysis-run-again"),
    path("questions/<uuid:pk>.<str:extension>", run_views.run_file, name="analysis-run-file"),
]
