"""Addresses of the OGC API - Features."""

from django.urls import path

from apps.api.ogc.views import (
    ApiView,
    CollectionsView,
    CollectionView,
    ConformanceView,
    ItemsView,
    ItemView,
    LandingView,
    QueryablesView,
    SchemaView,
)

app_name = "ogc"

urlpatterns = [
    path("", LandingView.as_view(), name="landing"),
    path("conformance", ConformanceView.as_view(), name="conformance"),
    path("api", ApiView.as_view(), name="api"),
    path("collections", CollectionsView.as_view(), name="collections"),
    path("collections/<str:name>", CollectionView.as_view(), name="collection"),
    path("collections/<str:name>/queryables", QueryablesView.as_view(), name="queryables"),
    path("collections/<str:name>/schema", SchemaView.as_view(), name="schema"),
    path("collections/<str:name>/items", ItemsView.as_view(), name="items"),
    path("collections/<str:name>/items/<str:identifier>", ItemView.as_view(), name="item"),
]
