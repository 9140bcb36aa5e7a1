"""What is held of sites and channels, against what they claim, and how crawls and walks went."""

from reading_room.api.answers import Page, paged, paged_in_memory
from reading_room.api.operation import Operation, Question
from reading_room.api.parameters import cursor, in_path, number, numbered, text
from reading_room.names import site_called
from reading_room.then import entered_then
from storage.consult.coverage import Coverage, coverage
from storage.consult.listings import (
    Entered,
    ListingQuery,
    WalkRecorded,
    channel_held,
    listing,
    walks_of,
)
from storage.consult.sites import (
    ChannelHeld,
    CrawlSeen,
    SiteHeld,
    channels_held,
    crawls_seen,
)

LIMIT = number("limit", 100, 500)
SITE, CHANNEL = text("site"), text("channel")
HOST = in_path("host", "^[0-9A-Za-z.:_-]{1,200}$", str)


def sites(question: Question) -> Page[SiteHeld]:
    held = question.archive.sites(at=question.as_of)
    return paged_in_memory(question, held, lambda site: (site.host,))


def site(question: Question) -> SiteHeld:
    return site_called(question.archive.sites(at=question.as_of), question["host"])


def channels(question: Question) -> Page[ChannelHeld]:
    held = question.archive.ask(channels_held, question["site"], question.as_of)
    return paged_in_memory(question, held, lambda channel: (channel.id,))


def channel(question: Question) -> ChannelHeld:
    return question.archive.ask(channel_held, question["id"], question.as_of)


def entries(question: Question) -> Page[Entered]:
    known, after = channel(question), question["after"]
    query = ListingQuery(
        channel_id=known.id,
        at=question.as_of,
        limit=question["limit"] + 1,
        after=(after[0], after[1]) if after else None,
    )
    found = entered_then(question.archive.ask(listing, query), question.as_of)
    return paged(question, found, lambda entry: (entry.listed_on or "", entry.id))


def covered(question: Question) -> Page[Coverage]:
    found = question.archive.ask(coverage, question["site"], question.as_of)
    return paged_in_memory(question, found, lambda each: (each.channel.id,))


def crawls(question: Question) -> Page[CrawlSeen]:
    after = question["after"]
    found = question.archive.ask(
        crawls_seen, question["limit"] + 1, after[0] if after else None, question.as_of
    )
    return paged(question, found, lambda crawl: (crawl.id,))


def walks(question: Question) -> Page[WalkRecorded]:
    known, after = channel(question), question["after"]
    found = question.archive.ask(
        walks_of,
        known.id,
        limit=question["limit"] + 1,
        before=after[0] if after else None,
        until=question.as_of,
    )
    return paged(question, found, lambda walk: (walk.id,))


OPERATIONS = (
    Operation("/api/sites", "sites", Page[SiteHeld], sites, (LIMIT, cursor(str))),
    Operation("/api/sites/{host}", "site", SiteHeld, site, (HOST,)),
    Operation("/api/channels", "channels", Page[ChannelHeld], channels, (SITE, LIMIT, cursor(int))),
    Operation("/api/channels/{id}", "channel", ChannelHeld, channel, (numbered(),)),
    Operation(
        "/api/channels/{id}/entries",
        "entries",
        Page[Entered],
        entries,
        (numbered(), LIMIT, cursor(str, int)),
    ),
    Operation(
        "/api/channels/{id}/walks",
        "walks",
        Page[WalkRecorded],
        walks,
        (numbered(), LIMIT, cursor(int)),
    ),
    Operation("/api/coverage", "coverage", Page[Coverage], covered, (SITE, LIMIT, cursor(int))),
    Operation("/api/crawls", "crawls", Page[CrawlSeen], crawls, (LIMIT, cursor(int))),
)
