"""Edits in which words came or went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, SelectBase, select, union_all

from storage import fulltext
from storage.comparing.changed_words import MARKS, Way, ways_of
from storage.comparing.substance import Weighed
from storage.consult.articles import held
from storage.consult.edits import (
    EditCursor,
    EditHeld,
    EditQuery,
    counted,
    edit_of,
    edit_rows,
    fields_of,
)
from storage.schema import edits
from storage.search_index import Term, folded, terms

_CHUNK = 40


@dataclass(frozen=True, slots=True)
class WordChange:
    """One edit in which the words came (`added`), went (`removed`), or both in different places.
    `edit.places` are those where there are more or fewer of them than before."""

    edit: EditHeld
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class WordChanges:
    """A page of edits in which words came or went, the newest first. `at_most` is never too small;
    `next` continues, None at the end."""

    changes: tuple[WordChange, ...]
    at_most: int
    next: EditCursor | None


def word_changes(
    connection: Connection, words: Iterable[str], query: EditQuery, way: Way | None = None
) -> WordChanges:
    """Edits in whose title or text all the words came, or all went; the newest first.

    White space of any width separates words; `way` asks for one of both alone. Nothing that is
    typed is query syntax, nothing raises.
    """
    asked = [part for word in words for part in word.split()]
    ways = tuple(Way) if way is None else (way,)
    candidates = _candidates(connection, asked, ways)
    if candidates is None:
        return WordChanges((), 0, None)
    wanted = replace(query, typos=True)
    likely = edits.c.version_id.in_(candidates)
    found: list[tuple[EditCursor, WordChange]] = []
    for change in _changes(connection, edit_rows(wanted).where(likely), query.after, asked, ways):
        found.append(change)
        if len(found) > query.limit:
            break
    page = found[: query.limit]
    return WordChanges(
        tuple(change for _, change in page),
        counted(connection, wanted, likely),
        page[-1][0] if len(found) > query.limit else None,
    )


def _changes(
    connection: Connection,
    chosen: Select[Any],
    after: EditCursor | None,
    words: list[str],
    ways: tuple[Way, ...],
) -> Iterator[tuple[EditCursor, WordChange]]:
    """The candidates that really changed the words, the newest first, some at a time."""
    key = (edits.c.at, edits.c.version_id)
    ordered = chosen.order_by(*(column.desc() for column in key)).limit(_CHUNK)
    while True:
        page = ordered if after is None else ordered.where(after.before(key))
        rows = connection.execute(page).all()
        for row in rows:
            fields = fields_of(connection, row)
            changed = ways_of(words, fields).intersection(ways)
            if changed:
                article = held(connection, [row.article_id])[row.article_id]
                edit = edit_of(row, article, fields)
                places = tuple(place for place in edit.places if _changes_any(place, words))
                told = tuple(way for way in Way if way in changed)
                yield EditCursor.of(row), WordChange(replace(edit, places=places), told)
        if len(rows) < _CHUNK:
            return
        after = EditCursor.of(rows[-1])


def _candidates(
    connection: Connection, words: list[str], ways: tuple[Way, ...]
) -> SelectBase | None:
    """Ids of the edits in which all the words may have gone one of the ways; None where nothing
    of the words is searchable."""
    asked = [found for word in words if (found := terms([word]))]
    if not asked:
        return None
    return union_all(*(_gone_one_way(connection, asked, way) for way in ways))


def _gone_one_way(connection: Connection, asked: list[tuple[Term, ...]], way: Way) -> Select[Any]:
    """A text that has one more of a word has one more of some pair of its characters, and holds
    all of them."""
    content = edits.c.content_id if way is Way.ADDED else edits.c.before_content_id
    chosen = select(edits.c.version_id)
    for found in asked:
        marked = [Term(MARKS[way] + term.token, term.prefix) for term in found]
        each = (fulltext.matching(connection, [term], fulltext.EDITS) for term in marked)
        chosen = chosen.where(edits.c.version_id.in_(union_all(*each)))
        if len(found) > 1:
            chosen = chosen.where(content.in_(fulltext.matching(connection, found)))
    return chosen


def _changes_any(place: Weighed, words: Iterable[str]) -> bool:
    """Whether there is more or less of any of the words at this place."""
    passage = place.passage
    before = folded(f"{passage.lead}{passage.before}{passage.tail}")
    after = folded(f"{passage.lead}{passage.after}{passage.tail}")
    return any(before.count(folded(word)) != after.count(folded(word)) for word in words)
