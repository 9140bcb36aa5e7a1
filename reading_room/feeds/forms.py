"""A feed in its two forms. Pure, but for the template of the first."""

import re
from typing import Any

from jinja2 import Environment

from reading_room.feeds.feed import Entry, Feed
from reading_room.rendering import render, utc_exact

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_atom(feed: Feed, environment: Environment) -> str:
    """The feed as Atom."""
    # What XML has no place for at all, escaped or not.
    return _NOT_XML.sub("\ufffd", render(environment, "feed.xml", {"feed": feed}))


def as_json(feed: Feed) -> dict[str, Any]:
    """The feed as JSON Feed. What the archive knows of an entry stands whole in `_cunzheng`."""
    told: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.at("json"),
        "language": feed.language,
        "authors": [{"name": feed.maker}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return told | ({"next_url": feed.at("json", feed.after)} if feed.after else {})


def _item(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": utc_exact(entry.at),
        "authors": [{"name": entry.host}],
        "tags": [entry.kind],
        "_cunzheng": entry.data,
    }
    return told | ({"external_url": entry.original} if entry.original else {})
