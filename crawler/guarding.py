"""The guard's thresholds, as the settings have them."""

from dataclasses import fields
from typing import Any, Protocol

from storage.guard import Guard


class Settings(Protocol):
    """Scrapy's settings, or the names of a settings module."""

    def get(self, name: Any, default: Any = None, /) -> Any: ...


def guard_from(settings: Settings) -> Guard:
    """The guard; what no setting says is as `Guard` has it. Raises ValueError for a
    number that is none, or a share that is not between 0 and 1."""
    given = {
        each.name: settings.get(f"GUARD_{each.name.upper()}", each.default)
        for each in fields(Guard)
    }
    at_least = int(given.pop("at_least"))
    shares = {name: float(value) for name, value in given.items()}
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"GUARD_{name.upper()} must be a share between 0 and 1, not {share}")
    return Guard(at_least=at_least, **shares)
