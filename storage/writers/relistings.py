"""Relistings: what the lists that a crawl walked show of where articles stand."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, or_, select

from storage.placing import relisting
from storage.schema import articles, channels, events, placements, walks
from storage.windows import tells_of_window
from storage.writers.scope import Scope


def write_relistings(scope: Scope, started_at: datetime) -> None:
    """Write the events that the crawl's listings alone show."""
    pushed = _pushed_off(scope)
    for article_id, (before, after, earlier) in _placed(scope, started_at).items():
        from_windows = pushed.get(article_id, ())
        if shown := relisting(before, after, listed_earlier=earlier, pushed_off=from_windows):
            scope.connection.execute(
                events.insert().values(
                    article_id=article_id,
                    at=scope.recorded_at,
                    kind=shown.kind.value,
                    fields=[],
                    evidence=dict(shown.evidence) | {"crawl_id": scope.crawl_id},
                )
            )


def _placed(
    scope: Scope, started_at: datetime
) -> Mapping[int, tuple[dict[str, str], dict[str, str], bool]]:
    """For each article whose placements changed in this crawl: the address by channel before it,
    the same after it, and whether it was listed at all before."""
    touched = (
        select(placements.c.article_id)
        .join(articles, articles.c.id == placements.c.article_id)
        .where(
            or_(placements.c.first_listed_at >= started_at, placements.c.left_at >= started_at),
            articles.c.site_id.in_(_sites_walked(scope)),
        )
    )
    rows = scope.connection.execute(
        select(placements, channels.c.cms_id.label("channel"))
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.article_id.in_(touched))
        .order_by(placements.c.id)
    )
    placed: dict[int, tuple[dict[str, str], dict[str, str], bool]] = defaultdict(
        lambda: ({}, {}, False)
    )
    for row in rows:
        before, after, earlier = placed[row.article_id]
        old = row.first_listed_at < started_at
        if old and (row.left_at is None or row.left_at >= started_at):
            before[row.channel] = row.url
        if row.left_at is None:
            after[row.channel] = row.url
        placed[row.article_id] = (before, after, earlier or old)
    return placed


def _pushed_off(scope: Scope) -> Mapping[int, list[str]]:
    """For each article that newer ones pushed off the end of a list that its site cuts: the
    channels where the crawl saw that."""
    rows = scope.connection.execute(
        select(
            placements.c.article_id,
            channels.c.cms_id.label("channel"),
            walks.c.verdict,
            walks.c.stop_reason,
        )
        .join(channels, channels.c.id == placements.c.channel_id)
        .join(walks, walks.c.channel_id == placements.c.channel_id)
        .where(walks.c.crawl_id == scope.crawl_id, placements.c.left_at == walks.c.walked_at)
    )
    pushed: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if tells_of_window(row.verdict, row.stop_reason):
            pushed[row.article_id].append(row.channel)
    return pushed


def _sites_walked(scope: Scope) -> Select[tuple[int]]:
    return (
        select(channels.c.site_id)
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.crawl_id == scope.crawl_id)
    )
