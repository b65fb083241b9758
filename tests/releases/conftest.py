"""Releases of a small country, made twice for all tests of a module: what differs is counted by hand."""

from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.test import override_settings

from apps.boundaries.models import Area, Settlement
from apps.releases import services
from apps.releases.models import Release
from apps.sources.models import Load
from apps.sources.services import touch
from geo.vocabulary import EventSource, SettlementClass
from tests import small_country

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 23)
CLOSED_EVENT = "MLI4711"


@contextmanager
def lying_in(folder):
    """Let releases and their key lie in a folder."""
    with override_settings(RELEASES_DIR=folder / "releases", RELEASE_KEY=folder / "release_key.pem"):
        yield folder / "releases"


def made(today, name=None):
    """Return a release made here and now, as the worker makes it."""
    asked = services.asked(author=None, today=today, name=name)
    services.make(asked.pk)
    return Release.objects.get(pk=asked.pk)


def towns(*names, cercle="ML9101"):
    """Write these settlements, each on a place of its own in a cercle."""
    load = Load.objects.in_use().of_kind(Load.Kind.SETTLEMENTS).get()
    area = Area.objects.get(pcode=cercle, edition__is_active=True)
    west, south, *_ = area.boundary.extent
    for number, name in enumerate(names, start=1):
        Settlement.objects.create(
            load=load,
            source_id=name,
            name=name,
            settlement_class=SettlementClass.VILLAGE,
            location=Point(west + number / 10, south + 0.1, srid=4326),
            region=area.parent,
            cercle=area,
        )
    touch("settlements")


def close(*kinds):
    """Let the rows of these kinds of load be read by who signed in only."""
    Load.objects.in_use().filter(kind__in=kinds).update(access="signed_in")


def closed_events():
    """Load an event of ACLED, whose terms keep its rows from the public, beside none that are simulated."""
    small_country.happened(
        small_country.event(-4.51234, 13.21234, "2020-10-15"), told_by=EventSource.ACLED, access="signed_in"
    )
    rows = Load.objects.in_use().of_kind(Load.Kind.EVENTS).get().events.all()
    rows.update(source_event_id=CLOSED_EVENT)


def country():
    """Make the small country with four towns, one closed event, and no layer of documents to the public."""
    small_country.make()
    Settlement.objects.all().delete()
    towns("Alpha-ville", "Alpha-gare", "Alpha-port")
    towns("Gamma-ville", cercle="ML9202")
    closed_events()
    # Twenty layers that nothing here is about.
    close(Load.Kind.PROGRAMME)


def change():
    """Three towns added, one renamed, two gone."""
    towns("Bêta-ville", "Bêta-gare", cercle="ML9201")
    towns("Gamma-gare", cercle="ML9202")
    Settlement.objects.filter(source_id="Gamma-ville").update(name="Gamma la Grande")
    Settlement.objects.filter(source_id__in=["Alpha-gare", "Alpha-port"]).delete()
    touch("settlements")


@pytest.fixture(scope="module")
def two_releases(lasting, tmp_path_factory):
    """Return the folder in which two releases of the small country lie."""
    with lying_in(tmp_path_factory.mktemp("state")) as folder:
        with lasting():
            call_command("ensure_release_key", stdout=StringIO())
            country()
            first = made(FIRST)
            assert first.state == "done", first.message
            change()
            second = made(SECOND)
            assert second.state == "done", second.message
        yield folder
