"""Addresses of the pages of the programme."""

from django.urls import path

from apps.maps.programme import views

urlpatterns = [
    path("programme/", views.overview_page, name="programme"),
    path("programme/regles/", views.rules_page, name="programme-rules"),
    path("programme/listes/", views.lists_page, name="programme-lists"),
    path("programme/listes/<slug:slug>/", views.list_page, name="programme-list"),
    path("bulletin/", views.bulletin_page, name="bulletin"),
]
