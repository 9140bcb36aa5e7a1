"""Deciding which of a listing's entries to fetch. Pure."""

from collections.abc import Mapping

from crawler.listings import Entry
from storage.article import ArticleKey
from storage.history import State
from storage.holdings import Held


def why_fetch(entry: Entry, held: Held | None) -> str | None:
    """Why an entry's article is to be fetched; None where what is held still accounts for it.

    `missing` and `gone` articles that are listed are looked at again: they may be back.
    """
    if held is None or held.versions == 0:
        return "new"
    if held.state is not State.PRESENT:
        return f"listed though {held.state}"
    if held.listed_title is None:
        return None
    if held.listed_title != entry.title:
        return "listed title changed"
    if entry.listed_on is not None and held.listed_on != entry.listed_on.isoformat():
        return "listed date changed"
    return None


def standing_urls(
    entries: Mapping[Entry, ArticleKey | None], held: Mapping[str, Held]
) -> frozenset[str]:
    """Addresses of the entries that stand in the channel's list just as the archive has them."""
    return frozenset(
        entry.url
        for entry, key in entries.items()
        if key is not None
        and (known := held.get(key.cms_id)) is not None
        and known.listed_title == entry.title
        and why_fetch(entry, known) is None
    )
