"""The mementos of one address in order of time, and how links name them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reading_room.memento.moments import http_date, stamp, whole_second
from storage.consult.histories import VersionSpan


@dataclass(frozen=True, slots=True)
class Memento:
    """A version of an article as a memento."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link of RFC 8288."""

    address: str
    rel: str
    more: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        told = "".join(f'; {name}="{value}"' for name, value in (("rel", self.rel), *self.more))
        return f"<{self.address}>{told}"


@dataclass(frozen=True, slots=True)
class TimeMap:
    """All mementos of an original address, oldest first; `room` is where the reading room is."""

    room: str
    original: str
    mementos: tuple[Memento, ...]

    @property
    def timegate(self) -> str:
        return f"{self.room}/timegate/{self.original}"

    def address(self, form: str) -> str:
        """The address of this map in a form: `link` or `json`."""
        return f"{self.room}/timemap/{form}/{self.original}"

    def address_of(self, memento: Memento) -> str:
        return f"{self.room}/memento/{stamp(memento.at)}/{self.original}"

    def standing(self, at: datetime) -> Memento:
        """The memento that stood at a moment; before all of them, the first."""
        stood = [memento for memento in self.mementos if memento.at <= at]
        return stood[-1] if stood else self.mementos[0]

    def links(self, around: Memento | None = None) -> Iterator[Link]:
        """Links to the original, the TimeGate and this map; and to the first, the last, and those
        at and beside a memento (RFC 7089, 2.2)."""
        yield Link(self.original, "original")
        yield Link(self.timegate, "timegate")
        yield self._own_link("timemap")
        at = self.mementos.index(around) if around else None
        for index, memento in enumerate(self.mementos):
            rels = [*_ends(index, len(self.mementos)), *_beside(index, at)]
            if rels or index == at:
                yield self._memento(memento, rels)

    def whole(self) -> Iterator[Link]:
        """The entries of this map itself (RFC 7089, 5)."""
        yield Link(self.original, "original")
        yield Link(self.timegate, "timegate")
        yield self._own_link("self")
        for index, memento in enumerate(self.mementos):
            yield self._memento(memento, _ends(index, len(self.mementos)))

    def as_json(self) -> dict[str, Any]:
        """The same in the JSON that Memento's own time travel service answers with."""
        listed = [
            {"datetime": f"{memento.at:%Y-%m-%dT%H:%M:%SZ}", "uri": self.address_of(memento)}
            for memento in self.mementos
        ]
        return {
            "original_uri": self.original,
            "timegate_uri": self.timegate,
            "timemap_uri": {form: self.address(form) for form in ("link", "json")},
            "mementos": {"first": listed[0], "last": listed[-1], "list": listed},
        }

    def _own_link(self, rel: str) -> Link:
        first, last = self.mementos[0].at, self.mementos[-1].at
        told = (
            ("type", "application/link-format"),
            ("from", http_date(first)),
            ("until", http_date(last)),
        )
        return Link(self.address("link"), rel, told)

    def _memento(self, memento: Memento, rels: Iterable[str]) -> Link:
        rel = " ".join([*rels, "memento"])
        return Link(self.address_of(memento), rel, (("datetime", http_date(memento.at)),))


def mementos(versions: Iterable[VersionSpan]) -> tuple[Memento, ...]:
    """Versions as mementos; of those of one second, the one that stood at its end."""
    found = {
        whole_second(version.first_captured_at): version.number
        for version in sorted(versions, key=lambda version: version.number)
    }
    return tuple(Memento(at, number) for at, number in sorted(found.items()))


def _ends(index: int, length: int) -> list[str]:
    return ["first"] * (index == 0) + ["last"] * (index == length - 1)


def _beside(index: int, at: int | None) -> list[str]:
    if at is None:
        return []
    return ["prev"] * (index == at - 1) + ["next"] * (index == at + 1)
