"""What is looked for in a search, and where its next page begins."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of results ended. Written and read as text by `str` and `parse`."""

    stage: int
    published: str
    article_id: int

    def __str__(self) -> str:
        return f"{self.stage}_{self.published}_{self.article_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for what was not written by `str`."""
        stage, published, article_id = text.split("_")
        return cls(int(stage), published, int(article_id[:18]))


class Within(StrEnum):
    """Where the words must stand."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    BODY = "body"


class Sort(StrEnum):
    """What comes first: title hits, then the newest published; or the newest alone."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: all words must be present, in the same version.

    `source` and `doc_number` are parts of what that version says of itself, brackets of any form.
    `since` and `until` are days of publication; `channel` is the CMS's id of a channel that lists
    the article. `as_of` looks only at the versions that stood at that instant, in the lists and
    with the state of then; what was known to be missing or gone is left out unless `state` asks
    for it. `edited` leaves only articles of which more than one version is held. Without words,
    filters alone choose.
    """

    words: tuple[str, ...] = ()
    within: Within = Within.ANYWHERE
    host: str | None = None
    channel: str | None = None
    state: str | None = None
    source: str | None = None
    doc_number: str | None = None
    since: date | None = None
    until: date | None = None
    as_of: datetime | None = None
    edited: bool = False
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    after: Cursor | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked for, so that words may be missing."""
        filters = (self.host, self.channel, self.state, self.source, self.doc_number)
        return any((*filters, self.since, self.until, self.as_of, self.edited))

    @classmethod
    def of(cls, *words: str, **filters: Any) -> Self:
        """A query of words as typed: white space of any width separates them."""
        return cls(words=tuple(part for word in words for part in word.split()), **filters)
