"""What needs a person: sites that do not answer, channels that died or fell silent, totals that are
not reached twice in a row. What the guard holds is asked of `storage.consult.nights`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, islice, pairwise
from typing import Any

from sqlalchemy import Connection, select

from storage.consult.last_crawls import last_ended, last_walks_in
from storage.consult.moments import beijing_day
from storage.schema import capture_facts, channels, placements, sites, walks

GAPS = 30
"""How many of a channel's last pauses between two days with articles are its habit."""

ENOUGH_GAPS = 8
LEAST_DAYS = 7
"""A pause of so few days is no silence, whatever the habit: holidays are longer than weekends."""

DROPPED_AFTER = timedelta(days=14)
"""A channel that no page of its site showed for so long is not asked for any more."""

_SHORT = ("short", "failed", "shifted")
_SITE_ENDS = ("site_down", "blocked")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that needs a person: `down`, `blocked`, `held` and `short` are of a site, `dead`,
    `silent` and `dropped` of a channel, `disk` of the machine."""

    kind: str
    host: str
    channel: str | None = None
    name: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is about: the same for as long as it lasts. A crawl that is held after another
        one is something new."""
        held = str(self.values["crawl"]) if self.kind == "held" else None
        return " ".join(part for part in (self.kind, self.host, self.channel, held) if part)


@dataclass(frozen=True, slots=True)
class _Walk:
    crawl_id: int
    channel_id: int
    host: str
    cms_id: str
    name: str | None
    walked_at: datetime
    verdict: str
    entries: int
    nth: int
    line: tuple[str, str]

    @property
    def is_short(self) -> bool:
        return self.verdict.startswith(_SHORT)


def alarms(connection: Connection) -> tuple[Alarm, ...]:
    """The alarms that stand, by what the last crawls of each kind and target met."""
    ended = last_ended(connection, 2)
    walked = _walks(connection, ended)
    unwell = list(_sites(ended))
    ill = {alarm.host for alarm in unwell}
    newest = {each.channel_id: each for each in sorted(walked, key=lambda each: each.walked_at)}
    dead = [each for each in _dead(connection, ended, newest) if each.host not in ill]
    lost = {(each.host, each.channel) for each in dead}
    quiet = [each for each in _silent(connection, newest) if (each.host, each.channel) not in lost]
    dropped = [each for each in _dropped(connection, ended, walked) if each.host not in ill]
    return (*unwell, *_short_twice(walked, ill), *dead, *quiet, *dropped)


def _sites(ended: Sequence[Any]) -> Iterator[Alarm]:
    """Sites that the newest crawl of them could not reach, or was not let into."""
    for crawl in ended:
        if crawl.nth > 1:
            continue
        given_up: Mapping[str, str] = crawl.stats.get("given_up", {})
        if crawl.finish_reason in _SITE_ENDS:
            kind = "down" if crawl.finish_reason == "site_down" else "blocked"
            yield Alarm(kind, _host(crawl.target), values={"crawl": crawl.id})
        else:
            for host in given_up:
                yield Alarm("down", host, values={"crawl": crawl.id})


def _walks(connection: Connection, ended: Sequence[Any]) -> list[_Walk]:
    """The last walk of each channel in each of these crawls."""
    of = {crawl.id: crawl for crawl in ended}
    return [
        _Walk(
            row.crawl_id, row.channel_id, row.host, row.cms_id, row.name, row.walked_at,
            row.verdict, row.entries_seen, of[row.crawl_id].nth,
            (of[row.crawl_id].spider, of[row.crawl_id].target),
        )
        for row in last_walks_in(connection, of)
    ]  # fmt: skip


def _short_twice(walked: Sequence[_Walk], ill: set[str]) -> Iterator[Alarm]:
    """Sites that fell short of what they claim in two crawls, one after the other."""
    short: dict[tuple[str, tuple[str, str]], dict[int, set[str]]] = defaultdict(dict)
    for walk in walked:
        if walk.is_short and walk.host not in ill:
            short[walk.host, walk.line].setdefault(walk.nth, set()).add(walk.name or walk.cms_id)
    for (host, _), by_nth in sorted(short.items()):
        if set(by_nth) == {1, 2}:
            names = sorted(by_nth[1])
            yield Alarm("short", host, values={"n": len(names), "channels": names[:5]})


def _dead(
    connection: Connection, ended: Sequence[Any], newest: Mapping[int, _Walk]
) -> Iterator[Alarm]:
    """Channels that gave entries once and whose list or page cannot be had in the newest crawl."""
    failed = {id_: walk.verdict for id_, walk in newest.items() if walk.verdict == "failed"}
    gone = _pages_gone(connection, [crawl.id for crawl in ended if crawl.nth == 1])
    why = {**dict.fromkeys(failed), **gone}
    lived = select(walks.c.channel_id).where(walks.c.entries_seen > 0).distinct()
    rows = connection.execute(
        select(channels.c.id, channels.c.cms_id, channels.c.name, sites.c.host)
        .join(sites, sites.c.id == channels.c.site_id)
        .where(channels.c.id.in_(why), channels.c.id.in_(lived))
        .order_by(sites.c.host, channels.c.cms_id)
    )
    for row in rows:
        yield Alarm("dead", row.host, row.cms_id, row.name, {"status": why[row.id]})


