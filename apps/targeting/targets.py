"""Which are the target cercles now, and who says so: what map, targeting, sheets and layer ask."""

from dataclasses import dataclass

from django.db.models import CharField, DateField, F, Value

from apps.boundaries.models import Area
from apps.targeting.models import Adoption

PROGRAMME, ADOPTION = "programme", "adoption"
"""Who says so: the programme document, or a run that was adopted."""


@dataclass(frozen=True)
class Targets:
    """The target cercles of the active edition. Without an adoption they are the programme document's."""

    adoption: Adoption | None
    zone_logics: dict
    """P-code -> the zone logic of the document, None of a cercle that it does not name."""

    @property
    def basis(self):
        return ADOPTION if self.adoption else PROGRAMME

    @property
    def pcodes(self):
        return sorted(self.zone_logics)

    def told(self):
        """Return whose targets they are, as columns of a file that says which cercles are targets."""
        adoption = self.adoption
        return {
            "targets_basis": self.basis,
            "targets_adopted_by": adoption and adoption.body,
            "targets_adopted_on": adoption and adoption.decided_on.isoformat(),
            "targets_run": adoption and adoption.run.name,
            "targets_run_hash": adoption and adoption.run.hash,
        }


def targets_now():
    """Return the target cercles now, with who says so."""
    adoption = Adoption.objects.in_force()
    found = _areas(adoption).values_list("pcode", "targets__zone_logic")
    return Targets(adoption, dict(found))


def target_areas():
    """Return the target cercles now as areas, each with the `basis`, body, day, name and hash of its run."""
    adoption = Adoption.objects.standing().first()
    if adoption is None:
        return _areas(None).annotate(
            basis=Value(PROGRAMME, CharField()),
            adopted_by=Value(None, CharField()),
            adopted_on=Value(None, DateField()),
            run_name=Value(None, CharField()),
            run_hash=Value(None, CharField()),
        )
    return _areas(adoption).annotate(
        basis=Value(ADOPTION, CharField()),
        adopted_by=F("adopted__adoption__body"),
        adopted_on=F("adopted__adoption__decided_on"),
        run_name=F("adopted__adoption__run__name"),
        run_hash=F("adopted__adoption__run__hash"),
    )


def _areas(adoption):
    cercles = Area.objects.cercles()
    return cercles.filter(adopted__adoption=adoption) if adoption else cercles.filter(targets__isnull=False)
