"""Addresses of the files of a run."""

from django.urls import path

from apps.maps.memo import views
from apps.targeting.runs import KIND

OF = {"kind": KIND}

urlpatterns = [
    path("<uuid:pk>/", views.memo_page, OF, name="memo"),
    path("<uuid:pk>/etat.json", views.memo_state, OF, name="memo-state"),
    path("<uuid:pk>/<str:name>", views.memo_file, OF, name="memo-file"),
]
