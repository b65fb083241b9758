"""What a row tells of the documents it was taken from."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, OuterRef, Value

from apps.sources.models import Document


def as_text(rows, column):
    """Return a subquery: the values of `column` in these rows as one text."""
    return Func(
        ArraySubquery(rows.values(column)),
        Value("; "),
        function="array_to_string",
        output_field=models.TextField(),
    )


def of_documents(column="documents"):
    """Return the annotations document, publisher and told (its date) of rows that cite documents by key."""
    cited_at = Func(OuterRef(column), F("key"), function="array_position", output_field=models.IntegerField())
    documents = Document.objects.alias(at=cited_at).filter(at__isnull=False).order_by("at")
    return {
        "document": as_text(documents, "title_fr"),
        "publisher": as_text(documents, "publisher"),
        "told": as_text(documents, "date_told"),
    }
