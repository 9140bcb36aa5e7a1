"""The stock that benchmarks ask: made in bulk, it is what the recorder would have left."""

from sqlalchemy import Connection, Table, inspect, select, text

from benchmarks.stock.filling import fill
from benchmarks.stock.plan import SITES, Stock, told
from storage.consult.consultation import Consultation
from storage.consult.query import Query
from storage.engine import opened
from storage.schema import metadata
from tests.places import Place
from tests.storage.seeing import only_sqlite

STOCK = Stock(articles=48 * SITES + 12)


def rows(connection: Connection, table: Table) -> list[str]:
    return sorted(repr(tuple(row)) for row in connection.execute(select(table)))


def indexed(connection: Connection) -> list[tuple[object, ...]]:
    """What can be found by which token."""
    if connection.dialect.name != "sqlite":
        of = text("SELECT content_id, part, tokens::text FROM content_search ORDER BY 1, 2")
        return [tuple(row) for row in connection.execute(of)]
    found: list[tuple[object, ...]] = []
    for name in ("content_search", "edit_search"):
        connection.execute(
            text(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab(main, {name}, instance)")
        )
        found += connection.execute(text(f"SELECT term, doc FROM {name}_words ORDER BY 1, 2"))
    return [tuple(row) for row in found]


def held(place: Place) -> dict[str, list[object]]:
    with opened(place.url) as engine, engine.connect() as connection:
        known = set(inspect(connection).get_table_names())
        told = {each.name: rows(connection, each) for each in metadata.tables.values()}
        assert told.keys() <= known
        return told | {"search": indexed(connection)}


def test_what_is_made_in_bulk_is_what_the_recorder_leaves(places):
    recorded, in_bulk = places(), places()
    fill(recorded.url, STOCK, recorded=True)
    fill(in_bulk.url, STOCK)
    left, made = held(recorded), held(in_bulk)
    assert [name for name in left if left[name] != made[name]] == []
    assert len(left["edits"]) > STOCK.articles
    recorded.close()
    in_bulk.close()


@only_sqlite
def test_a_stock_can_go_on_being_searched(places):
    place = places()
    fill(place.url, STOCK)
    asked = Consultation.open(place.url)
    found = asked.search(Query.of("教育", limit=5))
    held_it = sum(
        any("教育" in text.body for text in each.texts)
        for each in told(STOCK, range(STOCK.articles))
    )
    assert found.at_most == held_it
    asked.close()
    place.close()
