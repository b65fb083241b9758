"""Questions of where to build that are ready to be launched."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from apps.siting import runs


@dataclass(frozen=True)
class ReadyMade:
    key: str
    title: str
    about: str
    question: Callable[[], dict]


NINE = ReadyMade(
    key="neuf-commissariats",
    title=gettext_lazy("Neuf commissariats : ceux du programme et neuf choisis au même coût"),
    about=gettext_lazy(
        "Les commissariats que le programme prévoit, et le choix exact d’autant de chefs-lieux "
        "de cercle pour "
        "le même budget : qui chacun met à portée."
    ),
    question=runs.nine_question,
)

READY_MADE = {NINE.key: NINE}
"""By key of their address."""
