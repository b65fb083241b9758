"""People of organisations, and the small country without the projects of the documents."""

import pytest
from django.contrib.auth.models import Group

from apps.accounts.models import Organisation
from apps.projects import services
from apps.projects.models import NamedZone, Presence, Project
from tests import small_country
from tests.conftest import PASSWORD
from tests.projects.tables import tables


@pytest.fixture(scope="module")
def country(lasting):
    """The small country, in which no project is told."""
    with lasting():
        Presence.objects.all().delete()
        Project.objects.all().delete()
        NamedZone.objects.all().delete()
        return small_country.make()


@pytest.fixture
def programme(country):
    """Return the load that tables of documents come with."""
    return small_country.recorded("programme", "programme", "tables")


@pytest.fixture
def told(programme):
    """Return a function that loads these lines of annex 1 and returns what is worth telling."""
    return lambda *projects, **others: services.save_projects(tables(*projects, **others), programme)


@pytest.fixture
def member(db, client, django_user_model):
    """Return a function that signs in a partner of the organisation of this name, made where missing."""

    def sign_in(organisation):
        user, _ = django_user_model.objects.get_or_create(username=f"membre-{organisation}")
        user.set_password(PASSWORD)
        user.organisation, _ = Organisation.objects.get_or_create(name=organisation)
        user.save()
        user.groups.add(Group.objects.get(name="partner"))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
