"""Settings: read once, loud; headers that protect; one structured line a request."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def started(code="import django; django.setup()", **environment):
    """Run this code in a new process with these variables; return what came of it."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "apps.config.settings", **environment}
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL is not set: `make run` starts a private PostGIS"),
        (
            {"ALLOWED_HOSTS": "maillage.example"},
            "SECRET_KEY is not set, and ALLOWED_HOSTS names other machines",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_why(environment, told):
    done = started(**{"SECRET_KEY": None} | environment)
    assert done.returncode != 0
    assert told in done.stderr


def test_the_key_of_this_machine_is_private():
    assert started(SECRET_KEY=None).returncode == 0
    path = ROOT / ".state" / "secret_key"
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert len(path.read_text()) > 50


ASK = """
import django; django.setup()
from django.test import Client
from django.conf import settings
for address in ("/", "/health/"):
    response = Client().get(address, headers={"host": "localhost"})
    print(response.status_code, response.headers.get("Location", ""))
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0)
"""


def test_behind_tls_pages_are_served_by_https_only_and_health_is_asked_from_here(test_database_url):
    done = started(
        ASK, BEHIND_TLS="1", SECRET_KEY="x" * 50, LOG_LEVEL="CRITICAL", DATABASE_URL=test_database_url
    )
    page, health, flags = done.stdout.splitlines()
    assert page == "301 https://localhost/"
    assert health.split() == ["200"]
    assert flags == "True True True"


def test_django_finds_nothing_wrong_with_a_deployment():
    code = (
        "import django; django.setup(); from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    key = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    # The last is for browser tests in the same process only.
    done = started(code, BEHIND_TLS="1", SECRET_KEY=key, DJANGO_ALLOW_ASYNC_UNSAFE=None)
    assert done.returncode == 0, done.stderr[-1500:]


@pytest.mark.django_db
def test_pages_forbid_inline_code_and_other_hosts(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert client.get("/").headers["X-Content-Type-Options"] == "nosniff"


LOG = """
import django; django.setup()
from django.test import Client
Client().get("/api/search/?q=secret-words", headers={"host": "localhost"})
"""


def test_a_request_is_one_structured_line_without_its_words(test_database_url):
    done = started(LOG, LOG_LEVEL="INFO", DATABASE_URL=test_database_url)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["level"]) == ("GET", "/api/search/", "info")
    assert line["milliseconds"] >= 0
    assert "secret-words" not in json.dumps(lines)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "cookie", "language"),
    [("", "", "fr"), ("?lang=en", "", "en"), ("", "en", "en"), ("?lang=xx", "", "fr")],
)
def test_french_unless_english_is_chosen(client, query, cookie, language):
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get(f"/{query}", headers={"accept-language": "en-GB"})
    assert response["Content-Language"] == language


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_that_is_not_there_says_so_in_the_language(client, language):
    response = client.get(f"/rien/?lang={language}")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()
