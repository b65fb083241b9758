"""A finished file as an answer: the ranges of RFC 9110 by hand, on ten bytes."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from apps.config.requests import CompressedBodies
from apps.exports.sending import TAKES_NO_MORE, OutOfFile, part_of, sent_file

TEN = b"0123456789"
ETAG = sha256(TEN).hexdigest()
FINISHED = datetime(2026, 11, 20, 8, 30, 15, 999, tzinfo=UTC)
FINISHED_TOLD = "Fri, 20 Nov 2026 08:30:15 GMT"


@pytest.fixture(autouse=True, scope="module")
def no_database():
    """An answer that is closed ends a request, at which the site looks at its connections: here are none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    settings.RELEASES_DIR = tmp_path / "releases"
    settings.EXPORTS_DIR.mkdir()
    settings.RELEASES_DIR.mkdir()
    path = settings.EXPORTS_DIR / "0001.csv"
    path.write_bytes(TEN)
    return path


def asked(path, *, method="get", is_public=True, file_name="cercles.csv", environment=None, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = getattr(RequestFactory(), method)("/f", headers=names, **(environment or {}))
    return sent_file(
        request,
        path,
        content_type="text/csv",
        file_name=file_name,
        etag=ETAG,
        modified=FINISHED,
        is_public=is_public,
    )


def body(answer):
    try:
        return b"".join(answer.streaming_content)
    finally:
        answer.close()


def test_the_whole_file_tells_what_it_is(file):
    answer = asked(file, file_name="événements.csv")
    assert (answer.status_code, body(answer)) == (200, TEN)
    assert answer.headers.items() >= {
        ("ETag", f'"{ETAG}"'),
        ("Last-Modified", FINISHED_TOLD),
        ("Accept-Ranges", "bytes"),
        ("Content-Length", "10"),
        ("Content-Type", "text/csv"),
        ("Cache-Control", "public, no-cache"),
        ("Content-Disposition", "attachment; filename*=utf-8''%C3%A9v%C3%A9nements.csv"),
    }
    assert "Content-Range" not in answer


def test_a_file_not_for_all_is_kept_by_no_shared_cache(file):
    answer = asked(file, is_public=False)
    assert (body(answer), answer["Cache-Control"]) == (TEN, "private, no-cache")


@pytest.mark.parametrize(
    ("text", "bytes_sent", "told"),
    [
        ("bytes=0-0", b"0", "bytes 0-0/10"),
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=9-", b"9", "bytes 9-9/10"),
        ("bytes=-1", b"9", "bytes 9-9/10"),
        ("bytes=-10", TEN, "bytes 0-9/10"),
        ("bytes=-99", TEN, "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=0-", TEN, "bytes 0-9/10"),
        ("Bytes= 1-2 ", b"12", "bytes 1-2/10"),
    ],
)
def test_a_range_is_sent_as_a_part(file, text, bytes_sent, told):
    answer = asked(file, Range=text)
    assert (answer.status_code, body(answer), answer["Content-Range"]) == (206, bytes_sent, told)
    assert answer["Content-Length"] == str(len(bytes_sent))


@pytest.mark.parametrize("text", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_a_range_of_no_byte_is_refused_with_the_size(file, text):
    answer = asked(file, Range=text)
    assert (answer.status_code, answer["Content-Range"], answer.content) == (416, "bytes */10", b"")


@pytest.mark.parametrize(
    "text",
    ["bytes=4-2", "bytes=0-1,3-4", "bytes=-", "bytes=a-b", "rows=0-1", "0-1", "bytes=" + 5000 * "9" + "-"],
    ids=lambda text: text[:12],
)
def test_what_is_not_one_range_gives_the_whole_file(file, text):
    answer = asked(file, Range=text)
    assert (answer.status_code, body(answer)) == (200, TEN)


def test_the_end_of_an_empty_file_is_the_empty_file():
    assert part_of(0, "bytes=-5") is None
    with pytest.raises(OutOfFile):
        part_of(0, "bytes=0-")


@given(size=st.integers(0, 50), first=st.integers(0, 60), length=st.integers(0, 60))
def test_a_range_lies_within_the_file_and_begins_where_it_was_asked(size, first, length):
    try:
        begin, end = part_of(size, f"bytes={first}-{first + length}")
    except OutOfFile:
        assert first >= size
    else:
        assert (begin, end) == (first, min(first + length + 1, size))


@pytest.mark.parametrize(
    ("begun_with", "status"),
    [
        (f'"{ETAG}"', 206),
        (FINISHED_TOLD, 206),
        ('"of another file"', 200),
        (f'W/"{ETAG}"', 200),
        ("Fri, 20 Nov 2026 08:30:14 GMT", 200),
        ("Fri, 20 Nov 2026 08:30:16 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_a_download_goes_on_only_with_the_file_that_it_began_with(file, begun_with, status):
    answer = asked(file, Range="bytes=7-", If_Range=begun_with)
    assert (answer.status_code, body(answer)) == (status, b"789" if status == 206 else TEN)


def test_who_has_the_file_already_gets_no_byte_of_it(file):
    for headers in ({"If_None_Match": f'"{ETAG}"'}, {"If_Modified_Since": FINISHED_TOLD}):
        answer = asked(file, Range="bytes=7-", **headers)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{ETAG}"')
    assert body(asked(file, If_None_Match='"of another file"')) == TEN
    assert asked(file, If_Match='"of another file"').status_code == 412


def test_a_head_tells_the_whole_size_and_knows_no_range(file):
    answer = asked(file, method="head", Range="bytes=7-")
    assert (answer.status_code, answer["Content-Length"], "Content-Range" in answer) == (200, "10", False)
    answer.close()


def test_a_file_taken_away_meanwhile_is_still_sent_whole(file):
    answer = asked(file)
    file.unlink()
    assert body(answer) == TEN
    with pytest.raises(Http404, match="Ce fichier n’est plus là"):
        asked(file)


def test_only_files_of_the_two_folders_are_sent(file, settings, tmp_path):
    outside = tmp_path / "secret_key"
    outside.write_text("x")
    (settings.EXPORTS_DIR / "link").symlink_to(outside)
    for path in (outside, settings.EXPORTS_DIR / ".." / "secret_key", settings.EXPORTS_DIR / "link"):
        with pytest.raises(SuspiciousFileOperation, match="none of the folders"):
            asked(path)
    released = settings.RELEASES_DIR / "2026-11" / "cercles.csv"
    released.parent.mkdir()
    released.write_bytes(TEN)
    assert body(asked(released)) == TEN


def test_a_file_is_never_compressed_on_its_way(file):
    def answer_of(request):
        return sent_file(
            request,
            file,
            content_type="text/csv",
            file_name="f",
            etag=ETAG,
            modified=FINISHED,
            is_public=True,
        )

    file.write_bytes(1000 * TEN)
    answer = CompressedBodies(answer_of)(RequestFactory().get("/f", headers={"accept-encoding": "gzip"}))
    assert (answer["Content-Length"], "Content-Encoding" in answer) == ("10000", False)
    assert body(answer) == 1000 * TEN


def test_with_too_many_files_under_way_a_reader_is_told_when_to_come_back(file):
    answer = asked(file, environment={TAKES_NO_MORE: True})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "réessayez" in answer.content.decode()
