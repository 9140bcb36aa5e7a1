"""What is looked for in a search, and where its next page begins."""

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: all words must be present. `since` and `until` are days of
    publication; `channel` is the CMS's id of a channel that lists the article now."""

    words: tuple[str, ...]
    host: str | None = None
    channel: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20
    after: Cursor | None = None

    @classmethod
    def of(cls, *words: str, **filters: Any) -> Self:
        """A query of words as typed: white space of any width separates them."""
        return cls(words=tuple(part for word in words for part in word.split()), **filters)
