"""Nothing stands at first: what the stand-in's documents name is in the way of what is counted by hand."""

import pytest

from apps.infrastructure.models import Fact, Institution


@pytest.fixture(autouse=True, scope="module")
def nothing_stands(lasting):
    with lasting():
        Fact.objects.all().delete()
        Institution.objects.all().delete()
