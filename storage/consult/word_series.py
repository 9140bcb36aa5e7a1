"""How often words are used, by when the articles that use them were published."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, false, or_, select

from storage.consult.matched import stood
from storage.consult.periods import by_step, filled
from storage.consult.series import Point, Series, SeriesQuery, published_monthly, step_of
from storage.fulltext import matching
from storage.schema import articles, contents, version_spans, whole_body
from storage.search_index import folded, holds, terms, tokens


def word_series(connection: Connection, words: Sequence[str], query: SeriesQuery) -> list[Series]:
    """In each period of publication, how many articles use all the words in their newest version,
    `of` how many that were published in it. White space of any width separates words."""
    asked = tuple(part for word in words for part in word.split())
    all_ = published_monthly(connection, query)
    uses = _uses(connection, asked, query.as_of) if asked else false()
    using = published_monthly(connection, query, uses)
    step = step_of(query, all_)
    return [
        Series(*key, tuple(_shares(by_step(using.get(key, {}), step), by_period)))
        for key, months in all_.items()
        if (by_period := by_step(months, step))
    ]


def _shares(using: Mapping[str, int], all_: Mapping[str, int]) -> Iterator[Point]:
    for period, of in filled(all_).items():
        yield Point(period, using.get(period, 0), of)


def _uses(
    connection: Connection, words: tuple[str, ...], as_of: datetime | None
) -> ColumnElement[bool]:
    """Whether an article uses all the words: in its newest version, or that of an instant."""
    wanted = terms(words)
    if not wanted:
        return articles.c.id.is_(None)
    likely = (
        select(version_spans.c.article_id)
        .join(contents, contents.c.id == version_spans.c.content_id)
        .join(articles, articles.c.id == version_spans.c.article_id)
        .where(
            version_spans.c.number == articles.c.versions if as_of is None else stood(as_of),
            version_spans.c.content_id.in_(matching(connection, wanted)),
        )
    )
    if all(folded(word) in tokens(word) for word in words):
        return articles.c.id.in_(likely)  # the index alone decides
    surely = and_(*(_shows(word) for word in words))
    unsure = likely.add_columns(contents.c.title, whole_body).where(~surely)
    others = [
        row.article_id
        for row in connection.execute(unsure)
        if holds(f"{row.title}\n{row.body}", words)
    ]
    # Their ids stand in the statement itself: a database takes only so many values beside it.
    known: BindParameter[int] = bindparam("others", others, expanding=True, literal_execute=True)
    return or_(articles.c.id.in_(likely.where(surely)), articles.c.id.in_(known))


def _shows(word: str) -> ColumnElement[bool]:
    """Whether a text shows a word as it is most often written."""
    form = folded(word)
    return or_(
        contents.c.title.icontains(form, autoescape=True),
        whole_body.icontains(form, autoescape=True),
    )
