"""Addresses of the API."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from apps.api.docs import DocsView
from apps.api.downloads.described import CatalogueDescribed, LayerDescribed
from apps.api.downloads.views import ExportView
from apps.api.views_analyses import (
    AnalysesView,
    AnalysisFile,
    AnalysisView,
    GalleryView,
    QuestionSchemaView,
)
from apps.api.views_coverage import CoverageCSV, CoverageGeoJSON, CoverageView
from apps.api.views_figures import (
    ChoiceDownload,
    FiguresView,
    IndicatorsView,
    RankingView,
    SearchView,
    SelectionViewSet,
)
from apps.api.views_institutions import CompletenessViewSet, InstitutionViewSet, StatusReportViewSet
from apps.api.views_layers import CatalogueView, LayerCSVView, LayerGeoJSONView
from apps.api.views_months import MonthlyView
from apps.api.views_moved import MovedView
from apps.api.views_patterns import PatternsView
from apps.api.views_people import PeopleCSV, PeopleGeoJSON, PeopleView
from apps.api.views_points import EventViewSet, SettlementViewSet
from apps.api.views_projects import PresenceViewSet, ProjectViewSet
from apps.api.views_reach import ReachRunViewSet
from apps.api.views_releases import ReleasesView, ReleaseView
from apps.api.views_runs import BacktestViewSet, TargetingRunViewSet
from apps.api.views_siting import SitingRunViewSet
from apps.api.views_travel import TravelView

app_name = "api"

points = SimpleRouter()
points.register("institutions", InstitutionViewSet)
points.register("status-reports", StatusReportViewSet)
points.register("completeness", CompletenessViewSet)
points.register("settlements", SettlementViewSet)
points.register("events", EventViewSet)
points.register("targeting/selections", SelectionViewSet)
points.register("targeting/runs", TargetingRunViewSet, basename="run")
points.register("targeting/backtests", BacktestViewSet, basename="backtest")
points.register("coverage/runs", ReachRunViewSet, basename="reach-run")
points.register("siting/runs", SitingRunViewSet, basename="siting-run")
points.register("projects", ProjectViewSet)
points.register("presences", PresenceViewSet)

urlpatterns = [
    path("layers/", CatalogueView.as_view(), name="catalogue"),
    path("catalogue.jsonld", CatalogueDescribed.as_view(), name="catalogue-described"),
    path("layers/<str:name>.jsonld", LayerDescribed.as_view(), name="layer-described"),
    path("layers/<str:name>.geojson", LayerGeoJSONView.as_view(), name="layer-geojson"),
    path("layers/<str:name>.csv", LayerCSVView.as_view(), name="layer-csv"),
    path("indicators/monthly/", MonthlyView.as_view(), name="indicators-monthly"),
    path("indicators/<str:level>/", IndicatorsView.as_view(), name="indicators"),
    path("targeting/figures/", FiguresView.as_view(), name="targeting-figures"),
    path("targeting/ranking/", RankingView.as_view(), name="targeting-ranking"),
    path("targeting/choice.<str:extension>", ChoiceDownload.as_view(), name="targeting-choice"),
    path("patterns/", PatternsView.as_view(), name="patterns"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("coverage/moved/", MovedView.as_view(), name="coverage-moved"),
    path("coverage.csv", CoverageCSV.as_view(), name="coverage-csv"),
    path("coverage.geojson", CoverageGeoJSON.as_view(), name="coverage-geojson"),
    *(
        path(
            f"coverage/runs/<uuid:pk>/<str:table>.{extension}",
            ReachRunViewSet.as_view({"get": extension}),
            name=f"reach-run-{extension}",
        )
        for extension in ("csv", "geojson")
    ),
    *(
        path(
            f"siting/runs/<uuid:pk>/sites.{extension}",
            SitingRunViewSet.as_view({"get": extension}),
            name=f"siting-run-{extension}",
        )
        for extension in ("csv", "geojson")
    ),
    path("analyses/", AnalysesView.as_view(), name="analyses"),
    path("analyses/gallery/", GalleryView.as_view(), name="analyses-gallery"),
    path("analyses/schema/", QuestionSchemaView.as_view(), name="analyses-schema"),
    path("analyses/<uuid:pk>/", AnalysisView.as_view(), name="analysis"),
    path("analyses/<uuid:pk>.<str:extension>", AnalysisFile.as_view(), name="analysis-file"),
    path("travel/", TravelView.as_view(), name="travel"),
    path("people/", PeopleView.as_view(), name="people"),
    path("people.csv", PeopleCSV.as_view(), name="people-csv"),
    path("people.geojson", PeopleGeoJSON.as_view(), name="people-geojson"),
    path("exports/<uuid:pk>/", ExportView.as_view(), name="export"),
    path("releases/", ReleasesView.as_view(), name="releases"),
    path("releases/<str:name>/", ReleaseView.as_view(), name="release"),
    path("search/", SearchView.as_view(), name="search"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="api:schema"), name="docs"),
    path("", include(points.urls)),
]
