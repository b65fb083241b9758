"""Writing the programme's choice. Each function is one transaction."""

from django.db import transaction

from apps.boundaries.matching import CercleNames
from apps.programme.models import TargetCercle
from apps.sources import services as sources
from apps.sources.models import Load


@transaction.atomic
def save_targets(records, load):
    """Write the programme's cercles in place of the former ones; return those that match no cercle."""
    sources.retire_loads(Load.Kind.PROGRAMME, but=load)
    TargetCercle.objects.all().delete()
    TargetCercle.objects.bulk_create(
        TargetCercle(
            load=load,
            row=record.row,
            documents=[],
            cercle_name=record.cercle_name,
            region_name=record.region_name,
            zone_logic=record.zone_logic,
            objective=record.objective or "",
            communes=record.communes,
            phase=record.phase or "",
            volunteer_planned=record.volunteer_planned,
            slavery_focus=record.slavery_focus or "",
            note=record.note or "",
            source_passage=record.source_passage or "",
        )
        for record in records
    )
    return follow_edition()


@transaction.atomic
def follow_edition():
    """Tie each target to its cercle in the active edition; return those that have none."""
    names = CercleNames()
    targets = list(TargetCercle.objects.all())
    for target in targets:
        target.area = names.one(target.cercle_name)
    TargetCercle.objects.bulk_update(targets, ["area"])
    sources.touch("target_cercles")
    return [target for target in targets if target.area is None]
