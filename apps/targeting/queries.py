"""What can be asked of decisions."""

from django.db import models


class AdoptionQuerySet(models.QuerySet):
    def standing(self):
        """Return those that are no exercise and were not withdrawn."""
        return self.filter(is_exercise=False, withdrawn_at=None)

    def in_force(self):
        """Return the adoption whose cercles are the target cercles now; None: those of the programme."""
        return self.standing().select_related("run").defer("run__question", "run__answer").first()

    def for_reader(self, *, sees_choices):
        """Return those a reader may open: exercises are for who may see choices."""
        return self if sees_choices else self.filter(is_exercise=False)
