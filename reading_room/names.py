"""Sites and channels by what they are called."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from reading_room.asked import Asked
from storage.consult.listings import channels_called, channels_named
from storage.consult.sites import SiteHeld
from storage.errors import UnknownArticle


class _Evident(Protocol):
    @property
    def evidence(self) -> Mapping[str, Any]: ...


def channels_offered(asked: Asked, host: str | None) -> Mapping[str, str]:
    """The channels that a form offers once a site is chosen, by the CMS's id."""
    return asked.archive.ask(channels_named, host) if host else {}


def site_called(sites: Iterable[SiteHeld], host: str) -> SiteHeld:
    """The site of that name. Raises UnknownArticle where there is none."""
    for held in sites:
        if held.host == host.lower():
            return held
    raise UnknownArticle(f"no site {host!r} is held")


def names_in(asked: Asked, events: Iterable[_Evident]) -> Mapping[str, str]:
    """The names of the channels in the evidence of these events, by the CMS's id."""
    ids = {
        str(each)
        for event in events
        for key in ("from", "to", "channels", "window")
        for each in event.evidence.get(key) or ()
    }
    return asked.archive.ask(channels_called, ids) if ids else {}
