"""Nothing stands at first: what the stand-in's documents name is in the way of what is counted by hand."""

import pytest

from apps.infrastructure.models import Fact, Institution


@pytest.fixture(autouse=True)
def nothing_stands(db):
    Fact.objects.all().delete()
    Institution.objects.all().delete()
