"""Listings and walks: which entries stood where, from when to when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update

from storage.history import CAPTURE_EVENTS, EventKind
from storage.schema import articles, elsewhere, events, placements, walks
from storage.values import Listed, Placed, Walked
from storage.windows import WINDOWED, as_window, pushed_off
from storage.writers.before import Before
from storage.writers.held import not_held
from storage.writers.known import KnownArticle
from storage.writers.scope import Scope


def write_listing(scope: Scope, channel_id: int, listed: Listed) -> Before:
    """Take in one listing page; what stood before. An entry that stands as before only lasts
    longer; one whose address, title or date changed ends, and stands anew as the list gives it."""
    before = Before()
    ours = {placed.key.cms_id: placed for placed in listed.entries if placed.key}
    standing = _standing(scope, channel_id, ours)
    known = _articles(scope, listed, ours)
    for cms_id, placed in ours.items():
        _write_placement(scope, known[cms_id], channel_id, listed, placed, standing, before)
    for placed in listed.entries:
        if placed.key is None:
            _write_elsewhere(scope, channel_id, listed, placed, before)
    return before


def _articles(scope: Scope, listed: Listed, ours: Mapping[str, Placed]) -> dict[str, KnownArticle]:
    """The articles that a page names, all looked up and made at once."""
    if ours:
        site_ids = {scope.site_id(each.key.host, listed.at) for each in ours.values() if each.key}
        for site_id in site_ids:
            scope.known.look_up_articles(site_id, list(ours))
    return {
        cms_id: scope.article(each.key, each.url, listed.at, each.listed_title)
        for cms_id, each in ours.items()
        if each.key
    }


def new_walk(scope: Scope, channel_id: int, walked: Walked) -> int:
    """The row of a walk, as its ledger has it; its id."""
    return scope.new_row(
        walks.insert().values(
            crawl_id=scope.crawl_id,
            channel_id=channel_id,
            walked_at=walked.walked_at,
            claimed_total=walked.claimed_total,
            entries_seen=walked.entries_seen,
            articles_seen=walked.articles_seen,
            repeats=walked.repeats,
            off_site=walked.off_site,
            pages=walked.pages,
            stop_reason=walked.stop_reason,
            verdict=walked.verdict,
            whole=walked.whole,
        )
    )


def write_walk(scope: Scope, channel_id: int, walk_id: int, walked: Walked) -> Before:
    """Take in a walk; what stood before. Where it saw the whole list, the entries that it did not
    see have left, and whether they were pushed off a window's end is its verdict."""
    before, unseen = Before(), _unseen(channel_id, walked)
    judged = _judged(scope, channel_id, walk_id, walked, unseen)
    scope.connection.execute(
        update(walks)
        .where(walks.c.id == walk_id)
        .values(verdict=judged.verdict, stop_reason=judged.stop_reason)
    )
    if walked.whole:
        rows = scope.connection.execute(select(placements).where(unseen)).all()
        before.placements += [before.image(row) for row in rows]
        scope.connection.execute(update(placements).where(unseen).values(left_at=walked.walked_at))
    return before


def _unseen(channel_id: int, walked: Walked) -> ColumnElement[bool]:
    """The entries that stood in the list before the walk and were not in it."""
    return (
        (placements.c.channel_id == channel_id)
        & placements.c.left_at.is_(None)
        & (placements.c.last_listed_at < walked.walked_at)
    )


