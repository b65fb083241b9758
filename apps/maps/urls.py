"""Addresses of the pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from apps.maps.data import views as data
from apps.maps.files.views import export_page
from apps.maps.map import views as map_views
from apps.maps.sheets import views as sheets
from apps.maps.targeting import communes
from apps.maps.targeting import question_views as asking
from apps.maps.targeting import views as targeting

urlpatterns = [
    path("", map_views.map_page, name="map"),
    path("tableau.csv", map_views.table_file, name="table-file"),
    path("recherche/", map_views.search_page, name="search"),
    path("regions/<str:pcode>/", sheets.region_sheet, name="region-sheet"),
    path("cercles/<str:pcode>/", sheets.cercle_sheet, name="cercle-sheet"),
    path("regions/<str:pcode>.json", sheets.region_file, name="region-file"),
    path("cercles/<str:pcode>.json", sheets.cercle_file, name="cercle-file"),
    path("ciblage/", targeting.targeting_page, name="targeting"),
    path("ciblage/question/", asking.question_step, name="targeting-question"),
    path("ciblage/question.json", asking.question_answer, name="targeting-answer"),
    path("ciblage/lancer/", asking.question_launch, name="targeting-launch"),
    path("ciblage/communes/", communes.communes_page, name="targeting-communes"),
    path("ciblage/", include("apps.maps.scenarios.urls")),
    path("ciblage/executions/", include("apps.maps.runs.urls")),
    path("ciblage/choix/", targeting.selections_page, name="selections"),
    path("ciblage/choix/<int:pk>/", targeting.selection_page, name="selection"),
    path("ciblage/choix/<int:pk>.<str:extension>", targeting.selection_file, name="selection-file"),
    path("ciblage/notes/", include("apps.maps.memo.urls")),
    path("ciblage/epreuve/", include("apps.maps.backtest.urls")),
    path("couverture/", include("apps.maps.coverage.urls")),
    path("couverture/", include("apps.maps.people.urls")),
    path("couverture/deplacements/", include("apps.maps.travel.urls")),
    path("couverture/etudes/", include("apps.maps.reach.urls")),
    path("couverture/implantations/", include("apps.maps.siting.urls")),
    path("analyse/", include("apps.maps.analysis.urls")),
    path("evenements/", include("apps.maps.comparison.urls")),
    path("evenements/", include("apps.maps.events.urls")),
    path("evenements/", include("apps.maps.years.urls")),
    path("institutions/", include("apps.maps.institutions.urls")),
    path("", include("apps.maps.projects.urls")),
    path("", include("apps.maps.programme.urls")),
    path("donnees/", data.data_page, name="data"),
    path("donnees/etat/", include("apps.maps.state.urls")),
    path("donnees/importer/", include("apps.maps.imports.urls")),
    path("donnees/", include("apps.maps.places_review.urls")),
    path("donnees/tableaux/", include("apps.maps.area_tables.urls")),
    path("donnees/ma-zone/", include("apps.maps.packs.urls")),
    path("donnees/versions/", include("apps.maps.releases.urls")),
    path("donnees/chargements/", data.loads_page, name="loads"),
    path("donnees/chargements/<int:pk>/", data.load_page, name="load"),
    path("donnees/fichiers/<uuid:pk>/", export_page, name="export"),
    path("donnees/<str:name>/", data.layer_page, name="layer"),
    path("compte/", include("apps.maps.account.urls")),
    path("connexion/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
]
