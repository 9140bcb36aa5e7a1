"""Edits as they are held: which are asked for, and what is told of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from storage.article import Article
from storage.comparing.diff import FieldDiff, diff
from storage.comparing.passages import passages
from storage.comparing.substance import EditKind, Weighed, substance
from storage.consult.articles import ArticleHeld, held
from storage.consult.events import ever_listed_in
from storage.consult.site_ids import id_of_site
from storage.consult.versions import numbered
from storage.content_rows import contents_of
from storage.schema import articles, edits, version_spans

TYPO = 10
"""The weight of an edit that corrects writing and nothing else (`comparing.substance`)."""
COUNTED = 1000
"""So many edits are counted: to count more takes longer than to show a page of them."""
_INSTANT = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class EditCursor:
    """Where a page of edits ended. Written and read as text by `str` and `parse`."""

    weight: int
    at: datetime
    version_id: int

    def __str__(self) -> str:
        return f"{self.weight}_{self.at.astimezone(UTC):{_INSTANT}}_{self.version_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for what was not written by `str`."""
        weight, at, version_id = text.split("_")
        moment = datetime.strptime(at, _INSTANT).replace(tzinfo=UTC)
        return cls(int(weight[:9]), moment, int(version_id[:18]))

    @classmethod
    def of(cls, row: Any) -> Self:
        return cls(row.weight, row.at, row.version_id)

    def before(self, key: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
        """What stands after this in a list that falls by these columns."""
        values = (literal(getattr(self, str(column.key)), column.type) for column in key)
        return tuple_(*key) < tuple_(*values)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditQuery:
    """Which edits. Those of `kinds` have a change of one of them; `typos` lets in those that only
    correct writing. `since` and `until` bound when the new text was first seen; `channel` is the
    CMS's id of one that lists or listed the article."""

    kinds: tuple[EditKind, ...] = ()
    typos: bool = False
    host: str | None = None
    channel: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 20
    after: EditCursor | None = None


@dataclass(frozen=True, slots=True)
class EditHeld:
    """One edit: version `previous` of an article gave way to `version`.

    It happened between two looks: at `last_seen` the old text still stood, at `first_seen` the new
    one did. `silent` says that the page's own title and time stayed and no note told of it.
    `weight` orders edits by how much they change (`comparing.substance`), `places` are what
    changed, the heaviest first.
    """

    article: ArticleHeld
    previous: int
    version: int
    last_seen: datetime
    first_seen: datetime
    silent: bool
    weight: int
    kinds: tuple[EditKind, ...]
    places: tuple[Weighed, ...]


def edit_rows(query: EditQuery) -> Select[Any]:
    """The rows of the edits asked for, in no order yet."""
    before, after = version_spans.alias("before_span"), version_spans.alias("after_span")
    neighbours = and_(
        before.c.article_id == edits.c.article_id, before.c.number == after.c.number - 1
    )
    return (
        select(
            edits,
            after.c.number.label("version"),
            before.c.number.label("previous"),
            before.c.last_captured_at.label("last_seen"),
        )
        .join(after, after.c.id == edits.c.version_id)
        .join(before, neighbours)
        .where(*conditions(query))
    )


def edits_of(connection: Connection, rows: Iterable[Any]) -> list[EditHeld]:
    """What is told of each of these rows."""
    shown = list(rows)
    known = held(connection, {row.article_id for row in shown})
    texts = texts_of(connection, shown)
    return [
        edit_of(row, known[row.article_id], _fields(connection, row, texts, known[row.article_id]))
        for row in shown
    ]


def edit_of(row: Any, article: ArticleHeld, fields: tuple[FieldDiff, ...]) -> EditHeld:
    """What is told of a row, whose two versions differ in these fields."""
    return EditHeld(
        article=article,
        previous=row.previous,
        version=row.version,
        last_seen=row.last_seen,
        first_seen=row.at,
        silent=row.silent,
        weight=row.weight,
        kinds=tuple(EditKind(kind) for kind in row.kinds),
        places=substance(passages(fields)).places,
    )


def texts_of(connection: Connection, rows: Iterable[Any]) -> dict[int, Article]:
    """The contents that these rows compare, by id."""
    ids = {id_ for row in rows for id_ in (row.before_content_id, row.content_id)}
    return contents_of(connection, ids)


def fields_of(row: Any, texts: Mapping[int, Article]) -> tuple[FieldDiff, ...]:
    """What differs between the two contents of a row."""
    return diff(texts[row.before_content_id], texts[row.content_id])


def _fields(
    connection: Connection, row: Any, texts: Mapping[int, Article], article: ArticleHeld
) -> tuple[FieldDiff, ...]:
    """What differs between the two versions of a row; the files, where the content is one."""
    if row.before_content_id != row.content_id:
        return fields_of(row, texts)
    before = numbered(connection, article, row.previous).content
    return diff(before, numbered(connection, article, row.version).content)


def counted(connection: Connection, query: EditQuery, *also: ColumnElement[bool]) -> int | None:
    """How many edits fit; None where they are more than COUNTED."""
    chosen = select(edits.c.version_id).where(*conditions(query), *also)
    found = connection.scalar(
        select(func.count()).select_from(chosen.limit(COUNTED + 1).subquery())
    )
    return None if found is None or found > COUNTED else found


def conditions(query: EditQuery) -> Iterator[ColumnElement[bool]]:
    """What must be true of a row of `edits`."""
    if query.kinds:
        said = cast(edits.c.kinds, String)
        yield or_(*(said.like(f'%"{kind.value}"%') for kind in query.kinds))
    elif not query.typos:
        yield edits.c.weight != TYPO
    if query.host is not None:
        its = articles.c.site_id == id_of_site(query.host)
        yield edits.c.article_id.in_(select(articles.c.id).where(its))
    if query.channel is not None:
        yield edits.c.article_id.in_(ever_listed_in(query.channel))
    if query.since is not None:
        yield edits.c.at >= query.since
    if query.until is not None:
        yield edits.c.at <= query.until
