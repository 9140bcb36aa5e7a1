"""The address of a page, and of pages that differ from it in what they ask. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

AS_OF = "as_of"
_PLAIN = "/:.,@~-_"
_MACHINES = "/api/"
"""Under this, nothing is for people."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the reader is: `path` without the ending of its JSON twin, and the query's pairs.

    >>> Here("/events", (("kind", "gone"), ("after", "x"))).asking(after=None, site="a.gov.cn")
    '/events?kind=gone&site=a.gov.cn'
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    machine: bool = False

    @classmethod
    def of(cls, path: str, query: Iterable[tuple[str, str]]) -> "Here":
        """The place of an address as asked for."""
        twin = path.endswith(".json") and not path.startswith(_MACHINES)
        machine = twin or path.startswith(_MACHINES)
        # One slash: two would name another host.
        plain = "/" + (path.removesuffix(".json") if twin else path).lstrip("/")
        asked = tuple((name, value) for name, value in query if value)
        return cls("/" if plain == "/index" else plain, asked, machine)

    @property
    def as_of(self) -> str | None:
        """The instant that is asked about, as it was typed."""
        return dict(self.query).get(AS_OF)

    def to(self, *parts: str | int, **asked: str | int | None) -> str:
        """The address of another page, as of the same instant unless another is given.

        >>> Here("/events", (("kind", "gone"), ("as_of", "2026-03"))).to("sites", "a.gov.cn")
        '/sites/a.gov.cn?as_of=2026-03'
        """
        return Here(path_to(*parts) or "/").asking(**{**asked, AS_OF: asked.get(AS_OF, self.as_of)})

    def without(self, name: str) -> "Here":
        """The same place, with this not asked for."""
        return Here(self.path, tuple(pair for pair in self.query if pair[0] != name), self.machine)

    def kept(self, *leaving: str) -> list[tuple[str, str]]:
        """What a form of this page asks for besides its own fields, which are left out; it begins
        at the first row again."""
        return [(name, value) for name, value in self.query if name not in ("after", *leaving)]

    def asking(self, **changes: str | int | None) -> str:
        """This page with other values in its query; None takes one away."""
        return self._address(self.path, changes)

    def as_json(self, **changes: str | int | None) -> str:
        """The same for its JSON twin."""
        path = "/index" if self.path == "/" else self.path
        return self._address(f"{path}.json", changes)

    def _address(self, path: str, changes: dict[str, str | int | None]) -> str:
        kept = [(name, value) for name, value in self.query if name not in changes]
        added = [(name, str(value)) for name, value in changes.items() if value is not None]
        query = urlencode([*kept, *added], safe=":")  # moments are read by people
        return f"{quote(path, safe=_PLAIN)}?{query}" if query else quote(path, safe=_PLAIN)


def path_to(*parts: str | int) -> str:
    """The path of a page, whatever its parts hold.

    >>> path_to("sites", "127.0.0.1:8080"), path_to("a", "b/../c")
    ('/sites/127.0.0.1:8080', '/a/b%2F..%2Fc')
    """
    return "".join(f"/{quote(str(part), safe=_PLAIN[1:])}" for part in parts)