def _judged(
    scope: Scope, channel_id: int, walk_id: int, walked: Walked, unseen: ColumnElement[bool]
) -> Walked:
    """The walk with the verdict `windowed` where the site cuts this list: it pushed off what left
    it tonight, or did so before and articles that left it are still there."""
    if walked.verdict != "complete":
        return walked
    at = walks.c.walked_at
    earlier = or_(at < walked.walked_at, and_(at == walked.walked_at, walks.c.id < walk_id))
    last = scope.connection.execute(
        select(walks.c.claimed_total, walks.c.verdict)
        .where(
            walks.c.channel_id == channel_id,
            earlier,
            walks.c.verdict.in_(("complete", WINDOWED)),
            not_held(walks.c.crawl_id),
        )
        .order_by(walks.c.walked_at.desc(), walks.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return walked
    if walked.whole:
        left = scope.connection.scalars(select(placements.c.listed_on).where(unseen)).all()
        if pushed_off(walked, last.claimed_total, left):
            return as_window(walked, len(left))
    still = last.verdict == WINDOWED and _still_beyond(scope, channel_id, walked.walked_at)
    return as_window(walked) if still else walked


def _still_beyond(scope: Scope, channel_id: int, at: datetime) -> bool:
    """Whether an article that left the channel's list, and did not come back, was there then."""
    here = placements.alias()
    stands = exists().where(
        here.c.article_id == articles.c.id,
        here.c.channel_id == channel_id,
        here.c.left_at.is_(None),
    )
    last = (
        select(events.c.kind)
        .where(events.c.article_id == articles.c.id, events.c.at < at, events.c.kind.in_(_TELLING))
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = scope.connection.scalar(
        select(articles.c.id)
        .join(placements, placements.c.article_id == articles.c.id)
        .where(
            placements.c.channel_id == channel_id,
            func.coalesce(last, "").not_in((EventKind.MISSING.value, EventKind.GONE.value)),
            ~stands,
        )
        .limit(1)
    )
    return found is not None


_TELLING = [kind.value for kind in CAPTURE_EVENTS]
"""The events that say whether an article is there."""


def _standing(scope: Scope, channel_id: int, cms_ids: Iterable[str]) -> dict[int, Row[Any]]:
    rows = scope.connection.execute(
        select(placements)
        .join(articles, articles.c.id == placements.c.article_id)
        .where(
            placements.c.channel_id == channel_id,
            placements.c.left_at.is_(None),
            articles.c.cms_id.in_(list(cms_ids)),
        )
    )
    return {row.article_id: row for row in rows}


def _write_placement(
    scope: Scope,
    article: KnownArticle,
    channel_id: int,
    listed: Listed,
    placed: Placed,
    standing: dict[int, Row[Any]],
    before: Before,
) -> None:
    entry = _entry(placed)
    old = standing.get(article.id)
    if old is not None:
        before.placements.append(before.image(old))
        same = all(getattr(old, name) == value for name, value in entry.items())
        end = {"last_listed_at": listed.at} if same else {"left_at": listed.at}
        scope.pending.update(placements, old.id, end)
        if same:
            return
    made = scope.ids.next(placements)
    where = {"id": made, "article_id": article.id, "channel_id": channel_id}
    when = {"first_listed_at": listed.at, "last_listed_at": listed.at, "left_at": None}
    scope.pending.insert(placements, where | entry | when)
    before.made.append(made)
    _stands_at(scope, article, placed.url, before)


def _stands_at(scope: Scope, article: KnownArticle, url: str, before: Before) -> None:
    if article.url != url:
        before.urls.append((article.id, article.url))
        scope.pending.update(articles, article.id, {"url": url})
        article.url = url


def _write_elsewhere(
    scope: Scope, channel_id: int, listed: Listed, placed: Placed, before: Before
) -> None:
    values = _entry(placed) | {"last_listed_at": listed.at}
    old = scope.connection.execute(
        select(elsewhere).where(elsewhere.c.channel_id == channel_id, elsewhere.c.url == placed.url)
    ).one_or_none()
    before.elsewhere.append(before.row(placed.url, old))
    scope.connection.execute(
        scope.insert(elsewhere)
        .values(channel_id=channel_id, first_listed_at=listed.at, **values)
        .on_conflict_do_update(index_elements=["channel_id", "url"], set_=values)
    )


def _entry(placed: Placed) -> dict[str, Any]:
    return {
        "url": placed.url,
        "listed_title": placed.listed_title,
        "listed_on": placed.listed_on.isoformat() if placed.listed_on else None,
    }
