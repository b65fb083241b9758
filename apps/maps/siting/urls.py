"""Addresses of where to build, under /couverture/implantations/."""

from django.urls import path

from apps.maps.memo import views as memo
from apps.maps.runs import opening
from apps.maps.siting import views
from apps.siting.runs import KIND

OF = {"kind": KIND}

urlpatterns = [
    path("", views.sitings_page, name="siting-runs"),
    path("question/", views.question_page, name="siting-question"),
    path("pretes/<slug:key>/", views.ready_launch, name="siting-ready"),
    path("<uuid:pk>/", views.siting_page, name="siting-run"),
    path("<uuid:pk>/etat.json", opening.run_state, OF, name="siting-run-state"),
    path("<uuid:pk>/publier/", opening.run_publish, OF, name="siting-run-publish"),
    path("<uuid:pk>/note/", memo.memo_page, OF, name="siting-memo"),
    path("<uuid:pk>/note/etat.json", memo.memo_state, OF, name="siting-memo-state"),
    path("<uuid:pk>/note/<str:name>", memo.memo_file, OF, name="siting-memo-file"),
]
