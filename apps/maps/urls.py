"""Addresses of the pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from apps.maps import views, views_data, views_sheets, views_targeting

urlpatterns = [
    path("", views.map_page, name="map"),
    path("tableau.csv", views.table_file, name="table-file"),
    path("recherche/", views.search_page, name="search"),
    path("regions/<str:pcode>/", views_sheets.region_sheet, name="region-sheet"),
    path("cercles/<str:pcode>/", views_sheets.cercle_sheet, name="cercle-sheet"),
    path("ciblage/", views_targeting.targeting_page, name="targeting"),
    path("ciblage/choix/", views_targeting.selections_page, name="selections"),
    path("ciblage/choix/<int:pk>/", views_targeting.selection_page, name="selection"),
    path("ciblage/choix/<int:pk>.<str:extension>", views_targeting.selection_file, name="selection-file"),
    path("donnees/", views_data.data_page, name="data"),
    path("donnees/chargements/<int:pk>/", views_data.load_page, name="load"),
    path("connexion/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
]
