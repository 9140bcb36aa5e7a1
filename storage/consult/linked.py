"""Which of many addresses lead to articles that are held."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from storage.consult.addresses import spellings
from storage.schema import articles, placements


def articles_at(connection: Connection, urls: Iterable[str]) -> Mapping[str, int]:
    """The article at each of these addresses, in any spelling; those of no article are left out.

    Where an address has passed from one article to another, it names the one that has it now.
    """
    meant = {url: found for url in dict.fromkeys(urls) if (found := spellings(url))}
    every = {spelling for found in meant.values() for spelling in found}
    known = _placed(connection, every) | _addressed(connection, every)
    return {
        url: known[spelling]
        for url, found in meant.items()
        if (spelling := next((each for each in found if each in known), None))
    }


def _placed(connection: Connection, urls: set[str]) -> dict[str, int]:
    rows = connection.execute(
        select(placements.c.url, placements.c.article_id)
        .where(placements.c.url.in_(urls))
        .order_by(placements.c.first_listed_at, placements.c.id)
    )
    return {row.url: row.article_id for row in rows}


def _addressed(connection: Connection, urls: set[str]) -> dict[str, int]:
    rows = connection.execute(
        select(articles.c.url, articles.c.id)
        .where(articles.c.url.in_(urls))
        .order_by(articles.c.id)
    )
    return {row.url: row.id for row in rows}
