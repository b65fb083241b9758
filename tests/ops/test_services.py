"""Background processes: found again, replaced when their key is another, never confused with others."""

import os
import socket
import sys

import pytest

from ops import processes, services
from ops.services import Service
from ops.steps import StepFailed

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "STATE", tmp_path)
    monkeypatch.setattr(services, "LOGS", tmp_path / "logs")
    yield tmp_path
    for pid_file in tmp_path.glob("*.pid"):
        services.stop(pid_file)


def sleeper(key="1", command=SLEEP):
    return Service("sleeper", command, {}, key)


def pid_of(service):
    return services.running_since(service.pid_file)["pid"]


def test_it_is_started_once_and_restarted_for_another_key(state):
    assert sleeper().ensure() == "started"
    first = pid_of(sleeper())
    assert sleeper().ensure() == "already running"
    assert pid_of(sleeper()) == first
    assert sleeper("2").ensure() == "restarted"
    assert pid_of(sleeper()) != first


def test_stopping_ends_it_once(state):
    sleeper().ensure()
    pid_file = sleeper().pid_file
    assert services.stop(pid_file) is True
    assert services.stop(pid_file) is False
    assert not pid_file.exists()


def test_one_that_does_not_listen_is_made_to_end(state, monkeypatch):
    monkeypatch.setattr(services, "PATIENCE_SECONDS", 0.2)
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    service = sleeper(command=[sys.executable, "-c", f"import signal, time; {deaf}"])
    service.ensure()
    assert processes.wait_until(lambda: "deaf" in service.end_of_log(), seconds=5)
    assert services.stop(service.pid_file) is True
    assert not service.is_running()


def test_a_number_that_belongs_to_another_program_by_now_is_left_alone(state):
    services.write_pid_file(state / "sleeper.pid", os.getpid(), key="1")
    told = (state / "sleeper.pid").read_text()
    (state / "sleeper.pid").write_text(told.replace(processes.start_time(os.getpid()), "1"))
    assert services.running_since(state / "sleeper.pid") is None
    assert services.stop(state / "sleeper.pid") is False


def test_a_damaged_pid_file_means_not_running(state):
    (state / "sleeper.pid").write_text("{")
    assert services.running_since(state / "sleeper.pid") is None


def test_a_long_log_is_put_aside(state, monkeypatch):
    monkeypatch.setattr(services, "LONGEST_LOG_BYTES", 3)
    service = sleeper()
    service.log.parent.mkdir()
    service.log.write_text("older")
    service.ensure()
    assert service.log.with_suffix(".log.1").read_text() == "older"


def test_a_taken_port_names_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StepFailed, match=f"make run PORT={port + 1}"):
            services.require_free_port(port)


def test_a_process_that_ends_at_once_shows_its_last_words(state):
    service = sleeper(command=[sys.executable, "-c", "raise SystemExit('no settings')"])
    service.ensure()
    with pytest.raises(StepFailed, match="no settings"):
        services.wait_until_healthy([service], free_port())


def test_an_ill_service_is_told_in_its_own_words(state, monkeypatch):
    monkeypatch.setattr(services, "START_SECONDS", 2)
    port = free_port()
    program = (
        "import http.server as h\n"
        "class A(h.BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(503); self.end_headers(); self.wfile.write(b'worker: silent')\n"
        f"h.HTTPServer(('127.0.0.1', {port}), A).serve_forever()\n"
    )
    service = sleeper(command=[sys.executable, "-c", program])
    service.ensure()
    with pytest.raises(StepFailed, match=r"503: worker: silent"):
        services.wait_until_healthy([service], port)


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
