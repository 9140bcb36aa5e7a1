"""A site: what is held of it against what it claims to hold, and where gaps are."""

from dataclasses import replace

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.names import names_in, site_called
from reading_room.pages.home import CHANGES
from reading_room.pages.series import figures_of
from reading_room.serving import page
from storage.consult.events import EventQuery
from storage.consult.sites import SiteHeld
from storage.errors import UnknownArticle

_NEWEST = 12


def sites(asked: Asked) -> Answer:
    held = asked.archive.sites(at=asked.as_of)
    return Answer("sites.html", {"sites": held}, {"sites": held, "next": None})


def site(asked: Asked) -> Answer:
    held = _site(asked)
    channels = asked.archive.coverage(held.host, at=asked.as_of)
    gaps = [each for each in channels if each.because is not None]
    changes = asked.archive.events(
        EventQuery(kinds=CHANGES, host=held.host, until=asked.as_of, limit=_NEWEST)
    )
    return Answer(
        "site.html",
        {
            "site": held,
            "channels": channels,
            "gaps": gaps,
            "changes": changes,
            "names": names_in(asked, changes),
            "figures": figures_of(asked, held.host),
        },
        {"site": held, "channels": channels, "changes": changes},
    )


def _site(asked: Asked) -> SiteHeld:
    """The site that the address names. Of a time before it was known, nothing is told but that.
    Raises UnknownArticle for one that is not held."""
    host = asked.parts["host"]
    try:
        return site_called(asked.archive.sites(at=asked.as_of), host)
    except UnknownArticle:
        now = site_called(asked.archive.sites(), host)
    return replace(
        now, last_crawled_at=None, channels=0, articles=0, versions=0, present=0, missing=0, gone=0,
        unread=0,
    )  # fmt: skip


ROUTES: list[BaseRoute] = [*page("/sites", sites), *page("/sites/{host}", site)]
