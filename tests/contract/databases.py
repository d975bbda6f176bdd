"""The databases that the storage suites run on: a SQLite file, and a Postgres server of our own where Postgres is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def _postgres_folder() -> Path | None:
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    if found:
        candidates.insert(0, Path(found).resolve().parent)
    return next((folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


POSTGRES = _postgres_folder()
BACKENDS = ["sqlite", *(["postgres"] if POSTGRES else [])]


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server on a Unix socket in a folder of its own and yield its URL; Postgres refuses to run as root, so then it is nobody's."""
    assert POSTGRES
    user = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="fanar-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, user)
    run_as = {"user": user} if os.getuid() == 0 else {}
    try:
        init = [POSTGRES / "initdb", "-D", folder / "data", "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(init, check=True, capture_output=True, cwd=folder, **run_as)
        start = [POSTGRES / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        with subprocess.Popen(start, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **run_as) as server:
            try:
                _wait_until_ready(server, folder, user)
                yield f"postgresql://{user}@/postgres?host={folder}"
            finally:
                server.terminate()
    finally:
        shutil.rmtree(folder)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path, user: str) -> None:
    assert POSTGRES
    ask = [POSTGRES / "pg_isready", "-q", "-h", folder, "-U", user, "-d", "postgres"]
    while subprocess.run(ask, check=False).returncode != 0:
        assert server.poll() is None, "the Postgres server ended before it was ready"


def emptied(url: str) -> str:
    """Drop what a test left in the server and return its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url
