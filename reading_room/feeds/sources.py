"""Which entries a feed has: asked of the archive as its page asks for them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from reading_room.asked import Asked
from reading_room.feeds.entries import of_event, of_version
from reading_room.feeds.feed import Entry, Feed
from reading_room.names import names_in
from reading_room.pages.events import event_cursor, event_query
from reading_room.pages.search import PAGE, search_query
from storage.consult.events import EventQuery
from storage.consult.listings import channel_held
from storage.consult.new_versions import new_versions
from storage.consult.sites import sites_named
from storage.errors import UnknownArticle

Source = Callable[[Asked, str], Feed]
"""From what is asked, and where the reading room is, to a feed."""


def of_room(asked: Asked, room: str) -> Feed:
    """All events that the address asks for."""
    return _events(asked, room, event_query(asked), asked.say("events.title"))


def of_site(asked: Asked, room: str) -> Feed:
    """The events of a site. Raises UnknownArticle."""
    host = str(asked.parts["host"]).lower()
    named = asked.archive.ask(sites_named)
    if host not in named:
        raise UnknownArticle(f"no site {host!r} is held")
    return _events(asked, room, replace(event_query(asked), host=host), named[host] or host)


def of_channel(asked: Asked, room: str) -> Feed:
    """The events of the articles that a channel lists or listed. Raises UnknownArticle."""
    channel = asked.archive.ask(channel_held, asked.parts["id"])
    query = replace(event_query(asked), host=channel.host, channel=channel.cms_id)
    return _events(asked, room, query, channel.name or channel.cms_id)


def of_article(asked: Asked, room: str) -> Feed:
    """The events of an article. Raises UnknownArticle."""
    article = asked.article()
    query = replace(event_query(asked), article=article.id)
    return _events(asked, room, query, article.title or article.url)


def of_search(asked: Asked, room: str) -> Feed:
    """The newest versions that hold what is searched for: one page, whatever their number."""
    query = replace(search_query(asked), limit=asked.params.number("limit", PAGE, most=100))
    found = asked.archive.ask(new_versions, query)
    entries = (of_version(each, asked.say, room) for each in found)
    title = asked.say("feed.search", words=asked.params.text("q") or "—")
    return _feed(asked, room, title, entries)


def _events(asked: Asked, room: str, query: EventQuery, title: str) -> Feed:
    found = asked.archive.events(query)
    more, found = found[query.limit - 1 :], found[: query.limit - 1]
    names = names_in(asked, found)
    entries = (of_event(event, names, asked.say, room) for event in found)
    return _feed(asked, room, title, entries, event_cursor(found[-1]) if more else None)


def _feed(
    asked: Asked, room: str, title: str, entries: Iterable[Entry], after: str | None = None
) -> Feed:
    maker = asked.say("room.name")
    language = asked.say.language
    return Feed(
        room, asked.here, f"{title} · {maker}", maker, language.value, tuple(entries), after
    )
