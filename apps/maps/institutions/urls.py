"""Addresses of institutions: the register, each institution, and what data keepers decide."""

from django.urls import path

from apps.maps.institutions import views

urlpatterns = [
    path("", views.register, name="institutions"),
    path("nouvelle/", views.new, name="institution-new"),
    path("memes-lieux/", views.same_places, name="same-places"),
    path("memes-lieux/<int:pk>/", views.decide, name="same-place"),
    path("completude/", views.completeness, name="completeness"),
    path("<int:pk>/", views.institution, name="institution"),
    path("<int:pk>/corriger/", views.correct, name="institution-correct"),
    path("<int:pk>/etats/", views.report, name="institution-report"),
    path("<int:pk>/etats/<int:report>/retirer/", views.take_back, name="institution-take-back"),
]
