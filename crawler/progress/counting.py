"""Counting how far a crawl has come, channel by channel, by the values that it records. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from crawler.progress.standing import ChannelStanding, Standing
from storage.article import ArticleKey
from storage.judging import Outcome
from storage.values import Captured, ChannelSeen, Ended, Listed, Recordable, Walked, Wanted

_FAILED = frozenset({Outcome.FAILED, Outcome.CHALLENGED})

_Place = tuple[str, str | None]
"""A site's host and a channel's id; None for articles that no list of the crawl names."""


@dataclass(slots=True)
class _Channel:
    name: str | None = None
    listings: int = 0
    articles: int = 0
    ended: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    verdict: str | None = None

    def standing(self, place: _Place, names: Mapping[str, str | None]) -> ChannelStanding:
        host, cms_id = place
        known = self.name or names.get(cms_id or "")
        counts = (self.listings, self.articles, self.ended, self.new, self.changed, self.failed)
        return ChannelStanding(cms_id, known or cms_id or host, *counts, self.verdict)


class Counts:
    """The figures of one crawl. `walks` tells whether a channel that a page mentions is one that
    the crawl walks. An article counts in the channel whose list named it first."""

    def __init__(self, walks: Callable[[ChannelSeen], bool]) -> None:
        self._walks = walks
        self._channels: dict[_Place, _Channel] = {}
        self._listed_in: dict[ArticleKey, _Place] = {}
        self._articles: dict[str, _Place] = {}
        self._open: set[str] = set()
        self.addresses = self.ended = 0

    def take(self, value: Recordable) -> None:
        """Count one value as the crawl hands it to the archive."""
        match value:
            case ChannelSeen() if self._walks(value):
                channel = self._channel((value.host, value.cms_id))
                channel.name = value.name or channel.name
            case Listed():
                self._listed(value)
            case Walked():
                self._channel((value.host, value.channel)).verdict = value.verdict
            case Wanted():
                self._wanted(value)
            case Captured():
                self._end(value.asked_url or value.url, value.outcome)
            case Ended():
                self._end(value.url, value.outcome)

    def judged(self, key: ArticleKey, outcome: str) -> None:
        """The archive has judged an article: is it new, was it changed."""
        channel = self._channel(self._place(key))
        channel.new += outcome == Outcome.NEW
        channel.changed += outcome == Outcome.CHANGED

    def standing(
        self,
        elapsed_s: float,
        *,
        waited_s: float = 0.0,
        waiting_s: float = 0.0,
        left_s: float | None = None,
        names: Mapping[str, str | None] = MappingProxyType({}),
    ) -> Standing:
        """The figures as they are now. `names` are those of channels, by the CMS's id, that are
        known from earlier crawls."""
        channels = tuple(each.standing(place, names) for place, each in self._channels.items())
        return Standing(
            channels, self.addresses, self.ended, elapsed_s, waited_s, waiting_s, left_s
        )

    def _listed(self, listed: Listed) -> None:
        place = (listed.host, listed.channel)
        self._channel(place).listings += 1
        for entry in listed.entries:
            if entry.key is not None:
                self._listed_in.setdefault(entry.key, place)

    def _wanted(self, wanted: Wanted) -> None:
        self.addresses += 1
        self._open.add(wanted.url)
        if wanted.kind == "article" and wanted.key is not None:
            place = self._articles[wanted.url] = self._place(wanted.key)
            self._channel(place).articles += 1

    def _end(self, url: str, outcome: Outcome | None) -> None:
        if url not in self._open:
            return
        self._open.remove(url)
        self.ended += 1
        if (place := self._articles.pop(url, None)) is not None:
            channel = self._channel(place)
            channel.ended += 1
            channel.failed += outcome in _FAILED

    def _place(self, key: ArticleKey) -> _Place:
        return self._listed_in.get(key, (key.host, None))

    def _channel(self, place: _Place) -> _Channel:
        return self._channels.setdefault(place, _Channel())
