"""Sites and channels: what they are called, and when they were seen first and last. What is found
late says nothing of now, and takes its place among what they were called."""

from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, delete, select, update

from storage.schema import channel_names, channels, name_sightings, sites
from storage.values import ChannelSeen, SiteSeen
from storage.writers.scope import Scope, without_none


def write_site(scope: Scope, seen: SiteSeen) -> None:
    this = sites.c.id == scope.site_id(seen.host, seen.at)
    row = scope.connection.execute(select(sites).where(this)).one()
    named = without_none({"name": seen.name, "generation": seen.generation})
    if row.last_crawled_at is not None and seen.at < row.last_crawled_at:
        named = {name: value for name, value in named.items() if getattr(row, name) is None}
    else:
        named["last_crawled_at"] = seen.at
    if seen.at < row.first_seen_at:
        named["first_seen_at"] = seen.at
    if named:
        scope.connection.execute(update(sites).where(this).values(named))


def write_channel(scope: Scope, seen: ChannelSeen) -> None:
    """Record what a page says of a channel. Names are dated; a link's wording does not replace
    what the channel's own page calls it."""
    parent_id = (
        scope.channel_id(seen.host, seen.parent_cms_id, seen.at) if seen.parent_cms_id else None
    )
    channel_id = scope.channel_id(seen.host, seen.cms_id, seen.at, url=seen.url)
    this = channels.c.id == channel_id
    row = scope.connection.execute(select(channels).where(this)).one()
    known = without_none({"url": seen.url, "parent_id": parent_id, "dialect": seen.dialect})
    if seen.at < row.last_seen_at:
        known = {name: value for name, value in known.items() if not getattr(row, name)}
    else:
        known["last_seen_at"] = seen.at
    if seen.own and seen.name:
        known["name"] = _sighted(scope, channel_id, seen.name, seen.at)
    elif seen.name and (row.name is None or _earliest(scope, row, seen)):
        known["name"] = seen.name
    if seen.at < row.first_seen_at:
        known["first_seen_at"] = seen.at
    if known:
        scope.connection.execute(update(channels).where(this).values(known))


def _earliest(scope: Scope, row: Row[Any], seen: ChannelSeen) -> bool:
    """Whether a link is the first that names a channel whose own page never said its name."""
    own = select(name_sightings.c.id).where(name_sightings.c.channel_id == row.id).limit(1)
    return seen.at < row.first_seen_at and scope.connection.scalar(own) is None


def _sighted(scope: Scope, channel_id: int, name: str, at: datetime) -> str:
    """Date what a channel's own page calls it; what it was called last."""
    last = scope.connection.execute(
        select(channel_names)
        .where(channel_names.c.channel_id == channel_id)
        .order_by(channel_names.c.last_seen_at.desc(), channel_names.c.id.desc())
        .limit(1)
    ).one_or_none()
    scope.connection.execute(
        name_sightings.insert().values(channel_id=channel_id, at=at, name=name)
    )
    if last is not None and at < last.last_seen_at:
        _date_anew(scope, channel_id)
        return str(last.name)
    if last is not None and last.name == name:
        this = channel_names.c.id == last.id
        scope.connection.execute(update(channel_names).where(this).values(last_seen_at=at))
    else:
        _insert(scope, channel_id, name, at, at)
    return name


def _date_anew(scope: Scope, channel_id: int) -> None:
    """Make the names of a channel anew from every time that it was named."""
    its = name_sightings.c
    seen = scope.connection.execute(
        select(its.name, its.at).where(its.channel_id == channel_id).order_by(its.at, its.id)
    ).all()
    scope.connection.execute(delete(channel_names).where(channel_names.c.channel_id == channel_id))
    for name, run in groupby(seen, key=lambda row: row.name):
        moments = [row.at for row in run]
        _insert(scope, channel_id, name, moments[0], moments[-1])


def _insert(
    scope: Scope, channel_id: int, name: str, first_at: datetime, last_at: datetime
) -> None:
    scope.connection.execute(
        channel_names.insert().values(
            channel_id=channel_id, name=name, first_seen_at=first_at, last_seen_at=last_at
        )
    )
