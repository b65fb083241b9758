"""Programs that are not ours, asking a running site as their users do."""

import psycopg
import pyogrio
import pytest


@pytest.fixture(scope="session")
def oapif(site):
    """Return what GDAL calls the collections of the site."""
    return f"OAPIF:{site.url}/ogc/"


@pytest.fixture
def fetched(capfd):
    """Return a function that gives the addresses GDAL has fetched since it was last asked."""
    pyogrio.set_gdal_config_options({"CPL_DEBUG": "HTTP"})

    def addresses():
        said = capfd.readouterr().err
        return [line.partition("Fetch(")[2].rstrip(")") for line in said.splitlines() if "Fetch(" in line]

    yield addresses
    pyogrio.set_gdal_config_options({"CPL_DEBUG": None})


CLOSE = "UPDATE sources_load SET access = %s WHERE kind = 'events' AND in_use"


@pytest.fixture
def closed_events(site):
    """Close the rows of the site's events to who has not signed in, as ACLED's are; for one test."""
    address = site.environment["DATABASE_URL"].replace("postgis://", "postgresql://", 1)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(CLOSE, ["signed_in"])
        yield
        connection.execute(CLOSE, ["public"])
