"""A PostgreSQL server with PostGIS of our own: a fresh folder, and a socket in it."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

BINARIES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql*/bin",
)
SECONDS = 60


@contextmanager
def serving():
    """The address of a database of a server that runs as long as this is open."""
    home = Path(tempfile.mkdtemp(prefix="tracker-pg-", dir="/tmp"))
    user = _who(home)
    data = home / "data"
    made = ["-D", data, "-U", "tracker", "--auth=trust", "--encoding=UTF8", "--no-locale", "-N"]
    _run([_program("initdb"), *made], user)
    told = home / "log"
    with told.open("w") as log:
        settings = ["-c", "listen_addresses=", "-c", "fsync=off"]
        line = [_program("postgres"), "-D", data, "-k", home, *settings]
        server = subprocess.Popen(line, stdout=log, stderr=log, cwd=home, **user)
    address = f"postgresql://tracker@/postgres?host={home}"
    try:
        _wait(address, server, told)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(home)


def _who(home):
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        home.chmod(0o700)
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(home, entry.pw_uid, entry.pw_gid)
    home.chmod(0o755)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _program(name):
    """The newest of its kind; Debian keeps them off the path."""
    found = [p for pattern in BINARIES for p in Path("/").glob(f"{pattern[1:]}/{name}")]
    found.sort(
        key=lambda p: [int(n) for n in "".join(c if c.isdigit() else " " for c in str(p)).split()]
    )
    path = str(found[-1]) if found else shutil.which(name)
    assert path, f"no {name}; run .ci/postgis as {getpass.getuser()}"
    return path


def _run(line, user):
    done = subprocess.run(
        line, capture_output=True, text=True, check=False, cwd="/", timeout=SECONDS, **user
    )
    assert done.returncode == 0, done.stderr


def _wait(address, server, log):
    import psycopg

    for _ in range(SECONDS * 20):
        assert server.poll() is None, log.read_text()
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())
