"""What was told already: an alarm is told once, and once more when it is over."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.files import write_whole
from storage.consult.alarms import Alarm

_FILE = "alarms.json"


@dataclass(frozen=True, slots=True)
class News:
    """The alarms that nobody was told of yet, and by their keys the ones that are over."""

    begun: tuple[Alarm, ...]
    over: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.begun or self.over)


def news(standing: Iterable[Alarm], told: Mapping[str, str]) -> News:
    """What is new against what was told. Pure."""
    now = {alarm.key: alarm for alarm in standing}
    begun = tuple(alarm for key, alarm in now.items() if key not in told)
    return News(begun, tuple(key for key in told if key not in now))


class Told:
    """The alarms that stand and were told, by their keys, with the line that told them; in a file
    of the state's folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def read(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads(self._path.read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return found

    def keep(self, told: Mapping[str, str]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._path, json.dumps(told, ensure_ascii=False, indent=1).encode())
