"""Addresses of the room, under /ciblage/."""

from django.urls import path

from apps.maps.scenarios import decisions, views

urlpatterns = [
    path("comparer/", views.comparison_page, name="comparison-of-runs"),
    path("comparer.csv", views.comparison_file, name="comparison-of-runs-file"),
    path("executions/<uuid:pk>/commenter/", decisions.comment_page, name="run-comment"),
    path("commentaires/<int:pk>/retirer/", decisions.comment_withdraw, name="comment-withdraw"),
    path("executions/<uuid:pk>/adopter/", decisions.adopt_page, name="run-adopt"),
    path("decisions/", decisions.decisions_page, name="decisions"),
    path("decisions/<int:pk>/retirer/", decisions.withdraw_page, name="decision-withdraw"),
]
