import pytest
from django.contrib.auth.models import AnonymousUser

from apps.exports.models import Export
from apps.exports.services import make_now
from apps.packs.orders import ordered


@pytest.fixture(autouse=True)
def exports_dir(settings, tmp_path):
    """Return the folder in which the files of this test wait for their readers."""
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


@pytest.fixture
def packed(db):
    """Return what makes the file of cercles for a reader (nobody by default), at once."""

    def make(*pcodes, kind=Export.Kind.AREA, user=None, language="fr", with_closed=True):
        user = user or AnonymousUser()
        order = ordered(user, pcodes, kind=kind, language=language, with_closed=with_closed)
        return make_now(order, user=user)

    return make
