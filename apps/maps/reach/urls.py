"""Addresses of studies of reach, under /couverture/etudes/."""

from django.urls import path

from apps.coverage.studies.runs import KIND
from apps.maps.reach import views
from apps.maps.runs import opening

OF = {"kind": KIND}

urlpatterns = [
    path("", views.studies_page, name="reach-runs"),
    path("question/", views.question_page, name="reach-question"),
    path("<uuid:pk>/", views.study_page, name="reach-run"),
    path("<uuid:pk>/carte.json", views.study_map, name="reach-run-map"),
    path("<uuid:pk>/etat.json", opening.run_state, OF, name="reach-run-state"),
    path("<uuid:pk>/publier/", opening.run_publish, OF, name="reach-run-publish"),
]
