"""Putting a schedule in place and taking it away again. Only what is ours is touched."""

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.scheduling.cron import with_block, without_block
from cli.scheduling.systemd import PREFIX, is_ours


class NotInstalled(Exception):
    """A schedule cannot be put in place; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was altered: units or the crontab, by name."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def install_cron(ours: str, root: Path) -> Done:
    """Put the block into this user's crontab. Raises NotInstalled."""
    return Done(written=("crontab",) if _alter(lambda old: with_block(old, ours, root)) else ())


def remove_cron(root: Path) -> Done:
    """Take the block out of it. Raises NotInstalled."""
    return Done(removed=("crontab",) if _alter(lambda old: without_block(old, root)) else ())


def install_units(units: Mapping[str, str], folder: Path, root: Path) -> Done:
    """Write the units into a user's folder of units, start their timers, and remove those of ours
    that are no longer planned. Raises NotInstalled where one is somebody else's."""
    for name in units:
        if (old := _read(folder / name)) is not None and not is_ours(old, root):
            raise NotInstalled(f"{folder / name} is not of this checkout; move it away first")
    stale = [name for name in _ours(folder, root) if name not in units]
    new = [name for name, text in units.items() if _read(folder / name) != text]
    _stop(stale)
    for name in stale:
        (folder / name).unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for name in new:
        (folder / name).write_text(units[name], encoding="utf-8")
    if new or stale:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", *(name for name in units if name.endswith(".timer")))
    return Done(tuple(new), tuple(stale))


def remove_units(folder: Path, root: Path) -> Done:
    """Stop and delete the units that are ours."""
    ours = _ours(folder, root)
    _stop(ours)
    for name in ours:
        (folder / name).unlink()
    if ours:
        _systemctl("daemon-reload")
    return Done(removed=tuple(ours))


def _alter(edit: Callable[[str], str]) -> bool:
    """Whether the crontab is another than before."""
    before = _crontab("-l").stdout
    try:
        after = edit(before)
    except ValueError as error:
        raise NotInstalled(str(error)) from error
    if after != before and (said := _crontab("-", given=after)).returncode != 0:
        raise NotInstalled(f"crontab: {said.stderr.strip()}")
    return after != before


def _crontab(argument: str, given: str | None = None) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("crontab")
    if program is None:
        raise NotInstalled("there is no crontab on this machine; install cron, or use systemd")
    # Without any crontab `crontab -l` says so and fails: that is an empty one.
    return _run([program, argument], given)


def _stop(names: Sequence[str]) -> None:
    timers = [name for name in names if name.endswith(".timer")]
    if timers:
        _systemctl("disable", "--now", *timers)


def _systemctl(*arguments: str) -> None:
    program = shutil.which("systemctl")
    if program is None:
        raise NotInstalled("there is no systemctl on this machine; use cron")
    said = _run([program, "--user", *arguments])
    if said.returncode != 0:
        raise NotInstalled(f"systemctl --user {arguments[0]}: {said.stderr.strip()}")


def _run(command: list[str], given: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        input=given or "",
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
    )


def _ours(folder: Path, root: Path) -> list[str]:
    names = sorted(path.name for path in folder.glob(f"{PREFIX}*") if path.is_file())
    return [name for name in names if is_ours(_read(folder / name) or "", root)]


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None
