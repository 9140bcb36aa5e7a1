"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket in it, and ended
by its process id. It may lose everything, so it never waits for a disk."""

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

OLDEST = 15
_USER = "cunzheng"
_PR_SET_PDEATHSIG = 1
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
    "shared_buffers": "64MB",
    "max_connections": "100",
}


def programs() -> Path | None:
    """Where the newest PostgreSQL that is installed has its programs; None where there is none."""
    places = [Path(path) for path in os.environ.get("PATH", "").split(os.pathsep) if path]
    places += Path("/usr/lib/postgresql").glob("*/bin")  # Debian keeps them off the path
    whole = [p for p in places if (p / "initdb").exists() and (p / "postgres").exists()]
    found = {_version(place): place for place in whole}
    newest = max(found, default=0)
    return found[newest] if newest >= OLDEST else None


def _version(place: Path) -> int:
    said = subprocess.run([place / "initdb", "--version"], capture_output=True, text=True)
    found = re.search(r" (\d+)", said.stdout)
    return int(found[1]) if found else 0


@dataclass
class Server:
    """A running server."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, user: str = _USER) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def ask(self, query: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the server's owner, in no transaction."""
        with closing(self.connect(database)) as connection:
            answer = connection.execute(query)
            return answer.fetchall() if answer.description else []

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user=_USER, dbname=database, autocommit=True)

    def new(self, template: str = "template0") -> str:
        """A new database, a copy of another one; its name."""
        name = f"t{next(self.numbers)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        self.ask(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running(place: Path, listen: str = "") -> Iterator[Server]:
    """A server for as long as the block runs; `place` holds PostgreSQL's programs. Where it is to
    `listen` at an address of this machine's, whoever is in the same net may do all."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    owner = _owner()
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        _make(place, folder, owner)
        process = _start(place, folder, owner, listen)
        try:
            yield _ready(Server(folder), process)
        finally:
            process.send_signal(signal.SIGINT)  # "fast": open connections are cut
            process.wait(30)
    finally:
        shutil.rmtree(folder)


def _owner() -> pwd.struct_passwd:
    """Whose server it is: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _make(place: Path, folder: Path, owner: pwd.struct_passwd) -> None:
    # A database whose own order of texts is not that of their characters: the archive's is.
    order = ["--locale=C", "--locale-provider=icu", "--icu-locale=zh"]
    access = ["-U", _USER, "-A", "trust"]
    subprocess.run(
        [place / "initdb", "-D", folder / "data", "-E", "UTF8", "--no-sync", *order, *access],
        **_as(owner, folder),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    hba = folder / "data" / "pg_hba.conf"
    net = "host all all samenet trust\n"  # of an address that it listens at
    hba.write_text(f"local guarded all scram-sha-256\n{hba.read_text()}{net}")


def _start(
    place: Path, folder: Path, owner: pwd.struct_passwd, listen: str
) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | {"unix_socket_directories": str(folder), "listen_addresses": listen}
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [place / "postgres", "-D", folder / "data", *given],
            **_as(owner, folder),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent,
        )


def _as(owner: pwd.struct_passwd, folder: Path) -> dict[str, object]:
    if os.getuid() != 0:
        return {"cwd": folder}
    return {"cwd": folder, "user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """Have the server end where the tests are killed, and can end nothing themselves."""
    with suppress(AttributeError):  # where the system is not Linux
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _ready(server: Server, process: subprocess.Popen[bytes]) -> Server:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            server.connect("postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return server
    raise RuntimeError(f"PostgreSQL did not start: {(server.folder / 'log').read_text()[-500:]}")
