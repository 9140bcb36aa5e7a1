"""Listings and walks: which entries stood where, from when to when."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select, update

from storage.schema import articles, elsewhere, placements, walks
from storage.values import Listed, Placed, Walked
from storage.writers.scope import Scope


def write_listing(scope: Scope, listed: Listed) -> None:
    """Record one listing page. An entry that stands as before only lasts longer; one whose
    address, title or date changed ends, and stands anew as the list gives it now."""
    channel_id = scope.channel_id(listed.host, listed.channel, listed.at)
    ours = {placed.key.cms_id: placed for placed in listed.entries if placed.key}
    standing = _standing(scope, channel_id, ours)
    for placed in ours.values():
        assert placed.key is not None
        article_id = scope.article_id(placed.key, placed.url, listed.at, placed.listed_title)
        _write_placement(scope, article_id, channel_id, listed, placed, standing)
    for placed in listed.entries:
        if placed.key is None:
            _write_elsewhere(scope, channel_id, listed, placed)


def write_walk(scope: Scope, walked: Walked) -> None:
    """Record a walk; where it saw the whole list, the entries that it did not see have left."""
    channel_id = scope.channel_id(walked.host, walked.channel, walked.walked_at)
    scope.connection.execute(
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
    if walked.whole:
        scope.connection.execute(
            update(placements)
            .where(
                placements.c.channel_id == channel_id,
                placements.c.left_at.is_(None),
                placements.c.last_listed_at < walked.walked_at,
            )
            .values(left_at=walked.walked_at)
        )


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
    article_id: int,
    channel_id: int,
    listed: Listed,
    placed: Placed,
    standing: dict[int, Row[Any]],
) -> None:
    entry = _entry(placed)
    before = standing.get(article_id)
    if before is not None:
        same = all(getattr(before, name) == value for name, value in entry.items())
        end = {"last_listed_at": listed.at} if same else {"left_at": listed.at}
        scope.connection.execute(
            update(placements).where(placements.c.id == before.id).values(**end)
        )
        if same:
            return
    scope.connection.execute(
        placements.insert().values(
            article_id=article_id,
            channel_id=channel_id,
            first_listed_at=listed.at,
            last_listed_at=listed.at,
            **entry,
        )
    )
    scope.connection.execute(
        update(articles).where(articles.c.id == article_id).values(url=placed.url)
    )


def _write_elsewhere(scope: Scope, channel_id: int, listed: Listed, placed: Placed) -> None:
    values = _entry(placed) | {"last_listed_at": listed.at}
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
