"""What is known of scheduled jobs between two runs: when each was started, whether it runs.

All in one folder: `NAME.started` holds an instant, `NAME.ended` one and an exit code; `NAME.lock`
is locked while the job runs; `environment` and `wish.json` are the settings and the options with
which it was installed.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from cli.files import write_whole

_KEPT = ("ARCHIVE_URL", "ALLOW_PRIVATE_ADDRESSES")
_PREFIX = "CUNZHENG_"


class State:
    """The folder; it is made where there is none, for this user's eyes alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def started(self, name: str) -> datetime | None:
        """When a job was started last; None where it never was."""
        try:
            return datetime.fromisoformat(self._file(name, "started").read_text("utf-8").strip())
        except (FileNotFoundError, ValueError):
            return None

    def note_start(self, name: str, at: datetime) -> None:
        """Keep that a job was started. What is read is one or the other instant, never half."""
        self._write(f"{quote(name, safe='')}.started", f"{at.astimezone(UTC).isoformat()}\n")

    def note_end(self, name: str, at: datetime, code: int) -> None:
        """Keep that a job ended, and how."""
        self._write(f"{quote(name, safe='')}.ended", f"{at.astimezone(UTC).isoformat()} {code}\n")

    def endings(self) -> dict[str, tuple[datetime, int]]:
        """When each job ended last, and with which exit code."""
        found = {}
        for path in self.folder.glob("*.ended"):
            at, _, code = path.read_text("utf-8").partition(" ")
            found[unquote(path.stem)] = (datetime.fromisoformat(at), int(code))
        return found

    @contextmanager
    def alone(self, name: str, *, wait: bool = False) -> Iterator[bool]:
        """Whether nobody else holds this name, and nobody will while the block lasts. `wait` until
        it is so."""
        file = os.open(self._file(name, "lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(file)

    def keep_settings(self, environment: Mapping[str, str]) -> None:
        """Keep the settings of this environment: cron and systemd start programs without them."""
        kept = {
            name: value
            for name, value in environment.items()
            if (name in _KEPT or name.startswith(_PREFIX)) and "\n" not in value
        }
        self._write("environment", "".join(f"{k}={v}\n" for k, v in sorted(kept.items())))

    def settings(self) -> dict[str, str]:
        """The settings that were kept."""
        try:
            lines = (self.folder / "environment").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return {}
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def keep_wish(self, wish: Mapping[str, Any]) -> None:
        """Keep how the schedule was asked for."""
        self._write("wish.json", json.dumps(wish))

    def wish(self) -> dict[str, Any]:
        """How it was asked for; empty where it never was."""
        try:
            found: dict[str, Any] = json.loads((self.folder / "wish.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return found

    def _file(self, name: str, what: str) -> Path:
        return self.folder / f"{quote(name, safe='')}.{what}"

    def _write(self, name: str, text: str) -> None:
        write_whole(self.folder / name, text.encode())
