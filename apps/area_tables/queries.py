"""What can be asked of tables and their values: only what the reader may see."""

from django.db import models
from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Coalesce, NullIf

from geo.vocabulary import Level

LEVEL_NAMES = {level: level.name.lower() for level in Level}


def _level_name(field):
    whens = [When(**{field: level}, then=Value(name)) for level, name in LEVEL_NAMES.items()]
    return Case(*whens, output_field=CharField())


def _source(load):
    return Coalesce(NullIf(f"{load}__attribution", Value("")), F(f"{load}__publisher"))


class AreaTableQuerySet(models.QuerySet):
    def of_access(self, classes):
        """Return the tables whose own load has one of these access classes."""
        return self.filter(load__access__in=list(classes))

    def with_words(self):
        """Add its level, its source, its `rows`, those of known place and value, those without a place."""
        known = Q(values__area__isnull=False) & (Q(values__number__isnull=False) | ~Q(values__text=""))
        return self.annotate(
            level_name=_level_name("level"),
            known=Count("values", filter=known),
            rows=Count("values"),
            unplaced=Count("values", filter=Q(values__area__isnull=True)),
            source=_source("load"),
        )


class AreaValueQuerySet(models.QuerySet):
    def of_access(self, classes):
        """Return the values of tables whose own load has one of these access classes."""
        return self.filter(table__load__access__in=list(classes))

    def with_words(self):
        """Add what each row tells beside its value: its level, its cercle and region, its source."""
        return self.annotate(
            level_name=_level_name("table__level"),
            source=_source("table__load"),
            region_pcode=Case(
                When(table__level=Level.REGION, then="area__pcode"),
                When(table__level=Level.CERCLE, then="area__parent__pcode"),
                default="area__parent__parent__pcode",
            ),
            cercle_pcode=Case(
                When(table__level=Level.CERCLE, then="area__pcode"),
                When(table__level=Level.COMMUNE, then="area__parent__pcode"),
                default=None,
                output_field=CharField(),
            ),
        )
