"""What values of a row say wrong together, kind by kind."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from layers.imports.kinds.declaring import ImportKind
from layers.readers.population import ROUNDING_PEOPLE
from layers.readers.values import Unfit


def _check_sexes(found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
    people, men, women = (found.get(name) for name in ("people", "men", "women"))
    if people is None or men is None or women is None:
        return
    if abs(men + women - people) > ROUNDING_PEOPLE:
        yield (
            "people",
            str(people),
            Unfit(
                f"Hommes et femmes font {men + women}, pas le total de cette ligne.",
                "Corrigez celui des trois nombres qui est faux.",
            ),
        )


def _check_project(found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
    start, end = found.get("start_year"), found.get("end_year")
    if start and end and end < start:
        yield (
            "end_year",
            str(end),
            Unfit("La dernière année est avant la première.", "Corrigez l'une des deux."),
        )
    if found.get("amount") is not None and not found.get("currency"):
        yield (
            "currency",
            "",
            Unfit("Un montant sans monnaie ne dit rien.", "Donnez la monnaie, comme XOF ou USD."),
        )


_CHECKS: dict[str, Callable[[Mapping[str, Any]], Iterator[tuple[str, str, Unfit]]]] = {
    "population": _check_sexes,
    "projects": _check_project,
}


def wrong_together(kind: ImportKind, found: Mapping[str, Any]) -> Iterator[tuple[str, str, Unfit]]:
    """Yield what the values of a row of this kind say wrong together: field, value, why."""
    check = _CHECKS.get(kind.name)
    if check:
        yield from check(found)
