"""The cercles that the programme document names, as the table drawn from it by hand tells them."""

from dataclasses import dataclass
from pathlib import Path

from geo.vocabulary import ZoneLogic
from layers.readers.problems import Problem, Reading
from layers.readers.tables import LeftOut, Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRecord:
    """
    One target cercle, in the document's words. None and "" mean that the document does not say.

    `communes` is how many the document counts there; `slavery_focus`, what the table notes where the
    document names the cercle as particularly concerned by slavery by descent.
    """

    cercle_name: str
    region_name: str
    zone_logic: ZoneLogic
    objective: str
    communes: int
    phase: str
    volunteer_planned: bool | None
    slavery_focus: str
    note: str
    source_passage: str
    row: int


_COLUMNS = {
    "cercle_name": ("cercle",),
    "region_name": ("region",),
    "zone_logic": ("zone_logic",),
    "objective": ("zone_objective", "objective"),
    "communes": ("n_communes", "communes"),
    "stated_total": ("stated_total_communes",),
    "phase": ("phase",),
    "in_21": ("in_21",),
    "volunteer_planned": ("volunteer_planned",),
    "slavery_focus": ("slavery_focus",),
    "note": ("note",),
    "source_passage": ("source_passage",),
}
_OPTIONAL = ("stated_total", "in_21", "phase", "volunteer_planned", "slavery_focus", "note", "source_passage")
_ZONE_LOGICS = {"Centre-Nord": ZoneLogic.CENTRE_NORD, "Sud": ZoneLogic.SUD}


def read(path: Path) -> Reading[TargetRecord]:
    """
    Return the target cercles; rows that say they are none of the 21 are counted in `left_out`.

    A remark says when the communes do not sum to the total that the document states. Raises
    UnreadableFile when the file is no table or lacks a column.
    """
    table = Table(path, _COLUMNS, optional=_OPTIONAL)
    seen: dict[str, int] = {}
    totals: set[int] = set()
    reading = table.read(lambda row: _record(row, seen, totals))
    counted = sum(record.communes for record in reading.records)
    return Reading(
        reading.records,
        [*reading.problems, *(_sum_differs(path, stated, counted) for stated in totals - {counted})],
        reading.left_out,
    )


def _record(row: Row, seen: dict[str, int], totals: set[int]) -> TargetRecord:
    if row.yes_or_no("in_21") is False:
        raise LeftOut("hors des 21 cercles")
    if stated := row.optional_whole("stated_total"):
        totals.add(stated)
    return TargetRecord(
        cercle_name=row.once("cercle_name", seen),
        region_name=row.text("region_name"),
        zone_logic=row.one_of("zone_logic", _ZONE_LOGICS),
        objective=row.text("objective"),
        communes=row.whole("communes", least=1),
        phase=row.text("phase"),
        volunteer_planned=row.yes_or_no("volunteer_planned"),
        slavery_focus=row.text("slavery_focus"),
        note=row.text("note"),
        source_passage=row.text("source_passage"),
        row=row.line,
    )


def _sum_differs(path: Path, stated: int, counted: int) -> Problem:
    return Problem(
        where=path.name,
        row=None,
        field="n_communes",
        value=str(counted),
        reason=f"Les communes des cercles lus font {counted}, le document en annonce {stated}.",
        remedy="Comparez les lignes avec le document.",
        is_fatal=False,
    )
