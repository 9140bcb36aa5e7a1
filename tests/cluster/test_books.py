"""What a crawl had done already when the worker that ran it died is not done again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime

import pytest

from cli.cluster.app import make_app
from cli.cluster.books import Books, Run
from cli.cluster.queue import add
from cli.cluster.tables import jobs_of
from cli.scheduling.plan import Job, plan
from crawler.ending import ExitCode
from crawler.site import Site
from storage.archive import Archive
from tests.places import Database

SITE = Site(name="a", title="a", url="http://a.example.gov.cn/")
NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


@pytest.fixture
def place(postgres):
    with closing(Database(postgres, postgres.new())) as database:
        Archive.open(database.url).close()
        yield database
    postgres.drop(database.name)


@pytest.fixture
def job(place, tmp_path) -> Job:
    """The crawl of a site, in the queue as number 1."""
    crawl = plan([SITE], tmp_path)[0]
    with jobs_of(place.url) as queue:
        add(queue, [crawl])
    return crawl


def kept(url: str, story: Callable[[Books], Awaitable[None]]) -> None:
    async def whole() -> None:
        app = make_app(url, None, lambda: None, 30.0)  # type: ignore[arg-type]  # runs nothing
        async with app.open_async():
            await story(Books(app, url))

    asyncio.run(whole())


def crawled(url: str, spider: str = "a", target: str = SITE.url, reason: str = "finished") -> None:
    archive = Archive.open(url, lambda: NOW)
    archive.crawl(spider, target, ["a.example.gov.cn"]).close(reason, {})
    archive.close()


def test_a_crawl_that_ended_before_its_worker_could_say_so_is_not_run_again(place, job) -> None:
    crawled(place.url)  # the night before

    async def story(books: Books) -> None:
        assert (await books.begin(1, "m1:7", job)).ended is None
        await asyncio.to_thread(crawled, place.url)
        again = await books.begin(1, "m2:8", job)
        assert again.ended is ExitCode.COMPLETE
        assert (await books.begin(1, "m3:9", job)).ended is ExitCode.COMPLETE, "m2 died, too"

    kept(place.url, story)


@pytest.mark.parametrize(
    "other",
    [("b", SITE.url, "finished"), ("a", SITE.url, "interrupted")],
    ids=["of another site", "that goes on"],
)
def test_a_crawl_is_run_where_none_of_it_ended(other, place, job) -> None:
    async def story(books: Books) -> None:
        await books.begin(1, "m1:7", job)
        await asyncio.to_thread(crawled, place.url, *other)
        assert (await books.begin(1, "m2:8", job)).ended is None

    kept(place.url, story)


def test_a_run_that_came_to_its_end_tells_nothing_of_the_next_one(place, job) -> None:
    async def story(books: Books) -> None:
        run = await books.begin(1, "m1:7", job)
        await books.end(run, ExitCode.SITE_DOWN, "no answer")
        await asyncio.to_thread(crawled, place.url)
        assert await books.begin(1, "m2:8", job) == Run(run.id + 1, None)

    kept(place.url, story)


def test_how_it_ended_is_what_the_archive_knows(place, tmp_path) -> None:
    snapshot = plan([SITE], tmp_path)[1]
    with jobs_of(place.url) as queue:
        add(queue, [snapshot])

    async def story(books: Books) -> None:
        await books.begin(1, "m1:7", snapshot)
        await asyncio.to_thread(crawled, place.url, "snapshot", "b.example.gov.cn", "finished")
        assert (await books.begin(1, "m2:8", snapshot)).ended is None
        await asyncio.to_thread(
            crawled, place.url, "snapshot", "a.example.gov.cn", ExitCode.BLOCKED.name.lower()
        )
        assert (await books.begin(1, "m3:9", snapshot)).ended is ExitCode.BLOCKED

    kept(place.url, story)
