"""Edits in which words came or went."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, SelectBase, func, select, union_all

from storage import fulltext
from storage.comparing.changed_words import MARKS, Way, ways_of
from storage.comparing.diff import FieldDiff
from storage.comparing.substance import Weighed
from storage.consult.articles import ArticleHeld, held
from storage.consult.edits import (
    COUNTED,
    EditCursor,
    EditHeld,
    EditQuery,
    counted,
    edit_of,
    edit_rows,
    fields_of,
    texts_of,
)
from storage.schema import edits
from storage.search_index import Term, folded, terms

_CHUNK = 100
_WALKED = 1500


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
    rare = all(_rare(connection, asked, way) for way in ways)
    found: list[_Found] = []
    for change in _changes(connection, wanted, asked, ways, candidates, rare=rare):
        found.append(change)
        if len(found) > query.limit:
            break
    page = found[: query.limit]
    known = held(connection, {each.row.article_id for each in page})
    exact = counted(connection, wanted, edits.c.version_id.in_(candidates)) if rare else None
    return WordChanges(
        tuple(_told(each, known[each.row.article_id], asked) for each in page),
        _all_held(connection) if exact is None else exact,
        EditCursor.of(page[-1].row) if len(found) > query.limit else None,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    row: Any
    fields: tuple[FieldDiff, ...]
    ways: frozenset[Way]


def _told(found: _Found, article: ArticleHeld, words: Iterable[str]) -> WordChange:
    edit = edit_of(found.row, article, found.fields)
    places = tuple(place for place in edit.places if _changes_any(place, words))
    return WordChange(replace(edit, places=places), tuple(w for w in Way if w in found.ways))


def _changes(
    connection: Connection,
    query: EditQuery,
    words: list[str],
    ways: tuple[Way, ...],
    candidates: SelectBase,
    *,
    rare: bool,
) -> Iterator[_Found]:
    """The edits that really changed the words, the newest first. Of words that change often the
    newest edits are looked through, instead of naming most of them all; after some in vain,
    because the filters let few through, the index is asked after all."""
    after, walked = query.after, 0
    if not rare:
        for rows in _pages(connection, edit_rows(query), after):
            likely = [row for row in rows if _likely(row.tokens, words, ways)]
            yield from _really(connection, likely, words, ways)
            after, walked = EditCursor.of(rows[-1]), walked + len(rows)
            if walked >= _WALKED:
                break
        else:
            return
    chosen = edit_rows(query).where(edits.c.version_id.in_(candidates))
    for rows in _pages(connection, chosen, after, min(query.limit + 1, _CHUNK)):
        yield from _really(connection, rows, words, ways)


def _pages(
    connection: Connection, chosen: Select[Any], after: EditCursor | None, size: int = _CHUNK
) -> Iterator[Sequence[Any]]:
    """Edits, the newest first, so many at a time."""
    key = (edits.c.at, edits.c.version_id)
    ordered = chosen.order_by(*(column.desc() for column in key)).limit(size)
    while True:
        page = ordered if after is None else ordered.where(after.before(key))
        rows = connection.execute(page).all()
        if rows:
            yield rows
        if len(rows) < size:
            return
        after = EditCursor.of(rows[-1])


def _really(
    connection: Connection, rows: Sequence[Any], words: list[str], ways: tuple[Way, ...]
) -> Iterator[_Found]:
    texts = texts_of(connection, rows)
    for row in rows:
        fields = fields_of(row, texts)
        if changed := ways_of(words, fields).intersection(ways):
            yield _Found(row, fields, changed)


def _likely(runs: str, words: Iterable[str], ways: Iterable[Way]) -> bool:
    """Whether by the tokens of an edit all the words may have gone one of the ways."""
    asked = [found for word in words if (found := terms([word]))]
    return any(all(_in_any(runs, MARKS[way], found) for found in asked) for way in ways)


def _in_any(runs: str, mark: str, sought: Iterable[Term]) -> bool:
    of_way = [run for run in runs.split(" ") if run.startswith(mark)]
    return any(term.token in run for term in sought for run in of_way)


def _rare(connection: Connection, words: Iterable[str], way: Way) -> bool:
    """Whether the index names few edits for one of the words at least."""
    asked = [found for word in words if (found := terms([word]))]
    return any(all(_few(connection, term, way) for term in found) for found in asked)


def _few(connection: Connection, term: Term, way: Way) -> bool:
    marked = Term(MARKS[way] + term.token, term.prefix)
    some = fulltext.matching(connection, [marked], fulltext.EDITS).subquery()
    named = select(func.count()).select_from(select(some).limit(COUNTED + 1).subquery())
    return (connection.scalar(named) or 0) <= COUNTED


def _all_held(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(edits)) or 0


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
