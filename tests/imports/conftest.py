"""A file on its way in, as the worker does it, in the small country."""

import pytest

from apps.imports import jobs, services
from apps.imports.models import Import
from tests import small_country


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Keep the bytes of the tests apart."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


@pytest.fixture(scope="module")
def country(lasting):
    with lasting():
        return small_country.make()


@pytest.fixture
def keeper(db, django_user_model):
    return django_user_model.objects.create_user("keeper", password="une phrase assez longue")


@pytest.fixture
def received(db, keeper):
    """Return a function: the import of a file of this content, looked into."""

    def receive(kind, content, file_name="fichier.csv", **about):
        body = content.encode() if isinstance(content, str) else content
        told = {"access": "public", "publisher": "Ministère d’essai", "licence": "CC0"} | about
        import_ = services.receive([body], file_name, kind=kind, by=keeper, **told)
        return jobs.run(import_.pk)

    return receive


@pytest.fixture
def tried(received):
    """Return a function: the import of a file of this content, tried."""

    def try_(kind, content, file_name="fichier.csv", **about):
        return again(received(kind, content, file_name, **about))

    return try_


def again(import_):
    """Try an import once more; return it."""
    services.begin_trial(import_)
    return jobs.run(import_.pk)


def applied(import_):
    """Apply an import that was tried; return it."""
    assert import_.state == Import.State.TRIED, import_.message
    services.begin_applying(import_)
    return jobs.run(import_.pk)


def counts(import_):
    """Return what a trial found, without zeros."""
    names = ("added", "changed", "unchanged", "gone", "refused", "waiting")
    return {name: import_.counts[name] for name in names if import_.counts[name]}


def rows(import_, action):
    return list(Import.objects.get(pk=import_.pk).rows.filter(action=action))
