"""The site that is served: which world, day, kind and faults, and what visitors asked for."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from replica.channels import BY_NUMBER
from replica.faults import Faults
from replica.kinds.base import Kind
from replica.truth import World

ROBOTS = "User-agent: *\r\nDisallow: /jcms/\r\nDisallow: /module/visitcount/\r\n"


class Seen(NamedTuple):
    """One request as the server saw it; `path` with its query."""

    at: datetime
    method: str
    path: str
    status: int


@dataclass(kw_only=True)
class Site:
    """A running site. All but its world and its books may be set at any time.

    `skin` 1 is the site after a redesign: other templates and layouts, the same words. Where it
    is `tagged`, the pages of articles, channels and lists have an ETag (files always do), and one
    that did not change is not sent again.
    """

    world: World
    kind: Kind
    day: int = 1
    faults: Faults = field(default_factory=Faults)
    skin: int = 0
    robots: str = ROBOTS
    tagged: bool = False
    url: str = ""
    """The site's address without a slash at the end; known once it is served."""
    requests: list[Seen] = field(default_factory=list)
    counted: int = 0
    served: int = 0

    def hits(self) -> int:
        """How often the visit counters were called: by a well-behaved crawler, never."""
        return self.counted

    def channel_url(self, channel: int) -> str:
        """The address of a channel's page, by the channel's number in the world."""
        return self.url + self.kind.channel_path(BY_NUMBER[channel])

    def article_url(self, number: int, channel: int | None = None) -> str:
        """Where an article stands today, in its own channel or in another of its channels.

        Raises LookupError where it was never put there.
        """
        today = self.world.on(self.day)
        own = today.articles[number].channels[0]
        placed = today.placed(number, channel or own)
        if placed is None:
            raise LookupError(f"article {number} is not in channel {channel}")
        return self.url + self.kind.article_path(placed)

    def cms_id(self, number: int) -> str:
        """What the CMS calls an article today: its number, but hexadecimal digits on jpaas."""
        return self.kind.cms_id(self.world.on(self.day).articles[number])

    def saw(self, method: str, path: str, status: int) -> None:
        """Notes a request in the order in which they were answered."""
        self.requests.append(Seen(datetime.now(UTC), method, path, status))
