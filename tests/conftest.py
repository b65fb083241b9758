"""
A real PostGIS for every test, started here when nobody gives one, and the stand-in loaded in it.

Each test of the database runs in a transaction that is rolled back: the stand-in stays as loaded.
"""

import atexit
import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

import django
import hypothesis
import pytest

from tests.copies import Filled

ROOT = Path(__file__).resolve().parents[1]
GEODATA = Path(os.environ.get("MAILLAGE_GEODATA") or ROOT.parent / "shared" / "geodata")

# Named here, not in pyproject.toml: settings must not be read before DATABASE_URL is known.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
# The event loop of browser tests stays alive in the process; tests of the database may follow them.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

if "DATABASE_URL" not in os.environ:
    sys.path.insert(0, str(ROOT))
    from ops.places import TEST_CLUSTER
    from ops.postgres import THROWAWAY, Cluster

    cluster = Cluster(TEST_CLUSTER, settings=THROWAWAY)
    held = contextlib.ExitStack()
    held.enter_context(cluster.used())
    atexit.register(held.close)
    # Workers of the same run inherit it, and do not start another.
    os.environ["DATABASE_URL"] = cluster.url()

django.setup()

# Slow on purpose: left to the running site of browser tests, where people sign in as in production.
django.conf.settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Files that tests ask for are no files of an installation.
EXPORTS = tempfile.TemporaryDirectory(prefix="maillage-exports-")
django.conf.settings.EXPORTS_DIR = Path(EXPORTS.name)

# A busy machine is slow to draw examples and to try them: that is no fault of what is tested.
hypothesis.settings.register_profile(
    "maillage", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("maillage")

# Measurements need what they are measured against, which only `make bench` installs. A site with settings of
# its own is imported by its own server only: looked through for doctests, it would be that of every test.
collect_ignore = ["bench", "config/small_site.py"]


@pytest.fixture(scope="session")
def geodata():
    """Return the folder of real data; the test is skipped where it is absent."""
    if not GEODATA.is_dir():
        pytest.skip("no real data here: set MAILLAGE_GEODATA to a folder laid out as in docs/data.md")
    return GEODATA


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """Return a folder that all workers of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder if WORKER == "alone" else folder.parent


@pytest.fixture(scope="session")
def filled(shared_folder):
    """Return the filled database, of which copies are made."""
    return Filled(os.environ["DATABASE_URL"], shared_folder)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_keepdb,
    django_db_createdb,
    django_db_blocker,
    filled,
):
    """
    Make the test database with the stand-in loaded in it: filled by the first worker, copied by the others.

    In place of pytest-django's own, which makes none when no test collected is marked `django_db`: a test
    that commits would then write in the database of who runs it.
    """
    from django.db import connection  # noqa: PLC0415  settings need DATABASE_URL, set above
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415

    keeps = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), filled.used(WORKER) as is_made:
        if is_made:
            connection.settings_dict["TEST"]["TEMPLATE"] = filled.name
        made = setup_databases(verbosity=0, interactive=False, keepdb=keeps)
        if not is_made or keeps:
            fill()
        if not is_made:
            connection.close()
            filled.make_from(connection.settings_dict["NAME"])
    yield
    filled.let_go(WORKER)
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            end_other_sessions()
            teardown_databases(made, verbosity=0)


def fill():
    from django.core.management import call_command  # noqa: PLC0415  needs settings

    call_command("load_country", stdout=io.StringIO())
    call_command("ensure_administrator", stdout=io.StringIO())


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """
    Return what lets a fixture write rows for all tests of its module: `with lasting(): small_country.make()`.

    They lie in a transaction that ends with the module; each test is rolled back to them. Only for what
    every test of the module needs: a test that does not ask for the fixture may find its rows as well.
    """
    from django.db import transaction  # noqa: PLC0415  needs settings

    with contextlib.ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            until_the_end.enter_context(transaction.atomic())
        yield django_db_blocker.unblock
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            until_the_end.close()


END_OTHER_SESSIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def end_other_sessions():
    """A process that a test killed may have left one, and a database in use cannot be removed."""
    from django.db import connection  # noqa: PLC0415  needs settings

    with connection.cursor() as cursor:
        cursor.execute(END_OTHER_SESSIONS)


@pytest.fixture
def test_database_url(db):
    """Return the address of the database of the tests, for a process of its own: it sees the stand-in."""
    from django.db import connection  # noqa: PLC0415  needs settings

    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


PERSONAS = ("anonymous", "partner", "planner", "data_keeper", "administrator")
PASSWORD = "une phrase assez longue"


@pytest.fixture
def as_persona(db, client, django_user_model):
    """Return a function that signs the client in as a persona and returns it."""

    def sign_in(persona):
        from django.contrib.auth.models import Group  # noqa: PLC0415  needs settings

        client.logout()
        if persona != "anonymous":
            user = django_user_model.objects.create_user(f"test-{persona}", password=PASSWORD)
            user.groups.add(Group.objects.get(name=persona))
            user.is_superuser = user.is_staff = persona == "administrator"
            user.save()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


class Site:
    """A running site: real server, real database with the stand-in, and a signed-up user for each persona."""

    def __init__(self, url, environment, process):
        self.url = url
        self.environment = environment
        """What a command or a worker of this site runs in."""
        self.process = process
        """The one that started the others."""
        self.password = PASSWORD

    @staticmethod
    def username(persona):
        return f"site-{persona}"


@pytest.fixture(scope="session")
def site(tmp_path_factory, shared_folder, filled, django_db_setup):
    """Start the site as `make run` does, on a database of its own, for browser tests."""
    from tests.running_site import running_site  # noqa: PLC0415  started only when a browser test asks

    folder = tmp_path_factory.mktemp("site")
    with running_site(filled, folder, shared_folder, PERSONAS, PASSWORD) as (url, environment, process):
        yield Site(url, environment, process)


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages of in-process tests name static files as they lie; browser tests serve the collected ones."""
    files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": files}


@pytest.fixture(autouse=True)
def uncounted_requests():
    """Forget the requests that other tests made, so that none is refused for them."""
    from django.core.cache import cache  # noqa: PLC0415  needs settings

    cache.clear()


@pytest.fixture(autouse=True)
def uncounted_uses(monkeypatch):
    """Forget uses of layers that other tests made, which else are written in the middle of another."""
    from apps.catalogue import usage  # noqa: PLC0415  needs settings

    monkeypatch.setattr(usage, "_uses", usage.Uses())


@pytest.fixture(autouse=True)
def bodies_made_anew(monkeypatch):
    """Forget bodies made before: a test is rolled back, the memory of the process is not."""
    from apps.api import bodies  # noqa: PLC0415  needs settings

    monkeypatch.setattr(bodies, "_memory", bodies._Memory(bodies.MOST_BYTES_IN_MEMORY))
