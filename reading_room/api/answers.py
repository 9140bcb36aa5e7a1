"""The forms of answers that the archive's own values do not have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reading_room.api.operation import Question
from reading_room.params import BadQuestion
from storage.comparing.diff import FieldDiff
from storage.consult.articles import ArticleHeld
from storage.consult.edits import EditHeld
from storage.consult.search import Hit
from storage.consult.versions import Version
from storage.consult.word_changes import WordChange

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list. `next` is the address of the page that goes on, null at the end."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class HitPage:
    """Some hits of a search, one an article. `total` is null where counting would mean reading
    every text; `at_most` is never too small."""

    items: tuple[Hit, ...]
    total: int | None
    at_most: int
    next: str | None


@dataclass(frozen=True, slots=True)
class EditPage:
    """Some edits that their pages do not tell of, the heaviest first; `total` counts all, and is
    null where they are more than 1,000."""

    items: tuple[EditHeld, ...]
    total: int | None
    next: str | None


@dataclass(frozen=True, slots=True)
class WordChangePage:
    """Some edits in which the words came or went, the newest first; `at_most` is never too
    small."""

    items: tuple[WordChange, ...]
    at_most: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of an article, and what differs, field by field."""

    article: ArticleHeld
    before: Version
    after: Version
    fields: tuple[FieldDiff, ...]


def paged(question: Question, found: Sequence[T], named: Callable[[T], tuple[Any, ...]]) -> Page[T]:
    """A page out of one row more than it may have. `named` gives the parts of a row's cursor."""
    limit = question["limit"]
    shown = tuple(found[:limit])
    return Page(shown, question.following(*named(shown[-1])) if len(found) > limit else None)


def paged_in_memory(
    question: Question, whole: Sequence[T], named: Callable[[T], tuple[Any, ...]]
) -> Page[T]:
    """A page of a list that the archive gives whole: after the row that the cursor names. Raises
    BadQuestion where there is no such row."""
    after = question["after"]
    names = [list(named(row)) for row in whole]
    if after is not None and after not in names:
        raise BadQuestion("bad.cursor")
    start = names.index(after) + 1 if after is not None else 0
    return paged(question, whole[start : start + question["limit"] + 1], named)