def _dropped(
    connection: Connection, ended: Sequence[Any], walked: Sequence[_Walk]
) -> Iterator[Alarm]:
    """Channels that gave entries once, and that the site's pages have not shown for so long that
    its newest crawl did not ask for them: nobody would see any more that they went on."""
    begun = {crawl.id: crawl.started_at for crawl in ended if crawl.nth == 1}
    asked = {host: max(begun[w.crawl_id] for w in walks_) for host, walks_ in _of(walked, begun)}
    now = {walk.channel_id for walk in walked if walk.crawl_id in begun}
    rows = connection.execute(
        select(
            channels.c.id, channels.c.cms_id, channels.c.name, channels.c.last_seen_at, sites.c.host
        )
        .join(sites, sites.c.id == channels.c.site_id)
        .where(
            sites.c.host.in_(asked),
            channels.c.id.in_(select(walks.c.channel_id).where(walks.c.entries_seen > 0)),
        )
        .order_by(sites.c.host, channels.c.cms_id)
    )
    for row in rows:
        if row.id not in now and row.last_seen_at < asked[row.host] - DROPPED_AFTER:
            last = beijing_day(row.last_seen_at).isoformat()
            yield Alarm("dropped", row.host, row.cms_id, row.name, {"last": last})


def _of(
    walked: Sequence[_Walk], begun: Mapping[int, datetime]
) -> Iterator[tuple[str, list[_Walk]]]:
    """The walks of these crawls, by host."""
    of = sorted((w for w in walked if w.crawl_id in begun), key=lambda walk: walk.host)
    for host, each in groupby(of, key=lambda walk: walk.host):
        yield host, list(each)


def _pages_gone(connection: Connection, crawl_ids: Sequence[int]) -> dict[int, int]:
    """The channels whose own page these crawls found gone, with the status; not those whose list
    was walked all the same."""
    rows = connection.execute(
        select(channels.c.id, capture_facts.c.status)
        .join(capture_facts, capture_facts.c.url == channels.c.url)
        .outerjoin(
            walks,
            (walks.c.channel_id == channels.c.id)
            & (walks.c.crawl_id == capture_facts.c.crawl_id)
            & (walks.c.verdict != "failed"),
        )
        .where(
            capture_facts.c.crawl_id.in_(crawl_ids),
            capture_facts.c.article_id.is_(None),
            capture_facts.c.status >= 400,
            walks.c.id.is_(None),
        )
    )
    return {row.id: row.status for row in rows}


def _silent(connection: Connection, newest: Mapping[int, _Walk]) -> Iterator[Alarm]:
    """Channels that publish nothing for longer than they ever paused lately, and half as long
    again. One that had fallen silent before it was first seen is no news to anybody: sites keep
    channels that ended years ago."""
    rows = connection.execute(
        select(placements.c.channel_id, placements.c.listed_on, channels.c.first_seen_at)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.listed_on.is_not(None), placements.c.channel_id.in_(newest))
        .distinct()
        .order_by(placements.c.channel_id, placements.c.listed_on.desc())
    )
    of_channels = groupby(rows, key=lambda row: (row.channel_id, row.first_seen_at))
    for (channel_id, first_seen_at), days in of_channels:
        walk = newest[channel_id]
        dates = [date.fromisoformat(row.listed_on) for row in islice(days, GAPS + 1)]
        quiet = silence(dates, beijing_day(walk.walked_at))
        before = silence(dates, beijing_day(first_seen_at))
        if quiet is not None and before is None and not walk.is_short:
            told = {"days": quiet[0], "habit": quiet[1], "last": dates[0].isoformat()}
            yield Alarm("silent", walk.host, walk.cms_id, walk.name, told)


def silence(dates: Sequence[date], today: date) -> tuple[int, int] | None:
    """For how many days nothing came, and the longest pause before that; None where that is as
    usual. `dates` are the days with articles, the newest first. Pure.

    >>> days = [date(2026, 3, 1) - timedelta(days=2 * n) for n in range(20)]
    >>> silence(days, date(2026, 3, 5)), silence(days, date(2026, 3, 12))
    (None, (11, 2))
    """
    gaps = [(later - earlier).days for later, earlier in pairwise(dates)]
    if len(gaps) < ENOUGH_GAPS:
        return None
    longest, quiet = max(gaps), (today - dates[0]).days
    return (quiet, longest) if quiet > max(LEAST_DAYS, longest * 3 // 2) else None


def _host(target: str) -> str:
    return target.partition("//")[2].partition("/")[0] or target
