"""What might be missing: what each channel claims, against what was seen and what is held."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, or_, select

from storage.consult.moments import beijing_day
from storage.consult.sites import ChannelHeld, channels_held, last_walks, listed_at
from storage.consult.stops import stop_in_chinese
from storage.schema import articles, placements

_ACCOUNTED = "held accounts for the claimed total"
"""The stop reason of a walk that need not see the whole list."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class WalkSeen:
    """One walk over a channel's lists, as recorded."""

    walked_at: datetime
    claimed_total: int | None
    entries_seen: int
    articles_seen: int
    repeats: int
    off_site: int
    pages: int
    stop_reason: str
    verdict: str

    @property
    def distinct(self) -> int:
        """Entries that were not repeats of others."""
        return self.entries_seen - self.repeats


@dataclass(frozen=True, slots=True)
class Coverage:
    """A channel, its last walk (None where it was never walked), and why it is not complete.

    `unread` counts the articles that stand in its list but were never read. `because` is None
    where nothing is missing. `unseen` tells what of a list was not looked at by its last walk,
    and when it was seen last, where what is held accounts for it; None where all was seen.
    """

    channel: ChannelHeld
    walk: WalkSeen | None
    unread: int
    because: Said | None
    unseen: Said | None = None


def coverage(
    connection: Connection, host: str | None = None, at: datetime | None = None
) -> list[Coverage]:
    """The coverage of each channel of a site, or of all; as of an instant where one is given."""
    seen = {row.channel_id: _walk(row) for row in connection.execute(last_walks(at))}
    unread = _unread(connection, at)
    whole = {row.channel_id: _walk(row) for row in connection.execute(last_walks(at, whole=True))}
    return [
        Coverage(
            channel,
            seen.get(channel.id),
            unread.get(channel.id, 0),
            why_short(seen.get(channel.id), unread.get(channel.id, 0)),
            unseen_part(seen.get(channel.id), whole.get(channel.id)),
        )
        for channel in channels_held(connection, host, at)
    ]


def why_short(walk: WalkSeen | None, unread: int) -> Said | None:
    """Why a channel is not complete, in one sentence; None where nothing is missing. Pure."""
    if walk is None:
        return Said("这个栏目还没有走完过一遍。", "This channel has not been walked yet.")
    match walk.verdict.split(" ")[0]:
        case "complete":
            return _unread_said(unread) if unread else None
        case "short":
            return _short(walk)
        case "over":
            return _over(walk)
        case "total":
            return _total_unknown(walk)
        case "windowed":
            return _windowed(walk)
        case "failed":
            return _failed(walk)
        case "shifted":
            return _shifted(walk)
    return Said(f"核对结果：{walk.verdict}。", f"Verdict: {walk.verdict}.")


def unseen_part(walk: WalkSeen | None, whole: WalkSeen | None) -> Said | None:
    """What the last walk did not look at, and when it was all seen last (`whole` is the last walk
    that saw the whole list): where what is held accounted for its total. Pure."""
    if walk is None or whole is None or not walk.stop_reason.startswith(_ACCOUNTED):
        return None
    days = max(1, round((walk.walked_at - whole.walked_at) / timedelta(days=1)))
    on = beijing_day(whole.walked_at).isoformat()
    paged = whole.pages > 2
    return Said(
        f"{f'第 2–{whole.pages} 页' if paged else '列表其余部分'}最近 {days} 天内见过"
        f"（上次走完全部：{on}）。",
        f"{f'Pages 2–{whole.pages}' if paged else 'The rest of the list'} last seen within "
        f"{days} day{'s' if days > 1 else ''} (all of it on {on}).",
    )


def _short(walk: WalkSeen) -> Said:
    lacking = (walk.claimed_total or 0) - walk.distinct
    counted = re.search(r"\d+", walk.verdict)
    k = counted[0] if counted else str(lacking)
    if walk.claimed_total is None:
        return Said(
            f"网站只说共几页，没有说共多少条：{walk.pages} 页列表给出 {walk.distinct} 条，"
            f"至少差 {k} 条（止于：{stop_in_chinese(walk.stop_reason)}）。",
            "The site says how many pages its list has, not how many entries: "
            f"{walk.pages} pages gave {walk.distinct}, at least {k} short "
            f"(stopped: {walk.stop_reason}).",
        )
    return Said(
        f"网站称共 {walk.claimed_total} 条，{walk.pages} 页列表只给出 {walk.distinct} 条，"
        f"差 {k} 条（止于：{stop_in_chinese(walk.stop_reason)}）。",
        f"The site claims {walk.claimed_total} entries, its {walk.pages} list pages gave "
        f"{walk.distinct}: {k} short (stopped: {walk.stop_reason}).",
    )


def _over(walk: WalkSeen) -> Said:
    return Said(
        f"列表给出 {walk.distinct} 条，比网站自称的 {walk.claimed_total} 条多："
        "网站的总数没有及时更新。",
        f"The lists gave {walk.distinct} entries, more than the {walk.claimed_total} that the "
        "site claims: its total lags behind.",
    )


def _total_unknown(walk: WalkSeen) -> Said:
    return Said(
        f"网站没有说明共有多少条；列表中见到 {walk.distinct} 条，无从核对。",
        f"The site does not say how many entries there are; {walk.distinct} were seen, and "
        "nothing tells whether that is all.",
    )


def _windowed(walk: WalkSeen) -> Said:
    return Said(
        f"网站只列出最近的 {walk.distinct} 条，更早的不在列表里。",
        f"The site lists only the newest {walk.distinct}; older ones are in no list.",
    )


def _failed(walk: WalkSeen) -> Said:
    return Said(
        f"列表没有读完（{stop_in_chinese(walk.stop_reason)}）：缺什么还不知道，下次会再试。",
        f"The list could not be read to its end ({walk.stop_reason}): what is missing is not "
        "known; the next crawl tries again.",
    )


def _shifted(walk: WalkSeen) -> Said:
    return Said(
        f"走列表时有条目离开（{stop_in_chinese(walk.stop_reason)}）：可能有别的条目因此滑过，下次会再走。",
        f"Rows left the list while it was walked ({walk.stop_reason}): others may have slipped "
        "past; the next crawl walks it again.",
    )


def _unread_said(unread: int) -> Said:
    return Said(
        f"列表走完了，但有 {unread} 篇还没有读到正文。",
        f"The list is complete, but {unread} of its articles have not been read yet.",
    )


def _walk(row: Any) -> WalkSeen:
    return WalkSeen(
        walked_at=row.walked_at,
        claimed_total=row.claimed_total,
        entries_seen=row.entries_seen,
        articles_seen=row.articles_seen,
        repeats=row.repeats,
        off_site=row.off_site,
        pages=row.pages,
        stop_reason=row.stop_reason,
        verdict=row.verdict,
    )


def _unread(connection: Connection, at: datetime | None) -> dict[int, int]:
    rows = connection.execute(
        select(placements.c.channel_id, func.count())
        .where(listed_at(at), placements.c.article_id.in_(_never_read(at)))
        .group_by(placements.c.channel_id)
    )
    return {row[0]: row[1] for row in rows}


def _never_read(at: datetime | None) -> Select[Any]:
    """Ids of the articles that had not been read by an instant; of now, as an index has them."""
    ids, first = select(articles.c.id), articles.c.first_captured_at
    if at is None:
        return ids.where(articles.c.versions == literal_column("0"))
    return ids.where(or_(first.is_(None), first > at))
