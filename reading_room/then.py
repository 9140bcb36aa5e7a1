"""What of an answer had been seen by an instant: the rest came later, and is told as not there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storage.consult.histories import History
from storage.consult.known_then import known_then, listed_then
from storage.consult.listings import Entered
from storage.consult.looks import Look
from storage.consult.nights import CrawlTold
from storage.consult.versions import Version
from storage.errors import UnknownArticle


class NotYet(UnknownArticle):
    """It is held, and was not yet at the instant that is asked about."""


def history_then(known: History, at: datetime | None) -> History:
    """A history as far as it was known by then; whole without an instant."""
    return known if at is None else known_then(known, at)


def seen_by_then(version: Version | None, at: datetime | None) -> None:
    """Raises NotYet for a version that was first seen later."""
    if at is not None and version is not None and version.first_captured_at > at:
        raise NotYet(f"version {version.number} came later")


def looked_by_then(look: Look, at: datetime | None) -> Look:
    """The capture itself. Raises NotYet for one that was made later."""
    if at is not None and look.captured_at > at:
        raise NotYet(f"capture {look.id} came later")
    return look


def entered_then(entries: Sequence[Entered], at: datetime | None) -> list[Entered]:
    """Entries of a list that had been listed by then, as they were known then."""
    return [entry if at is None else listed_then(entry, at) for entry in entries]


def crawl_then(crawl: CrawlTold, at: datetime | None) -> CrawlTold:
    """A crawl that had ended by then, without what was released later. Raises NotYet for one that
    went on, or had not begun: what had come of it in its midst is not kept."""
    if at is None:
        return crawl
    if crawl.finished_at is None or crawl.finished_at > at:
        raise NotYet(f"crawl {crawl.id} ended later")
    return replace(crawl, holds=tuple(hold.by(at) for hold in crawl.holds))
