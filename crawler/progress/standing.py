"""How far a crawl has come: the values that are shown. Pure."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """One channel so far. `listings` counts the pages of its list, `articles` those decided on, of
    which `ended` are done; `verdict` is None until it is walked. `id` is None for the articles
    that no list of this crawl names."""

    id: str | None
    name: str
    listings: int
    articles: int
    ended: int
    new: int
    changed: int
    failed: int
    verdict: str | None

    @property
    def at_work(self) -> bool:
        """Whether something is still to come of it."""
        walking = self.listings > 0 and self.verdict is None
        return walking or self.ended < self.articles


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole crawl so far. `addresses` counts all that it decided to fetch. `waiting_s` is for how
    long it waits now before it may ask a host again, `waited_s` all such waits; `left_s` what is
    left by its pace, None where that is not known yet, and the least where `more` may be found."""

    channels: tuple[ChannelStanding, ...]
    addresses: int
    ended: int
    elapsed_s: float
    waited_s: float = 0.0
    waiting_s: float = 0.0
    left_s: float | None = None

    def total(self, figure: str) -> int:
        """The sum of one figure over all channels."""
        return sum(getattr(channel, figure) for channel in self.channels)

    @property
    def walked(self) -> int:
        """How many channels are walked."""
        return sum(channel.verdict is not None for channel in self.channels)

    @property
    def to_walk(self) -> int:
        """How many channels the crawl knows of."""
        return sum(channel.id is not None for channel in self.channels)

    @property
    def more(self) -> bool:
        """Whether lists that are not walked yet may name further articles."""
        return self.walked < self.to_walk

    def document(self) -> dict[str, Any]:
        """All of it, for machines."""
        figures = ("listings", "articles", "new", "changed", "failed")
        seconds = {
            name: round(getattr(self, name), 1) for name in ("elapsed_s", "waited_s", "waiting_s")
        }
        return {
            "channels_walked": self.walked,
            "channels_known": self.to_walk,
            **{figure: self.total(figure) for figure in figures},
            "articles_ended": self.total("ended"),
            "addresses": self.addresses,
            "addresses_ended": self.ended,
            **seconds,
            "left_s": None if self.left_s is None else round(self.left_s),
            "more_may_come": self.more,
            "channels": [asdict(channel) for channel in self.channels],
        }
