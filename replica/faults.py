"""What a site does when it is not well; all of it asked for by tests, none by chance."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from replica.kinds.base import Role, Rows, Window
from replica.state import Day


class Ailment(StrEnum):
    """What an address answers with instead of its page."""

    OUTAGE = "status 503"
    FORBIDDEN = "status 403"
    BUSY = "status 429 with Retry-After"
    SOFT_404 = "a short notice with status 200"
    HOME = "a redirect to the home page"
    CHALLENGE = "a script challenge with status 200"
    CHALLENGE_412 = "a script challenge with status 412"
    LOOP = "redirects for ever"
    BLANK = "an empty body with status 200"
    TRUNCATED = "half the page, with the Content-Length of the whole"
    SLOW = "the page, after `delay` seconds"


CHALLENGE_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="9DhefwqGPrzG" content="" r="m">'
    "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=31415;$_ts.cd=\"qFrqrGVlDqq\";</script>"
    "</head><body></body></html>"
)
"""A challenge: nothing of the site, only a script. Its form is invented after public accounts."""


@dataclass(frozen=True, kw_only=True)
class Faults:
    """A site's ailments. The default is a healthy site.

    `everything`, `articles`, `channels`, `listings`, `robots` and `files` say what those
    addresses answer with; `only` limits the ailment of articles to some paths. `missing`: what
    stands in for every 404, such as a soft 404 or the home page. `failing_record`: a listing
    answer that would hold this row (counted from 1) is a 500. `cap`: no listing answer holds
    more rows. `pad`: one more row, the one before the window, comes first (www.nhsa.gov.cn does
    so). `total_drift` is added to the total in listing answers, not on channel pages.
    """

    everything: Ailment | None = None
    articles: Ailment | None = None
    channels: Ailment | None = None
    listings: Ailment | None = None
    robots: Ailment | None = None
    files: Ailment | None = None
    missing: Ailment | None = None
    only: Collection[str] = ()
    delay: float = 1.0
    empty_listings: bool = False
    failing_record: int | None = None
    cap: int | None = None
    pad: bool = False
    total_drift: int = 0

    def ailment(self, role: Role, path: str) -> Ailment | None:
        """What this address answers with, None where it is well."""
        if self.everything:
            return self.everything
        match role:
            case Role.ARTICLE:
                return self.articles if not self.only or path in self.only else None
            case Role.CHANNEL:
                return self.channels
            case Role.LISTING:
                return self.listings
            case Role.OTHER:
                return self.robots if path == "/robots.txt" else self.files
            case Role.HOME | Role.COUNTER:
                return None

    def day(self, day: Day) -> Day:
        """The day as the lists show it."""
        return replace(day, emptied=True) if self.empty_listings else day

    def breaks(self, window: Window) -> bool:
        """Whether this window is the one that fails."""
        return self.failing_record is not None and (
            window.first <= self.failing_record <= window.last
        )

    def rows(self, day: Day, window: Window) -> Rows:
        """The rows that a window brings, bent as asked."""
        listed = day.listed(window.channel.number)
        first = window.first - 1 - (self.pad and window.first > 1)
        placed = listed[max(0, first) : window.last] if window.first <= len(listed) else ()
        return Rows(placed[: self.cap], len(listed) + self.total_drift)
