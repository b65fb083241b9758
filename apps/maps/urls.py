"""Addresses of the pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404
from django.urls import path

from apps.maps import views, views_targeting


def _to_come(request, **kwargs):
    raise Http404(request.path)


urlpatterns = [
    path("", views.map_page, name="map"),
    path("recherche/", views.search_page, name="search"),
    path("regions/<str:pcode>/", _to_come, name="region-sheet"),
    path("cercles/<str:pcode>/", _to_come, name="cercle-sheet"),
    path("ciblage/", views_targeting.targeting_page, name="targeting"),
    path("ciblage/choix/", _to_come, name="selections"),
    path("ciblage/choix/<int:pk>/", _to_come, name="selection"),
    path("donnees/", _to_come, name="data"),
    path("connexion/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
]
