"""Addresses of the pages of projects."""

from django.urls import path

from apps.maps.projects import changes, views

urlpatterns = [
    path("projets/", views.projects_page, name="projects"),
    path("projets/zones/", views.zones_page, name="project-zones"),
    path("projets/zones/<int:pk>/", changes.zone_page, name="project-zone"),
    path("projets/ajouter/", changes.project_add, name="project-add"),
    path("projets/<int:pk>/", views.project_page, name="project"),
    path("projets/<int:pk>/modifier/", changes.project_edit, name="project-edit"),
    path("projets/<int:pk>/lieux/", changes.presence_add, name="presence-add"),
    path("projets/<int:pk>/financements/", changes.funding_add, name="funding-add"),
    path("projets/lieux/<int:pk>/confirmer/", changes.presence_confirm, name="presence-confirm"),
    path("projets/lieux/<int:pk>/terminer/", changes.presence_end, name="presence-end"),
]
