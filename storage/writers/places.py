"""Sites and channels: what they are called, and when they were seen first and last."""

from datetime import datetime

from sqlalchemy import func, select, update

from storage.schema import channel_names, channels, sites
from storage.values import ChannelSeen, SiteSeen
from storage.writers.scope import Scope, without_none


def write_site(scope: Scope, seen: SiteSeen) -> None:
    site_id = scope.site_id(seen.host, seen.at)
    named = without_none({"name": seen.name, "generation": seen.generation})
    scope.connection.execute(
        update(sites).where(sites.c.id == site_id).values(last_crawled_at=seen.at, **named)
    )


def write_channel(scope: Scope, seen: ChannelSeen) -> None:
    """Record what a page says of a channel. Names are dated; a link's wording does not replace
    what the channel's own page calls it."""
    parent_id = (
        scope.channel_id(seen.host, seen.parent_cms_id, seen.at) if seen.parent_cms_id else None
    )
    channel_id = scope.channel_id(seen.host, seen.cms_id, seen.at, url=seen.url)
    known = without_none(
        {"url": seen.url, "parent_id": parent_id, "dialect": seen.dialect, "name": seen.name}
    )
    if not seen.own and "name" in known:
        known["name"] = func.coalesce(channels.c.name, seen.name)
    scope.connection.execute(
        update(channels).where(channels.c.id == channel_id).values(last_seen_at=seen.at, **known)
    )
    if seen.own and seen.name:
        _date_name(scope, channel_id, seen.name, seen.at)


def _date_name(scope: Scope, channel_id: int, name: str, at: datetime) -> None:
    last = scope.connection.execute(
        select(channel_names)
        .where(channel_names.c.channel_id == channel_id)
        .order_by(channel_names.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and last.name == name:
        scope.connection.execute(
            update(channel_names).where(channel_names.c.id == last.id).values(last_seen_at=at)
        )
        return
    scope.connection.execute(
        channel_names.insert().values(
            channel_id=channel_id, name=name, first_seen_at=at, last_seen_at=at
        )
    )
