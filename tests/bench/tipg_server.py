"""tipg on tables of the bench, the other side of a ratio: asked in this process, as our client asks us."""

import asyncio
from contextlib import contextmanager
from urllib.parse import urlencode

from django.db import connection


@contextmanager
def tipg(*tables):
    """Yield a function that asks tipg for an address and returns (status, body); it serves these tables."""
    # Only `make bench` installs it.
    from tipg.collections import register_collection_catalog  # noqa: PLC0415
    from tipg.main import app  # noqa: PLC0415
    from tipg.settings import DatabaseSettings  # noqa: PLC0415

    loop = asyncio.new_event_loop()
    app.state.pool = loop.run_until_complete(_pool())
    wanted = DatabaseSettings(tables=list(tables))
    loop.run_until_complete(register_collection_catalog(app, db_settings=wanted))
    try:
        yield lambda path, **query: loop.run_until_complete(_answer(app, path, urlencode(query)))
    finally:
        loop.run_until_complete(app.state.pool.close())
        loop.close()


async def _pool():
    """Return one connection to the database that Django is connected to, prepared as by tipg."""
    import asyncpg  # noqa: PLC0415
    from tipg.database import connection_factory  # noqa: PLC0415

    told = connection.settings_dict
    return await asyncpg.create_pool(
        host=told["HOST"] or None,
        port=told["PORT"] or None,
        user=told["USER"] or None,
        password=told["PASSWORD"] or None,
        database=told["NAME"],
        min_size=1,
        max_size=1,
        init=connection_factory(["public"], "pg_temp"),
    )


async def _answer(app, path, query):
    """Ask an application once, by the protocol that its server would speak (ASGI)."""
    told, body = {}, []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"accept-encoding", b"br, gzip")],
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "root_path": "",
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            told["status"] = message["status"]
        else:
            body.append(message.get("body", b""))

    await app(scope, receive, send)
    return told["status"], b"".join(body)
