"""What was held of each site at an instant."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from storage.consult.as_of import AsOfQuery
from storage.consult.sites import SiteHeld
from storage.consult.standing import standing_query
from storage.history import State
from storage.schema import channels, sites, walks


def sites_then(connection: Connection, at: datetime) -> list[SiteHeld]:
    """The sites that were known by then, by host. Of an article, what was captured by then counts:
    its versions, and its state; `unread` ones were named by a list, and not read yet.
    `last_crawled_at` is the last walk over one of its lists."""
    counted, known = _articles(at).subquery(), _channels(at).subquery()
    walked = _last_walks(at).subquery()
    numbers = [func.coalesce(column, 0) for column in counted.c if column.key != "host"]
    rows = connection.execute(
        select(
            sites.c.id,
            sites.c.host,
            sites.c.name,
            sites.c.generation,
            sites.c.first_seen_at,
            walked.c.at,
            func.coalesce(known.c.channels, 0),
            *numbers,
        )
        .outerjoin(known, known.c.site_id == sites.c.id)
        .outerjoin(walked, walked.c.site_id == sites.c.id)
        .outerjoin(counted, counted.c.host == sites.c.host)
        .where(sites.c.first_seen_at <= at)
        .order_by(sites.c.host)
    )
    return [SiteHeld(*row) for row in rows]


def _articles(at: datetime) -> Select[Any]:
    stood = standing_query(AsOfQuery(at=at)).subquery()
    read = stood.c.version.is_not(None)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(condition)

    return select(
        stood.c.host,
        count(read).label("articles"),
        func.coalesce(func.sum(stood.c.version), 0).label("versions"),
        *(count(read & (stood.c.state == state.value)).label(state.value) for state in State),
        count(~read).label("unread"),
    ).group_by(stood.c.host)


def _channels(at: datetime) -> Select[Any]:
    known = channels.c.first_seen_at <= at
    return (
        select(channels.c.site_id, func.count().label("channels"))
        .where(known)
        .group_by(channels.c.site_id)
    )


def _last_walks(at: datetime) -> Select[Any]:
    of_site: FromClause = walks.join(channels, channels.c.id == walks.c.channel_id)
    return (
        select(channels.c.site_id, func.max(walks.c.walked_at).label("at"))
        .select_from(of_site)
        .where(walks.c.walked_at <= at)
        .group_by(channels.c.site_id)
    )
