"""Disclosed information: the nodes of the catalogue's tree are channels, walked like any other."""

from replica import World, serve
from replica.channels import OPEN, POLICY, READINGS
from tests.crawls.conftest import Book, Crawl, night


def test_nodes_of_the_tree_are_channels_with_names_and_parents_and_are_walked(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=0.5), kind="xxgk") as site:
        ended = crawl("hanweb", url=site.url, clock=night(1))
        truth = {c: len(site.world.on(1).listed(c)) for c in (POLICY, READINGS)}
        hits = site.hits()

    assert ended.code == 0, (ended.out, ended.err)
    nodes = book.ask(
        "SELECT c.cms_id, c.name, p.cms_id, c.dialect, w.articles_seen, w.verdict FROM channels c"
        " JOIN channels p ON p.id = c.parent_id JOIN walks w ON w.channel_id = c.id"
        " WHERE c.cms_id LIKE '%number=%' ORDER BY c.cms_id"
    )
    column = str(OPEN)
    assert nodes == [
        (f"{column}?number=A0212", "政策文件", column, "xxgk", truth[POLICY], "complete"),
        (f"{column}?number=A0213", "政策解读", column, "xxgk", truth[READINGS], "complete"),
    ]
    assert book.count("versions") == len(site.world.on(1).articles)
    assert hits == 0


def test_a_node_can_be_crawled_alone(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=0.5), kind="xxgk") as site:
        url = f"{site.channel_url(OPEN)}?number=A0213"
        assert crawl("hanweb", url=url, clock=night(1)).code == 0
        listed = len(site.world.on(1).listed(READINGS))

    assert book.ask("SELECT count(*) FROM placements") == [(listed,)]
