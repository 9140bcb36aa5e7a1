"""The last crawls that ended, and how far each of them walked the channels."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage.schema import channels, crawls, sites, walks


def last_ended(connection: Connection, most: int) -> list[Row[Any]]:
    """So many crawls of each spider and target, the newest (`nth` 1) of all first."""
    nth = func.row_number().over(
        partition_by=(crawls.c.spider, crawls.c.target), order_by=crawls.c.id.desc()
    )
    ended = (
        select(crawls, nth.label("nth"))
        .where(crawls.c.finished_at.is_not(None), crawls.c.finish_reason != "abandoned")
        .subquery()
    )
    chosen = select(ended).where(ended.c.nth <= most)
    return list(connection.execute(chosen.order_by(ended.c.nth, ended.c.id)))


def ended_of(connection: Connection, spider: str, target: str | None = None) -> list[int]:
    """The numbers of a spider's crawls (of that target) that ended, oldest first."""
    ended = select(crawls.c.id).where(
        crawls.c.spider == spider,
        crawls.c.finished_at.is_not(None),
        crawls.c.finish_reason != "abandoned",
    )
    if target is not None:
        ended = ended.where(crawls.c.target == target)
    return list(connection.scalars(ended.order_by(crawls.c.id)))


def last_walks_in(connection: Connection, crawl_ids: Collection[int]) -> list[Row[Any]]:
    """The last walk of each channel in each of these crawls, with the channel's `cms_id` and `name`
    and its site's `host`."""
    rows = connection.execute(
        select(walks, channels.c.cms_id, channels.c.name, sites.c.host)
        .join(channels, channels.c.id == walks.c.channel_id)
        .join(sites, sites.c.id == channels.c.site_id)
        .where(walks.c.crawl_id.in_(crawl_ids))
        .order_by(walks.c.id)
    )
    return list({(row.crawl_id, row.channel_id): row for row in rows}.values())
