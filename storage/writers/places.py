"""Sites and channels: what they are called, and when they were seen first and last."""

from sqlalchemy import update

from storage.schema import channels, sites
from storage.values import ChannelSeen, SiteSeen
from storage.writers.scope import Scope, without_none


def write_site(scope: Scope, seen: SiteSeen) -> None:
    site_id = scope.site_id(seen.host, seen.at)
    named = without_none({"name": seen.name, "generation": seen.generation})
    scope.connection.execute(
        update(sites).where(sites.c.id == site_id).values(last_crawled_at=seen.at, **named)
    )


def write_channel(scope: Scope, seen: ChannelSeen) -> None:
    parent_id = (
        scope.channel_id(seen.host, seen.parent_cms_id, seen.at) if seen.parent_cms_id else None
    )
    channel_id = scope.channel_id(seen.host, seen.cms_id, seen.at, url=seen.url)
    known = without_none(
        {"name": seen.name, "url": seen.url, "parent_id": parent_id, "dialect": seen.dialect}
    )
    scope.connection.execute(
        update(channels).where(channels.c.id == channel_id).values(last_seen_at=seen.at, **known)
    )
