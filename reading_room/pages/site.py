"""A site: what is held of it against what it claims to hold, and where gaps are."""

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.names import names_in
from reading_room.pages.home import CHANGES
from reading_room.pages.series import figures_of
from reading_room.serving import page
from storage.consult.events import EventQuery
from storage.consult.sites import SiteHeld
from storage.errors import UnknownArticle

_NEWEST = 12


def sites(asked: Asked) -> Answer:
    held = asked.archive.sites()
    return Answer("sites.html", {"sites": held}, {"sites": held, "next": None})


def site(asked: Asked) -> Answer:
    held = _site(asked, asked.parts["host"])
    channels = asked.archive.coverage(held.host)
    gaps = [each for each in channels if each.because is not None]
    changes = asked.archive.events(EventQuery(kinds=CHANGES, host=held.host, limit=_NEWEST))
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


def _site(asked: Asked, host: str) -> SiteHeld:
    for held in asked.archive.sites():
        if held.host == host.lower():
            return held
    raise UnknownArticle(f"no site {host!r} is held")


ROUTES: list[BaseRoute] = [*page("/sites", sites), *page("/sites/{host}", site)]
