"""What a site does when it is not well; all of it asked for by tests, none by chance."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
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
    SILENT = "the connection is closed without a word"
    SLOW = "the page, after `delay` seconds"
    WAF = "a firewall's page that asks for a code, with status 200"


class Slip(StrEnum):
    """What goes wrong with one answer of a list."""

    FAILS = "status 500"
    FAILS_ONCE = "status 500, and the rows when it is asked again"
    EMPTY = "no rows, as if the list had a hole"
    SHORT = "the first half of the rows asked for"
    REPEATS = "the rows of the answer before once more"
    WAF = "a firewall's page instead, with status 200"


@dataclass
class _Spell:
    """What a set of faults has done so far."""

    failed: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)


CHALLENGE_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="9DhefwqGPrzG" content="" r="m">'
    "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=31415;$_ts.cd=\"qFrqrGVlDqq\";</script>"
    "</head><body></body></html>"
)
"""A challenge: nothing of the site, only a script. Its form is invented after public accounts."""

WAF_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>云防御拦截</title></head><body>'
    '<h1>您的访问存在异常，请输入验证码后继续</h1><form method="post" action="/waf/verify">'
    '<input name="code"><input type="submit" value="提交验证"></form></body></html>'
)
"""A firewall's question to a person; invented after public accounts of cloud firewalls."""


@dataclass(frozen=True, kw_only=True)
class Faults:
    """A site's ailments. The default is a healthy site.

    `lying`: whoever asks for an article only if it changed is told that it did not.

    `everything`, `articles`, `channels`, `listings`, `robots` and `files` say what those
    addresses answer with; `only` limits the ailment of articles to some paths. `missing`: what
    stands in for every 404, such as a soft 404 or the home page.

    The rest is about lists. A listing answer is what the site says when it is asked for rows:
    not what stands on a channel's own page. `slips` are told by row, counted from 1: the answer
    that would hold the row slips. `failing_record` is short for one row that always fails.
    `cap`: no listing answer holds more rows. `pad`: one more row, the one before the window,
    comes first (www.nhsa.gov.cn does so). `total_drift` is added to the total in listing
    answers, not on channel pages. `untold`: no total is said anywhere. `arrivals`: so many of
    the newest rows come onto a list only when somebody asks for more of it than its beginning,
    and then stay; what was on page 1 slides down, under the walker's feet. `departures`: so many
    leave it then, and what was on page 2 slides up to where the walker has been.

    What has failed once and which lists have moved is remembered by each value of Faults: to
    begin anew, make a new one.
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
    slips: Mapping[int, Slip] = field(default_factory=dict)
    cap: int | None = None
    pad: bool = False
    total_drift: int = 0
    untold: bool = False
    arrivals: int = 0
    departures: int = 0
    lying: bool = False
    _spell: _Spell = field(default_factory=_Spell, init=False, repr=False, compare=False)

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
        """The day as the lists show it by now."""
        if not (self.empty_listings or self.arrivals or self.departures):
            return day
        return replace(
            day,
            emptied=self.empty_listings,
            withheld=self.arrivals,
            withdrawn=self.departures,
            moved=frozenset(self._spell.moved),
        )

    def asked(self, window: Window) -> Window:
        """The window that is answered, for one that was asked for."""
        if window.first > 1:
            self._spell.moved.add(window.channel.number)
        return window.capped(self.cap) if self.cap else window

    def slip(self, window: Window) -> Slip | None:
        """What goes wrong with this window; once only where it fails once."""
        slips = {self.failing_record or 0: Slip.FAILS, **self.slips}
        for row, slip in slips.items():
            if not window.first <= row <= window.last or row in self._spell.failed:
                continue
            if slip is Slip.FAILS_ONCE:
                self._spell.failed.add(row)
            return slip
        return None

    def rows(self, day: Day, window: Window, slip: Slip | None = None) -> Rows:
        """The rows that a window brings, bent as asked."""
        listed = day.rows(window.channel.number)
        first, last = window.first, window.last
        if slip is Slip.REPEATS and first > 1:
            first, last = max(1, 2 * first - last - 1), first - 1
        beyond = first > len(listed)
        first -= self.pad and window.first > 1
        found = () if beyond else listed[max(0, first - 1) : last][: self.cap]
        kept = found[: _left(len(found), slip)]
        return Rows(kept, len(listed) + self.total_drift, told=not self.untold)


def _left(found: int, slip: Slip | None) -> int:
    if slip is Slip.EMPTY:
        return 0
    return found // 2 if slip is Slip.SHORT else found
