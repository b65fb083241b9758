"""Every operation is asked what nobody thought of, by who may little and by who may much: nothing breaks."""

import contextlib
import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks

from apps.api.ogc import openapi
from layers.catalogue import LAYERS

pytestmark = pytest.mark.django_db

EXAMPLES = 2
"""Of each operation in each mode: always the same ones, so that a run repeats another."""

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
"""As the schema has it, and against it."""

COLLECTIONS = ("cercles", "events", "institutions", "area_values")
"""Areas, points that keep versions, points, rows that have each their own readers: the others are alike."""

TOKEN = "x" * 32

ANONYMOUS = {"headers": {"Accept-Encoding": "identity"}}
"""What a reader without an account sends."""


@pytest.fixture(autouse=True)
def kept_connection():
    """A server ends the connection after a request, and the rows of the test with it; this one does not."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def of_the_api():
    described = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(OpenApiJsonRenderer().render(described))


def of_collections():
    described = openapi.document("http://localhost/ogc/")
    left_out = set(LAYERS) - set(COLLECTIONS)
    paths = described["paths"].items()
    described["paths"] = {path: each for path, each in paths if not left_out & set(path.split("/"))}
    return described


def operations_of(described):
    """Return the operations that a schema describes, asked of the application in this process."""
    schema = schemathesis.openapi.from_dict(described)
    schema.app = read_whole(get_wsgi_application())
    return [each.ok() for each in schema.get_all_operations()]


def read_whole(application):
    """Return an application whose answers are read and closed, as a server does."""

    def answer(environ, start_response):
        with contextlib.closing(application(environ, start_response)) as body:
            return [b"".join(body)]

    return answer


@pytest.mark.parametrize(
    ("described", "at_least", "checked"),
    [
        (of_the_api, 50, [checks.not_a_server_error, checks.content_type_conformance]),
        (of_collections, 20, [checks.not_a_server_error]),
    ],
)
def test_no_operation_breaks_whatever_it_is_asked(described, at_least, checked, as_persona):
    operations = operations_of(described())
    assert len(operations) >= at_least
    readers = [signed_in(as_persona("data_keeper")), ANONYMOUS]
    assert [fault for each in operations for fault in faults_of(each, readers, checked)] == []


def test_a_page_of_points_is_as_the_schema_has_it():
    [operation] = [each for each in operations_of(of_the_api()) if each.label == "GET /api/settlements/"]
    assert list(faults_of(operation, [ANONYMOUS], [checks.response_schema_conformance])) == []


def signed_in(client):
    """Return what a client sends to be known and believed."""
    cookies = {"csrftoken": TOKEN, "sessionid": client.cookies["sessionid"].value}
    return {"headers": {**ANONYMOUS["headers"], "X-CSRFToken": TOKEN}, "cookies": cookies}


def faults_of(operation, readers, checked):
    """Return what went wrong with an operation, once for each way it did; nothing that it writes stays."""
    found = {}

    def ask(case):
        for sent in readers:
            with transaction.atomic():
                answer = case.call(**sent)
                transaction.set_rollback(True)
            try:
                case.validate_response(answer, checks=checked)
            except checks.FailureGroup as fault:
                first = fault.exceptions[0]
                found.setdefault((answer.status_code, type(first)), told_of(case, answer, first))

    for mode in MODES:
        repeated(ask, operation.as_strategy(generation_mode=mode))
    return found.values()


def told_of(case, answer, fault):
    asked = f"{case.method} {case.formatted_path} {case.query}"
    return f"{asked} {answer.status_code}: {fault.title}, {fault.message}"


def repeated(ask, cases):
    settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(cases)(ask))()
