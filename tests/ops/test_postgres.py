"""The private cluster, on a real PostGIS."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from ops import privileges, processes
from ops.binaries import Binaries, find_binaries
from ops.places import ROOT
from ops.postgres import EXTENSIONS, LONGEST_SOCKET_FOLDER, THROWAWAY, Cluster
from ops.steps import StepFailed

pytestmark = pytest.mark.skipif(not find_binaries(), reason="PostgreSQL with PostGIS is not on this machine")


@pytest.fixture
def new_cluster(open_folder):
    """A cluster that was never started."""
    cluster = Cluster(open_folder / "new", settings=THROWAWAY)
    yield cluster
    cluster.stop()


@pytest.fixture
def open_folder():
    """A folder that the account `postgres` may enter; pytest's own are closed to it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def finished_folder():
    """A cluster's folder after its first start and stop; making one takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        cluster = Cluster(Path(folder) / "pg", settings=THROWAWAY)
        cluster.start()
        cluster.stop()
        yield cluster.folder


@pytest.fixture
def cluster(finished_folder, open_folder):
    """A cluster that was started before and is not running."""
    shutil.copytree(finished_folder, open_folder / "pg", ignore=shutil.ignore_patterns("socket"))
    cluster = Cluster(open_folder / "pg", settings=THROWAWAY)
    yield cluster
    cluster.stop()


def postmaster_of(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_a_first_start_makes_what_django_needs_and_a_second_changes_nothing(new_cluster):
    cluster = new_cluster
    assert cluster.start() == "created"
    assert set(EXTENSIONS) <= set(cluster.query("SELECT extname FROM pg_extension").split())
    assert cluster.query("SHOW server_encoding").strip() == "UTF8"
    assert (
        cluster.query("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'maillage'").strip()
        == "f|t"
    )
    first = postmaster_of(cluster)

    assert cluster.start() == "already running"
    assert postmaster_of(cluster) == first

    assert cluster.stop() is True
    assert cluster.stop() is False
    assert cluster.is_running() is False
    assert cluster.start() == "started"


def test_a_database_made_later_has_the_extensions_too(cluster):
    cluster.start()
    cluster.query("SET ROLE maillage", database="postgres")
    cluster.query("CREATE DATABASE test_maillage OWNER maillage", database="postgres")
    measured = cluster.query(
        "SELECT ST_AsText(ST_Point(1, 2)), unaccent('Ménaka'), similarity('a', 'a')", database="test_maillage"
    )
    assert measured.strip() == "POINT(1 2)|Menaka|1"


def test_only_its_own_folder_leads_to_it(cluster):
    cluster.start()
    assert cluster.query("SHOW listen_addresses").strip() == ""
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700


def test_it_does_not_run_as_root(cluster):
    cluster.start()
    owner = (Path("/proc") / str(postmaster_of(cluster))).stat().st_uid
    namespace = os.readlink(f"/proc/{postmaster_of(cluster)}/ns/user")
    assert owner != 0 or namespace != os.readlink("/proc/self/ns/user")


def test_data_outlives_a_kill_of_the_server(cluster):
    # Without the settings of a test database, which may forget its last moments.
    cluster = Cluster(cluster.folder)
    cluster.start()
    cluster.query("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(postmaster_of(cluster), signal.SIGKILL)

    assert cluster.start() == "recovered after a crash"
    assert cluster.query("SELECT number FROM kept").strip() == "7"
    assert cluster.query("SELECT postgis_lib_version() IS NOT NULL").strip() == "t"


def test_a_busy_child_of_a_killed_server_is_ended(cluster):
    cluster.start()
    # A loop in the server notices the death of the postmaster only when it is over.
    busy = os.spawnlp(
        os.P_NOWAIT,
        find_binaries()[0]["psql"],
        *["psql", "-q", "-h", str(cluster.socket), "-U", "postgres", "-d", "maillage"],
        *["-c", "SET application_name = 'busy'; SELECT count(*) FROM generate_series(1, 1000000000)"],
    )
    assert processes.wait_until(
        lambda: "busy" in cluster.query("SELECT application_name FROM pg_stat_activity"), seconds=5
    )
    os.kill(postmaster_of(cluster), signal.SIGKILL)
    os.kill(busy, signal.SIGKILL)
    os.waitpid(busy, 0)

    assert cluster.start() == "recovered after a crash"


def test_a_pid_file_that_names_another_program_is_no_obstacle(cluster):
    cluster.start()
    cluster.stop()
    lines = [
        str(os.getpid()),
        str(cluster.data),
        "1700000000",
        "5432",
        str(cluster.socket),
        "",
        "0 0",
        "ready",
    ]
    (cluster.data / "postmaster.pid").write_text("\n".join(lines))
    cluster.way.own(cluster.home)

    assert cluster.start() == "recovered after a crash"


def test_data_made_anew_are_told_from_those_before(cluster, new_cluster):
    cluster.start()
    before, server = cluster.identity(), cluster.incarnation()
    cluster.stop()
    cluster.start()
    assert cluster.identity() == before
    assert cluster.incarnation() != server
    new_cluster.start()
    assert new_cluster.identity() != before


def test_a_creation_cut_short_starts_over(new_cluster):
    cluster = new_cluster
    half_made = cluster.home / "data.new-1"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("15\n")

    assert cluster.start() == "created"
    assert not half_made.exists()


def test_a_setup_cut_short_is_finished_by_the_next(new_cluster):
    """Killed while it was making extensions, its statement goes on in the server."""
    words = f"Cluster(Path({str(new_cluster.folder)!r})).start()"
    imports = "from pathlib import Path; from ops.postgres import Cluster"
    setup = subprocess.Popen([sys.executable, "-c", f"{imports}; {words}"], cwd=ROOT)
    assert processes.wait_until(lambda: new_cluster.is_running(), seconds=20)
    setup.kill()
    setup.wait()

    assert new_cluster.start() == "created"
    assert set(EXTENSIONS) <= set(new_cluster.query("SELECT extname FROM pg_extension").split())


def test_a_long_path_moves_the_socket_to_a_short_one(open_folder):
    deep = open_folder / ("a" * 60) / ("b" * 60)
    cluster = Cluster(deep, settings=THROWAWAY)
    try:
        cluster.start()
        assert len(str(cluster.socket)) <= LONGEST_SOCKET_FOLDER
        assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
        assert unquote(cluster.url()).startswith(f"postgis://maillage@{cluster.socket}")
        assert cluster.query("SELECT 1").strip() == "1"
    finally:
        cluster.stop()
        cluster.socket.rmdir()


def test_a_folder_name_with_a_space_and_an_accent_works(open_folder):
    cluster = Cluster(open_folder / "données, du Mali", settings=THROWAWAY)
    try:
        cluster.start()
        assert cluster.query("SELECT 1").strip() == "1"
    finally:
        cluster.stop()
        cluster.socket.rmdir()


def test_it_stops_when_the_last_user_has_gone(cluster):
    with cluster.used():
        with Cluster(cluster.folder, settings=THROWAWAY).used():
            assert cluster.is_running()
        assert cluster.is_running()
    assert not cluster.is_running()


def test_data_of_a_version_that_is_gone_names_the_package_to_install(new_cluster):
    cluster = new_cluster
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(StepFailed, match=r"postgresql-9-postgis-3"):
        cluster.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")
@pytest.mark.parametrize(
    "way", [privileges.UNSHARE, privileges.SETPRIV, privileges.RUNUSER], ids=lambda way: way.name
)
def test_each_way_out_of_root_starts_a_server(way, tmp_path):
    if not way.works():
        pytest.skip(f"{way.name} cannot become another user here")
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path / "pg", settings=THROWAWAY, way=way)
    try:
        cluster.start()
        assert cluster.query("SELECT 1").strip() == "1"
        os.kill(postmaster_of(cluster), signal.SIGKILL)
        assert cluster.start() == "recovered after a crash"
    finally:
        cluster.stop()
        privileges.remove(cluster.home)


class TestBinaries:
    def lay(self, root, version, *, has_postgis):
        initdb = root / "lib/postgresql" / version / "bin/initdb"
        initdb.parent.mkdir(parents=True)
        initdb.touch()
        extensions = root / "share/postgresql" / version / "extension"
        extensions.mkdir(parents=True)
        if has_postgis:
            (extensions / "postgis.control").touch()
        return Binaries(initdb.parent)

    def test_the_newest_comes_first_and_one_without_postgis_does_not_count(self, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", "")
        old = self.lay(tmp_path, "9.6", has_postgis=True)
        new = self.lay(tmp_path, "17", has_postgis=True)
        self.lay(tmp_path, "18", has_postgis=False)
        assert find_binaries(tmp_path) == [new, old]

    def test_an_installation_elsewhere_is_found_by_pg_config(self, tmp_path, monkeypatch):
        elsewhere = self.lay(tmp_path / "opt", "16", has_postgis=True)
        program = tmp_path / "pg_config"
        share = tmp_path / "opt/share/postgresql/16"
        program.write_text(f"#!/bin/sh\necho {elsewhere.folder}\necho {share}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        assert find_binaries(tmp_path / "nothing") == [elsewhere]
