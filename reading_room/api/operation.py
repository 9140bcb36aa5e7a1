"""An operation of the API: what it may be asked, what it answers, and asking it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams

from reading_room.api.parameters import AS_OF, LANG, Parameter
from reading_room.cursors import sealed
from reading_room.here import Here
from reading_room.params import BadQuestion
from storage import Consultation


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one program: the values of the operation's parameters, by name."""

    archive: Consultation
    values: Mapping[str, Any]
    here: Here

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def as_of(self) -> datetime | None:
        """The instant that is asked about; None for now."""
        at: datetime | None = self.values["as_of"]
        return at

    def following(self, *parts: str | int | datetime) -> str:
        """The address of the page that goes on after the row that is named by these parts."""
        return self.here.asking(after=sealed(*parts))


@dataclass(frozen=True, slots=True)
class Operation:
    """`answers` is the type of what `ask` returns: a dataclass, or `Page` of one."""

    path: str
    name: str
    answers: Any
    ask: Callable[[Question], Any]
    own: tuple[Parameter, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that it takes. Whatever can be read can be read as of an instant."""
        return (*self.own, AS_OF, LANG)

    def read(self, parts: Mapping[str, Any], query: QueryParams) -> dict[str, Any]:
        """The values of the parameters. Raises BadQuestion for one that is not known: a filter
        that is passed over in silence would give a wrong answer."""
        asked = [each for each in self.parameters if each.place == "query"]
        known = [each.name for each in asked]
        for name in query:
            if name not in known:
                raise BadQuestion("bad.parameter", name=name[:40], known=" · ".join(known))
        in_path = {each.name: parts[each.name] for each in self.parameters if each.place == "path"}
        found = {each.name: _from_query(each, query.getlist(each.name)) for each in asked}
        return found | {
            each.name: each.read(str(in_path[each.name]))
            for each in self.parameters
            if each.place == "path"
        }


def _from_query(parameter: Parameter, typed: Iterable[str]) -> Any:
    values = list(typed)
    if parameter.repeated:
        return tuple(dict.fromkeys(parameter.read(each) for each in values))
    if len(values) > 1:
        raise BadQuestion("bad.twice", name=parameter.name)
    if not values and parameter.required:
        raise BadQuestion("bad.required", name=parameter.name)
    return parameter.read(values[0]) if values else parameter.default
