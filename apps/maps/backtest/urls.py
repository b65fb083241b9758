"""Addresses of choices held against the real one."""

from django.urls import path

from apps.maps.backtest import views

urlpatterns = [
    path("", views.backtest_page, name="backtest"),
    path("lancer/", views.backtest_launch, name="backtest-launch"),
    path("<uuid:pk>/", views.backtest_run, name="backtest-run"),
    path("<uuid:pk>.csv", views.backtest_file, name="backtest-file"),
]
